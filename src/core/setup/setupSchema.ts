// The namespace import lets the bundler drop what is not used: the named `z` keeps 400 KB of locales.
import * as z from 'zod/mini';
import { OPENAI_KINDS } from '../clouds';
import { parseResourceId } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import { text, type Text } from '../text';
import { isPublicIpv4Range, parseIpv4Range } from './addresses';

/** What a text in the setup has to be; the schema's checks name these by key. */
export const FORMATS = {
  region: text('the name of an Azure region, such as japaneast'),
  subnetRange: text('an IPv4 range of /29 or larger, such as 10.3.1.0/27'),
  networkRange: text('an IPv4 range, such as 10.3.0.0/16'),
  resourceId: text('the id of an Azure resource of the right type'),
  publicAddress: text('a public IPv4 address or range'),
  subdomain: text('a subdomain: letters, digits and hyphens, 2 to 64 of them'),
  guid: text('a GUID'),
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

const location = describe(formatted('region', /^[A-Za-z0-9 ()-]{2,60}$/), 'An Azure region, such as japaneast.');

const subnetRange = describe(
  formatted('subnetRange', (cidr) => (parseIpv4Range(cidr)?.prefixLength ?? 99) <= 29),
  'An IPv4 range inside the virtual network, such as 10.3.1.0/27.',
);

const networkRange = formatted('networkRange', (cidr) => parseIpv4Range(cidr) !== undefined);

/** What no name in Azure has, and what would mean something else once the id is part of an address. */
const NOT_IN_AN_ID = /[\p{Cc}<>%&\\?#]|\/\.{1,2}(?:\/|$)/u;

function isIdOfType(type: string, id: string): boolean {
  return !NOT_IN_AN_ID.test(id) && parseResourceId(id)?.type.toLowerCase() === type;
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

const roles = z.strictObject({
  resourceGroup: role(
    TYPES.resourceGroup,
    'The resource group that new resources go into.',
    z.strictObject({ location }),
  ),
  openAi: role(
    TYPES.cognitiveAccount,
    'The Azure OpenAI account to secure.',
    z.strictObject({ location, kind: z.enum(OPENAI_KINDS) }),
  ),
  virtualNetwork: role(
    TYPES.virtualNetwork,
    'The virtual network that the clients are in.',
    z.strictObject({ location, addressPrefixes: z.array(networkRange).check(z.minLength(1)) }),
  ),
  privateEndpointSubnet: role(
    TYPES.subnet,
    'The subnet that private endpoints take their addresses from.',
    z.strictObject({ addressPrefix: subnetRange }),
  ),
});

const options = z.strictObject({
  publicAccess: z._default(
    describe(
      z.enum(['disabled', 'selectedNetworks']),
      'Close the account to the internet, or leave it open to listed addresses.',
    ),
    'disabled',
  ),
  allowedAddresses: z._default(
    describe(
      z.array(formatted('publicAddress', isPublicIpv4Range)).check(z.maxLength(100)),
      'For selectedNetworks: the public IPv4 addresses and ranges that may still call.',
    ),
    [],
  ),
  apiKeys: z._default(describe(z.enum(['off', 'keep']), 'Turn key authentication off, or leave it as it is.'), 'off'),
  customSubdomain: z.optional(
    describe(
      formatted('subdomain', /^[A-Za-z0-9][A-Za-z0-9-]{0,62}[A-Za-z0-9]$/),
      'The name for an account that has no custom subdomain yet. It can never be changed.',
    ),
  ),
});

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
  scenarios: describe(z.array(z.enum(['private-access'])).check(z.minLength(1)), 'What to secure it for.'),
  roles: z._default(describe(roles, 'Which resource plays which part.'), {}),
  options: z._default(options, { publicAccess: 'disabled', allowedAddresses: [], apiKeys: 'off' }),
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
