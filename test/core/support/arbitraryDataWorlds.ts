import fc from 'fast-check';
import type { JsonObject } from '../../../src/core/resources/json';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import { mergePatch } from '../../../src/core/resources/wireEquality';
import type { SetupOptions } from '../../../src/core/setup/setup';
import type { Situation } from './arbitraryWorlds';
import { BLOB_PATH, dataWorld, FILE_PATH, privatePath, SEARCH_PATH } from './dataWorlds';
import { DATA, ID, linkId, zoneId } from './ids';
import { dataSetupFromNothing } from './setups';
import type { World } from './world';

/** Something that is missing, or as it was before anybody secured it. */
type Undoing = (world: World) => void;

function removed(...ids: readonly string[]): Undoing {
  return (world) => ids.forEach((id) => world.remove(id));
}

function patched(id: string, patch: JsonObject): Undoing {
  return (world) => {
    const present = world.storedAt(id);
    if (present !== undefined) world.put({ ...mergePatch(present, patch), id: present.id });
  };
}

function withoutRole(index: number): Undoing {
  return (world) => {
    const all = world.list(TYPES.roleAssignment);
    const one = all[index % Math.max(1, all.length)];
    if (one) world.remove(one.id);
  };
}

const group = (endpoint: string): string => `${endpoint}/privateDnsZoneGroups/default`;
const PATHS = [
  [ID.endpoint, zoneId()],
  [DATA.searchEndpoint, SEARCH_PATH.zone],
  [DATA.blobEndpoint, BLOB_PATH.zone],
] as const;

const UNDOINGS: readonly Undoing[] = [
  ...PATHS.flatMap(([endpoint, zone]) => [
    removed(endpoint),
    removed(group(endpoint)),
    removed(group(endpoint), zone),
    removed(linkId(zone)),
  ]),
  ...[ID.account, DATA.search, DATA.site].map((id) => patched(id, { identity: null })),
  patched(ID.account, { properties: { publicNetworkAccess: null, networkAcls: null } }),
  patched(ID.account, { properties: { disableLocalAuth: null } }),
  patched(DATA.search, { properties: { publicNetworkAccess: null, networkRuleSet: null } }),
  patched(DATA.search, { properties: { disableLocalAuth: null, authOptions: { apiKeyOnly: {} } } }),
  patched(DATA.storage, { properties: { publicNetworkAccess: null, networkAcls: null } }),
  patched(DATA.storage, { properties: { allowSharedKeyAccess: null, minimumTlsVersion: 'TLS1_0' } }),
  patched(DATA.gateway, { properties: { vpnClientConfiguration: null } }),
  patched(DATA.site, { properties: { virtualNetworkSubnetId: null, outboundVnetRouting: null } }),
  patched(DATA.plan, { sku: { name: 'F1', tier: 'Free' } }),
  removed(DATA.gateway, DATA.gatewaySubnet),
  removed(DATA.gateway, DATA.publicIp),
  removed(DATA.site, DATA.plan, DATA.webAppSubnet),
  removed(DATA.defender, `${DATA.site}/config/web`),
  removed(`${ID.account}/deployments/gpt-4o`),
  removed(`${DATA.storage}/blobServices/default/containers/documents`),
  ...[0, 3, 5, 7].map(withoutRole),
  (world) => privatePath(DATA.fileEndpoint, FILE_PATH).forEach((resource) => world.put(resource)),
];

const options: fc.Arbitrary<Partial<SetupOptions>> = fc.record(
  {
    apiKeys: fc.constantFrom('off', 'keep'),
    sharedPrivateLink: fc.boolean(),
    fileEndpoint: fc.boolean(),
    searchWritesToStorage: fc.boolean(),
    defender: fc.boolean(),
    developers: fc.constant([]),
    publicAccess: fc.constantFrom('disabled', 'selectedNetworks'),
  },
  { requiredKeys: [] },
);

/** A subscription with some of On Your Data done and the rest not, and what its user wants of it. */
export const dataSituations: fc.Arbitrary<Situation> = fc
  .tuple(fc.subarray([...UNDOINGS.keys()]), options)
  .map(([undone, wanted]) => {
    const world = dataWorld();
    for (const index of undone) UNDOINGS[index]?.(world);
    return { world, setup: dataSetupFromNothing(wanted) };
  });
