import fc from 'fast-check';
import { CLOUDS, expectedPrivateZones, type OpenAiKind } from '../../../src/core/clouds';
import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { Setup, SetupOptions } from '../../../src/core/setup/setup';
import { ID, linkId, zoneId } from './ids';
import { account, endpoint, link, record, resourceGroup, subnet, virtualNetwork, zone, zoneGroup } from './resources';
import { setupFromNothing } from './setups';
import { World } from './world';
import { providers } from './worlds';

/** A subscription in some state between nothing and everything done, and what its user wants of it. */
export interface Situation {
  readonly world: World;
  readonly setup: Setup;
}

const present = <T>(value: T): fc.Arbitrary<T | undefined> => fc.option(fc.constant(value), { nil: undefined });

const accountPatch = fc.record({
  identity: fc.constantFrom<(JsonObject | null)[]>(
    null,
    { type: 'None' },
    { type: 'SystemAssigned', principalId: 'p', tenantId: 't' },
    { type: 'UserAssigned', userAssignedIdentities: { '/id/a': {} } },
  ),
  properties: fc.record({
    customSubDomainName: fc.constantFrom(null, 'contoso-openai'),
    publicNetworkAccess: fc.constantFrom(null, 'Enabled', 'disabled', 'SecuredByPerimeter'),
    disableLocalAuth: fc.constantFrom(null, false, true),
    networkAcls: fc.constantFrom<(JsonObject | null)[]>(
      null,
      { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
      { defaultAction: 'deny', ipRules: [{ value: '20.9.9.9' }], virtualNetworkRules: [], bypass: 'AzureServices' },
    ),
  }),
});

const options: fc.Arbitrary<Partial<SetupOptions>> = fc.record({
  publicAccess: fc.constantFrom('disabled', 'selectedNetworks'),
  allowedAddresses: fc.constantFrom([], ['20.1.2.3']),
  apiKeys: fc.constantFrom('off', 'keep'),
});

/** What there may be around an account, given what there is of it. */
const surroundings = fc.record({
  registered: fc.constantFrom('Registered', 'NotRegistered'),
  group: fc.constant(true),
  network: fc.boolean(),
  subnet: fc.constantFrom(undefined, 'NetworkSecurityGroupEnabled', 'Disabled'),
  account: fc.option(accountPatch, { nil: undefined, freq: 6 }),
  endpoint: fc.constantFrom(undefined, 'Approved', 'Pending', 'Rejected', 'elsewhere'),
  zones: fc.constantFrom('none', 'near', 'hub', 'both'),
  links: fc.constantFrom('none', 'ours', 'theirs'),
  zoneGroup: fc.boolean(),
  record: present('10.0.1.4'),
});

export const situations: fc.Arbitrary<Situation> = fc
  .tuple(fc.constantFrom<OpenAiKind[]>('OpenAI', 'AIServices'), surroundings, options)
  .map(([kind, parts, wanted]) => ({ world: worldOf(kind, parts), setup: setupFromNothing(kind, wanted) }));

type Surroundings = typeof surroundings extends fc.Arbitrary<infer T> ? T : never;

function worldOf(kind: OpenAiKind, parts: Surroundings): World {
  const resources: WireResource[] = [...providers(parts.registered), resourceGroup(), resourceGroup(ID.hubGroup)];
  if (parts.account) resources.push(account({ kind, ...parts.account }));
  if (parts.network) resources.push(virtualNetwork());
  const hasSubnet = parts.network && parts.subnet !== undefined;
  if (hasSubnet) resources.push(subnet({ properties: { privateEndpointNetworkPolicies: parts.subnet ?? null } }));
  resources.push(virtualNetwork({ id: ID.otherNetwork }), subnet({ id: ID.otherSubnet }));
  const zones = zonesOf(kind, parts);
  resources.push(...zones.map((id) => zone(id)), ...linksOf(zones, parts));
  // Azure makes no endpoint for an account without a name of its own.
  const named = parts.account?.properties.customSubDomainName !== null;
  const hasEndpoint = parts.account !== undefined && named && hasSubnet && parts.endpoint !== undefined;
  if (hasEndpoint)
    resources.push(
      parts.endpoint === 'elsewhere'
        ? endpoint({ subnet: ID.otherSubnet })
        : endpoint({ status: parts.endpoint ?? '' }),
    );
  if (hasEndpoint && parts.zoneGroup) resources.push(zoneGroup(zones));
  if (zones.length > 0 && parts.record !== undefined && !parts.zoneGroup) resources.push(record([parts.record]));
  return new World(resources);
}

function zonesOf(kind: OpenAiKind, { zones }: Surroundings): readonly string[] {
  const groups = { none: [], near: ['rg-contoso'], hub: ['rg-hub'], both: ['rg-contoso', 'rg-hub'] }[zones];
  return groups.flatMap((group) => expectedPrivateZones(CLOUDS.public, kind).map((name) => zoneId(name, group)));
}

/** A network is linked to one zone of a name only. */
function linksOf(zones: readonly string[], { links, network }: Surroundings): readonly WireResource[] {
  const names = new Set(zones.map((id) => id.split('/').at(-1)));
  const firsts = [...names].map((name) => zones.find((id) => id.endsWith(`/${name ?? ''}`)) ?? '');
  if (links === 'none') return [];
  if (links === 'theirs') return firsts.map((id) => link({ id: linkId(id), network: ID.otherNetwork }));
  return network ? firsts.map((id) => link({ id: linkId(id, 'by-hand') })) : [];
}
