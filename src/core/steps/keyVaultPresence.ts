import { text } from '../text';
import { VAULT_WRITE } from './keyVault';
import { presenceOf } from './presence';
import { defineStep, type Step } from './step';
import { tenantOf } from './tenant';

const keyVault = defineStep({
  id: 'key-vault',
  title: text('Key vault'),
  why: text(
    'Certificates and keys stay in the vault: services use them there with identities of their own, and nobody has to hand them around.',
  ),
  group: 'governance',
  on: 'keyVault',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['resource-group', 'resource-providers'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Clés gérées par le client (CMK)' },
    {
      reference: 'TLS termination with Key Vault certificates',
      url: 'https://learn.microsoft.com/azure/application-gateway/key-vault-certs',
    },
  ],
  severity: 'low',
  expects: (context) =>
    presenceOf(context, 'keyVault', ({ location }) => ({
      create: {
        location,
        properties: {
          sku: { family: 'A', name: 'standard' },
          tenantId: tenantOf(context),
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
          enablePurgeProtection: true,
          publicNetworkAccess: 'Enabled',
        },
      },
      undoCreate: {
        kind: 'delete',
        note: text(
          'Azure keeps a deleted vault for 90 days. If it is created again meanwhile, it is brought back with all it held.',
        ),
      },
    })),
  permissions: VAULT_WRITE,
  risk: {
    kind: 'none',
    note: text('A vault with purge protection can be deleted, but its name is taken for another 90 days.'),
  },
  typicalSeconds: 30,
});

export const KEY_VAULT_PRESENCE_STEPS: readonly Step[] = [keyVault];
