import { asString, isJsonObject, type Json } from '../../../core/resources/json';
import type { OperationFailure } from '../../arm/operations';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { vaultGrant } from '../keyVault/vaultAccess';
import { objectAt } from '../keyVault/vaultObjects';
import { letsTrustedServicesIn, vaultAt } from '../keyVault/vaultState';
import { principalIdOf } from '../managedIdentity/identities';
import { keyVaultSecretDenied, keyVaultSecretMissing } from './applicationGatewayErrors';
import { partsOf } from './applicationGatewayParts';

/** Why a gateway does not get at one of its certificates in a key vault; undefined where it gets at all of them. */
export function whyNoCertificate(azure: Azure, gateway: StoredResource): OperationFailure | undefined {
  const secrets = partsOf(gateway, 'sslCertificates').flatMap(
    ({ properties }) => asString(properties['keyVaultSecretId']) ?? [],
  );
  const principals = principalsOf(azure, gateway.body['identity']);
  for (const uri of secrets) {
    const vault = vaultAt(azure, uri);
    const secret = objectAt(azure, uri);
    if (vault === undefined || secret === undefined) return keyVaultSecretMissing(uri, gateway.id);
    const mayRead = principals.some((each) => vaultGrant(azure, vault, each, 'secrets', ['get']) === 'granted');
    if (!mayRead || !letsTrustedServicesIn(vault)) return keyVaultSecretDenied(uri, gateway.id);
  }
  return undefined;
}

function principalsOf(azure: Azure, identity: Json | undefined): readonly string[] {
  const assigned = isJsonObject(identity) ? identity['userAssignedIdentities'] : undefined;
  const ids = isJsonObject(assigned) ? Object.keys(assigned) : [];
  return ids.flatMap((id) => {
    const found = azure.store.get(id);
    return found === undefined ? [] : principalIdOf(found);
  });
}
