import type { RequiredPermission } from '../plan/change';
import { asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text, type Text } from '../text';
import {
  certificateName,
  gatewayHostName,
  gatewayIdentityOf,
  gatewayLocation,
  whereCertificateIsElsewhere,
} from './gatewayFacts';
import { assigneeOf, userAssignedIdentity, type Assignee } from './roleAssignment';
import type { Source } from './source';
import { attempt, defineStep, type Step, type StepContext } from './step';
import { hasRight, policyToMend, rightExpectation, type VaultRight } from './vaultAccess';
import { goesByRoles } from './vaultFacts';

/** The certificate of the application gateway, which stays in the key vault, and who may do what with it. */

const GATEWAY: Source = { seed: 'apim-app-gateway.fr', section: 'Mise en place de l’Application Gateway' };
const KEY_VAULT_CERTIFICATES: Source = {
  reference: 'TLS termination with Key Vault certificates',
  url: 'https://learn.microsoft.com/azure/application-gateway/key-vault-certs',
};

const MAKE_CERTIFICATES: VaultRight = {
  role: 'Key Vault Certificates Officer',
  objects: 'certificates',
  permissions: ['get', 'list', 'create'],
};
const READ_SECRETS: VaultRight = { role: 'Key Vault Secrets User', objects: 'secrets', permissions: ['get'] };

const developersMakeCertificates = defineStep({
  id: 'rbac-dev-key-vault-certificates',
  title: text('Developers may make certificates'),
  why: text(
    'Whoever applies the setup has the vault make the certificate of the gateway. Owner and Contributor manage the vault, but may not look into it.',
  ),
  group: 'roles',
  on: 'keyVault',
  scenarios: ['api-gateway'],
  after: ['key-vault'],
  preferAfter: ['key-vault-role-based-access'],
  sources: [
    {
      reference: 'Provide access to Key Vault with Azure role-based access control',
      url: 'https://learn.microsoft.com/azure/key-vault/general/rbac-guide',
    },
  ],
  severity: 'low',
  notApplicable: (context) =>
    context.setup.options.developers.length === 0
      ? text('No developer is named in this setup.')
      : whereCertificateIsElsewhere(context),
  manual: (context, vault) =>
    firstOf(developers(context), (each) => policyToMend(context, vault, each, MAKE_CERTIFICATES)),
  expects: (context, vault) =>
    developers(context).map((each) => rightExpectation(context, vault, each, MAKE_CERTIFICATES)),
  permissions: [],
  risk: { kind: 'none', note: text('A new role can take up to ten minutes until the vault knows of it.') },
  typicalSeconds: 5,
});

const gatewayIdentity = defineStep({
  id: 'appgw-identity',
  title: text('Identity of the application gateway'),
  why: text(
    'The gateway takes its certificate out of the vault with this identity, so that nobody copies a private key.',
  ),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: ['resource-group', 'resource-providers'],
  sources: [GATEWAY, KEY_VAULT_CERTIFICATES],
  severity: 'low',
  notApplicable: whereCertificateIsElsewhere,
  expects: (context, target) => {
    const location = gatewayLocation(context, target);
    return [
      {
        resource: gatewayIdentityOf(context, target),
        assertions: [],
        ...(location !== undefined && { create: { location } }),
      },
    ];
  },
  permissions: ['Microsoft.ManagedIdentity/userAssignedIdentities/write'],
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

const gatewayReadsVault = defineStep({
  id: 'rbac-appgw-key-vault',
  title: text('The application gateway may read its certificate'),
  why: text(
    'A certificate with its private key is a secret of the vault. The gateway needs to read secrets, and nothing else.',
  ),
  group: 'roles',
  on: 'keyVault',
  scenarios: ['api-gateway'],
  after: ['key-vault', 'appgw-identity'],
  preferAfter: ['key-vault-role-based-access', 'rbac-dev-key-vault-certificates'],
  sources: [GATEWAY, KEY_VAULT_CERTIFICATES],
  severity: 'medium',
  notApplicable: whereCertificateIsElsewhere,
  manual: (context, vault) => policyToMend(context, vault, gatewayAssignee(context), READ_SECRETS),
  expects: (context, vault) => [rightExpectation(context, vault, gatewayAssignee(context), READ_SECRETS)],
  permissions: [],
  risk: { kind: 'none', note: text('A new role can take up to ten minutes until the vault knows of it.') },
  typicalSeconds: 5,
});

const gatewayCertificate = defineStep({
  id: 'appgw-certificate',
  title: text('Certificate of the application gateway'),
  why: text(
    'Callers encrypt everything up to the gateway and see by the certificate that it is yours. The vault makes and renews it, and its private key never leaves the vault but for the gateway.',
  ),
  group: 'applicationGateway',
  on: 'keyVault',
  scenarios: ['api-gateway'],
  after: ['key-vault', 'rbac-dev-key-vault-certificates', 'appgw-public-ip'],
  sources: [
    GATEWAY,
    KEY_VAULT_CERTIFICATES,
    {
      reference: 'Certificates - Create Certificate',
      url: 'https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate/create-certificate',
    },
  ],
  severity: 'high',
  notApplicable: whereCertificateIsElsewhere,
  notes: (context, vault) => certificateNotes(context, vault),
  expects: (context, vault) => {
    const gateway = context.role('applicationGateway').id;
    const host = gatewayHostName(context, gateway);
    const resource = certificateId(context, vault);
    const create = certificateFor(host);
    const undoCreate = {
      kind: 'delete',
      note: text('The vault keeps a deleted certificate, and brings it back when it is made again.'),
    } as const;
    const creation = { resource, assertions: [], create, undoCreate, permissions: rightToCreate(context, vault) };
    if (isHidden(context, vault, resource)) return [{ ...creation, hidden: true }];
    if (context.read(resource) === undefined) return [creation];
    return [
      {
        resource,
        assertions: [
          { at: 'attributes.enabled', must: { kind: 'equals', value: true } },
          { at: 'expired', must: { kind: 'equals', value: false } },
          {
            at: 'names',
            must: {
              kind: 'someItem',
              where: [{ at: 'value', must: { kind: 'oneOf', values: namesFor(host), prefer: host } }],
              what: text('the name {0}', host),
            },
          },
        ],
        observed: true,
      },
    ];
  },
  permissions: ['Microsoft.KeyVault/vaults/certificates/create/action'],
  risk: {
    kind: 'none',
    note: text('A new certificate is signed by itself: callers have to trust it until you replace it.'),
  },
  typicalSeconds: 30,
});

/** Also to bring a deleted one back. Where access policies decide about the vault, no action of Azure RBAC does. */
function rightToCreate(context: StepContext, vault: string): readonly RequiredPermission[] {
  const actions = ['create', 'recover'].map((verb) => `Microsoft.KeyVault/vaults/certificates/${verb}/action`);
  return goesByRoles(context.read(vault)) ? actions.map((action) => ({ action, scope: vault })) : [];
}

/** The certificate as the vault's data plane has it; Azure Resource Manager does not know certificates. */
export function certificateId(context: StepContext, vault: string): string {
  return childId(vault, 'certificates', certificateName(context, context.role('applicationGateway').id, vault));
}

/** Nobody may look at it yet, and the plan gives the right to: what cannot be seen is not taken for absent otherwise. */
function isHidden(context: StepContext, vault: string, certificate: string): boolean {
  const lacksRight = developers(context).some((each) => !hasRight(context, vault, each, MAKE_CERTIFICATES));
  return lacksRight && !attempt(() => context.read(certificate)).known;
}

function certificateNotes(context: StepContext, vault: string): readonly Text[] {
  const id = certificateId(context, vault);
  if (isHidden(context, vault, id))
    return [text('Whether the vault has the certificate already cannot be seen without a role. If it has, it stays.')];
  const present = context.read(id);
  if (present === undefined || isSelfSigned(present))
    return [
      text(
        'The certificate is signed by itself. Replace it by one of a public authority with the command “Import Gateway Certificate…”, or in the vault under the same name; the gateway takes the new one by itself.',
      ),
    ];
  return [];
}

/** Whether the vault signed the certificate by itself, so that callers have to be told to trust it. */
export function isSelfSigned(certificate: WireResource): boolean {
  return asString(readPath(certificate, 'policy.issuer.name'))?.toLowerCase() === 'self';
}

/** The name itself, or a certificate for all names beside it. */
export function namesFor(host: string): readonly string[] {
  return [host, host.replace(/^[^.]+/, '*')];
}

const LONGEST_COMMON_NAME = 64;

/** Made by the vault itself and renewed a month before its end. */
function certificateFor(host: string): JsonObject {
  return {
    policy: {
      issuer: { name: 'Self' },
      key_props: { exportable: true, kty: 'RSA', key_size: 2048, reuse_key: false },
      secret_props: { contentType: 'application/x-pkcs12' },
      x509_props: {
        subject: `CN=${host.length > LONGEST_COMMON_NAME ? 'ringfence' : host}`,
        sans: { dns_names: [host] },
        ekus: ['1.3.6.1.5.5.7.3.1'],
        key_usage: ['digitalSignature', 'keyEncipherment'],
        validity_months: 12,
      },
      lifetime_actions: [{ trigger: { days_before_expiry: 30 }, action: { action_type: 'AutoRenew' } }],
    },
  };
}

function developers({ setup }: StepContext): readonly Assignee[] {
  return setup.options.developers.map(assigneeOf);
}

/** The identity of the gateway, which the same plan may make. */
function gatewayAssignee(context: StepContext): Assignee {
  return userAssignedIdentity(context, gatewayIdentityOf(context, context.role('applicationGateway').id));
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => Text | undefined): Text | undefined {
  return items.flatMap((item) => find(item) ?? [])[0];
}

export const GATEWAY_CERTIFICATE_STEPS: readonly Step[] = [
  developersMakeCertificates,
  gatewayIdentity,
  gatewayReadsVault,
  gatewayCertificate,
];
