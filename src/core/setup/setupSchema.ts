// The namespace import lets the bundler drop what is not used: the named `z` keeps 400 KB of locales.
import * as z from 'zod/mini';
import { OPENAI_KINDS } from '../clouds';
import { parseResourceId } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import { text, type Text } from '../text';
import { isPrivateIpv4Range, isPublicIpv4Range, parseIpv4Range } from './addresses';
import { SCENARIO_IDS } from './scenarios';
import {
  API_MANAGEMENT_SKUS,
  DEFAULT_OPTIONS,
  DEVELOPER_EXTRAS,
  FIREWALL_MODES,
  POLICY_EFFECTS,
  PROOFS,
  SEARCH_LINKS,
  SEARCH_SKUS,
} from './setup';

/** What a text in the setup has to be; the schema's checks name these by key. */
export const FORMATS = {
  region: text('the name of an Azure region, such as japaneast'),
  subnetRange: text('an IPv4 range of /29 or larger, such as 10.3.1.0/27'),
  networkRange: text('an IPv4 range, such as 10.3.0.0/16'),
  resourceId: text('the id of an Azure resource of the right type'),
  publicAddress: text('a public IPv4 address or range'),
  subdomain: text('a subdomain: letters, digits and hyphens, 2 to 64 of them'),
  guid: text('a GUID'),
  privateRange: text('a private IPv4 range, such as 172.16.201.0/24'),
  indexName: text('the name of a search index: small letters, digits and hyphens'),
  fieldName: text('the name of an index field: letters, digits and underscores'),
  hostName: text('a host name, such as api.contoso.com'),
  certificateName: text('the name of a certificate: letters, digits and hyphens'),
  email: text('an e-mail address'),
  date: text('a date, such as 2026-11-22'),
} as const satisfies Readonly<Record<string, Text>>;

type Format = keyof typeof FORMATS;

function formatted(format: Format, test: RegExp | ((value: string) => boolean)) {
  return z.string().check(test instanceof RegExp ? z.regex(test, format) : z.refine(test, format));
}

/** Words for the published JSON schema, which VS Code shows while somebody edits the file. */
const descriptions = z.registry<{ description: string }>();

function describe<T extends z.ZodMiniType>(schema: T, description: string): T {
  descriptions.add(schema, { description });
  return schema;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const location = describe(formatted('region', /^[A-Za-z0-9 ()-]{2,60}$/), 'An Azure region, such as japaneast.');

const subnetRange = describe(
  formatted('subnetRange', (cidr) => (parseIpv4Range(cidr)?.prefixLength ?? 99) <= 29),
  'An IPv4 range inside the virtual network, such as 10.3.1.0/27.',
);

const networkRange = formatted('networkRange', (cidr) => parseIpv4Range(cidr) !== undefined);

/** What no name in Azure has, and what would mean something else once the id is part of an address. */
const NOT_IN_AN_ID = /[\p{Cc}<>%&\\?#]|\/\.{1,2}(?:\/|$)/u;

function isIdOfType(type: string, id: string): boolean {
  const parts = parseResourceId(id);
  const isWhole = parts?.names.length === type.split('/').length - 1;
  return isWhole && !NOT_IN_AN_ID.test(id) && parts.type.toLowerCase() === type;
}

function role<T extends z.ZodMiniType>(type: string, description: string, create: T) {
  const binding = z.strictObject({
    id: describe(
      formatted('resourceId', (id) => isIdOfType(type, id)),
      `The Azure resource id, of type ${type}.`,
    ),
    create: z.optional(describe(create, 'What to create under this id, if it does not exist yet.')),
  });
  return z.optional(describe(binding, description));
}

const subnet = z.strictObject({ addressPrefix: subnetRange });
const located = z.strictObject({ location });

const roles = z.strictObject({
  resourceGroup: role(TYPES.resourceGroup, 'The resource group that new resources go into.', located),
  openAi: role(
    TYPES.cognitiveAccount,
    'The Azure OpenAI account to secure.',
    z.strictObject({ location, kind: z.enum(OPENAI_KINDS) }),
  ),
  search: role(
    TYPES.searchService,
    'The Azure AI Search service that holds the indexes.',
    z.strictObject({ location, sku: z.enum(SEARCH_SKUS) }),
  ),
  storage: role(TYPES.storageAccount, 'The storage account that holds the documents.', located),
  virtualNetwork: role(
    TYPES.virtualNetwork,
    'The virtual network that the clients are in.',
    z.strictObject({ location, addressPrefixes: z.array(networkRange).check(z.minLength(1)) }),
  ),
  privateEndpointSubnet: role(TYPES.subnet, 'The subnet that private endpoints take their addresses from.', subnet),
  gatewaySubnet: role(TYPES.subnet, 'The subnet of the VPN gateway. Its name is always GatewaySubnet.', subnet),
  vpnGateway: role(TYPES.virtualNetworkGateway, 'The VPN gateway that developers come in through.', located),
  webAppSubnet: role(TYPES.subnet, 'The subnet that the web app goes out through. It is for that alone.', subnet),
  webApp: role(TYPES.webApp, 'The web app that calls Azure OpenAI.', located),
  apiManagementSubnet: role(TYPES.subnet, 'The subnet that API Management stands in.', subnet),
  apiManagement: role(
    TYPES.apiManagement,
    'The API Management service between callers and Azure OpenAI.',
    z.strictObject({
      location,
      sku: z.enum(API_MANAGEMENT_SKUS),
      publisherEmail: formatted('email', EMAIL),
      publisherName: z.string().check(z.minLength(1), z.maxLength(100)),
    }),
  ),
  applicationGatewaySubnet: role(
    TYPES.subnet,
    'The subnet of the application gateway. It is for application gateways alone.',
    subnet,
  ),
  applicationGateway: role(TYPES.applicationGateway, 'The application gateway that callers outside use.', located),
  keyVault: role(TYPES.keyVault, 'The key vault with the certificate of the gateway, and with your own keys.', located),
  logAnalyticsWorkspace: role(TYPES.logAnalyticsWorkspace, 'The workspace that logs go to.', located),
});

const principal = z.strictObject({
  id: guid('The object id in Microsoft Entra ID.'),
  type: z.enum(['User', 'Group', 'ServicePrincipal']),
  name: z.optional(z.string().check(z.maxLength(256))),
});

const indexName = formatted('indexName', /^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){1,127}$/);

const date = z.iso.date('date');

const options = z.strictObject({
  publicAccess: z._default(
    describe(
      z.enum(['disabled', 'selectedNetworks']),
      'Close the account to the internet, or leave it open to listed addresses.',
    ),
    DEFAULT_OPTIONS.publicAccess,
  ),
  allowedAddresses: z._default(
    describe(
      z.array(formatted('publicAddress', isPublicIpv4Range)).check(z.maxLength(100)),
      'For selectedNetworks: the public IPv4 addresses and ranges that may still call.',
    ),
    [],
  ),
  apiKeys: z._default(
    describe(z.enum(['off', 'keep']), 'Turn key authentication off (production), or leave it as it is (evaluation).'),
    DEFAULT_OPTIONS.apiKeys,
  ),
  customSubdomain: z.optional(
    describe(
      formatted('subdomain', /^[A-Za-z0-9][A-Za-z0-9-]{0,62}[A-Za-z0-9]$/),
      'The name for an account that has no custom subdomain yet. It can never be changed.',
    ),
  ),
  sharedPrivateLink: choice('Let Search call Azure OpenAI through a shared private link.', 'sharedPrivateLink'),
  fileEndpoint: choice('Give the storage account a private endpoint for file shares too.', 'fileEndpoint'),
  searchWritesToStorage: choice(
    'Search writes to the storage account: a knowledge store, an enrichment cache or debug sessions.',
    'searchWritesToStorage',
  ),
  defender: choice('Turn on the AI plan of Microsoft Defender for Cloud. It costs money.', 'defender'),
  defenderForServices: choice(
    'Turn on the plans of Microsoft Defender for Cloud for the other services of the setup. They cost money.',
    'defenderForServices',
  ),
  vpnClientAddressPool: z.optional(
    describe(
      formatted('privateRange', isPrivateIpv4Range),
      'The private IPv4 range that VPN clients get addresses of.',
    ),
  ),
  developers: z._default(describe(z.array(principal).check(z.maxLength(50)), 'Who builds with the resources.'), []),
  developerExtras: z._default(
    describe(z.array(z.enum(DEVELOPER_EXTRAS)), 'Further roles of the documents, which keyless work does not need.'),
    [],
  ),
  project: z.optional(describe(principal, 'The identity of a project that reads indexes in the storage account.')),
  documentAccess: z.optional(
    describe(
      z.strictObject({
        index: indexName,
        field: z._default(formatted('fieldName', /^[A-Za-z][A-Za-z0-9_]{0,127}$/), 'group_ids'),
      }),
      'The index whose documents are only for some, and the field with their groups.',
    ),
  ),
  searchPublicAccess: z._default(
    describe(
      z.enum(['disabled', 'selectedNetworks']),
      'Close AI Search to the internet, or leave it open to the allowed addresses.',
    ),
    DEFAULT_OPTIONS.searchPublicAccess,
  ),
  searchLinks: z._default(
    describe(
      z.array(z.enum(SEARCH_LINKS)),
      'What AI Search reaches through shared private links of its own, besides Azure OpenAI.',
    ),
    [],
  ),
  indexReaders: z._default(
    describe(
      z.array(z.strictObject({ index: indexName, principal })).check(z.maxLength(50)),
      'Who may read a single index, and no other.',
    ),
    [],
  ),
  gatewayHostName: z.optional(
    describe(
      formatted('hostName', /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i),
      'The host name that callers outside use; the name of the public IP address where it is left out.',
    ),
  ),
  gatewayCertificate: z.optional(
    describe(
      formatted('certificateName', /^[A-Za-z0-9-]{1,127}$/),
      'The certificate in the key vault for that host name.',
    ),
  ),
  firewallMode: z._default(
    describe(z.enum(FIREWALL_MODES), 'Whether the web application firewall blocks what it finds, or only logs it.'),
    DEFAULT_OPTIONS.firewallMode,
  ),
  customerManagedKeys: choice('Encrypt data at rest with keys of your own as well.', 'customerManagedKeys'),
  locks: choice('Lock the resources against deletion.', 'locks'),
  policies: z._default(
    describe(z.enum(POLICY_EFFECTS), 'Let Azure Policy report what leaves the desired state, or refuse it.'),
    DEFAULT_OPTIONS.policies,
  ),
  alertEmail: z.optional(
    describe(formatted('email', EMAIL), 'Who gets a message when somebody deletes or opens a resource.'),
  ),
  keysRotated: z._default(
    describe(
      z.strictObject({
        openAi: z.optional(date),
        search: z.optional(date),
        storage: z.optional(date),
        apiManagement: z.optional(date),
      }),
      'When keys that are still accepted were last replaced.',
    ),
    {},
  ),
  proofs: z._default(describe(z.array(z.enum(PROOFS)), 'Calls of the feature itself with which a verification ends.'), [
    ...PROOFS,
  ]),
});

function choice(
  description: string,
  option:
    | 'sharedPrivateLink'
    | 'fileEndpoint'
    | 'searchWritesToStorage'
    | 'defender'
    | 'defenderForServices'
    | 'customerManagedKeys'
    | 'locks',
) {
  return z._default(describe(z.boolean(), description), DEFAULT_OPTIONS[option]);
}

/** As the schema's output type wants them: arrays that can be written to. */
const DEFAULTS = {
  ...DEFAULT_OPTIONS,
  allowedAddresses: [],
  developers: [],
  developerExtras: [],
  searchLinks: [],
  indexReaders: [],
  proofs: [...PROOFS],
};

const skip = z.record(z.string(), z.string().check(z.minLength(1), z.maxLength(500)));

function guid(description: string) {
  return describe(formatted('guid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i), description);
}

/** The shape of `ringfence.json`. Unknown properties are refused, so that a misspelt one is not silently without effect. */
export const setupSchema = z.strictObject({
  $schema: z.optional(z.string()),
  version: describe(z.literal(1), 'The version of this format.'),
  name: describe(z.string().check(z.minLength(1), z.maxLength(80)), 'What you call this setup.'),
  cloud: z._default(describe(z.enum(['public', 'usGovernment', 'china']), 'The Azure cloud.'), 'public'),
  subscription: guid('The subscription id.'),
  tenant: z.optional(guid('The Microsoft Entra tenant id, where it is not the home tenant of who signs in.')),
  scenarios: describe(z.array(z.enum(SCENARIO_IDS)).check(z.minLength(1)), 'What to secure it for.'),
  roles: z._default(describe(roles, 'Which resource plays which part.'), {}),
  options: z._default(options, DEFAULTS),
  skip: z._default(describe(skip, 'Steps to leave out, by id, each with the reason.'), {}),
});

/** The JSON schema that is published with the extension and contributed to VS Code. */
export function setupJsonSchema(): object {
  return {
    ...z.toJSONSchema(setupSchema, { metadata: descriptions, io: 'input', target: 'draft-7' }),
    title: 'Ringfence setup',
    description: 'What Ringfence secures. Safe to commit: nothing secret has a place in it.',
  };
}
