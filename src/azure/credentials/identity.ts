import type { TokenCredential } from '@azure/core-auth';
import { AzureCliCredential, DefaultAzureCredential, EnvironmentCredential } from '@azure/identity';
import { CLOUDS, type CloudId } from '../../core/clouds';

/** Ways to sign in without an editor, by their names in the settings and on the command line. */
export type IdentityKind = 'azureCli' | 'environment' | 'default';

/** A credential of @azure/identity for a cloud. It asks nobody before its first token. */
export function createIdentityCredential(
  kind: IdentityKind,
  cloud: CloudId,
  tenantId: string | undefined,
): TokenCredential {
  const { authorityHost } = CLOUDS[cloud];
  const tenant = tenantId === undefined ? {} : { tenantId };
  switch (kind) {
    case 'azureCli':
      return new AzureCliCredential(tenant);
    case 'environment':
      return new EnvironmentCredential({ authorityHost });
    case 'default':
      return new DefaultAzureCredential({ authorityHost, ...tenant });
  }
}
