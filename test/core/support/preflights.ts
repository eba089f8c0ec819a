import type { Change } from '../../../src/core/plan/change';
import { preflight } from '../../../src/core/preflight/preflight';
import type { PreflightFinding, PreflightKind, PreflightReport } from '../../../src/core/preflight/report';
import type { JsonObject } from '../../../src/core/resources/json';
import { parseResourceId } from '../../../src/core/resources/resourceId';
import { Snapshot } from '../../../src/core/resources/snapshot';
import { change } from './changes';
import { FakeAzure } from './fakeAzure';
import { FakeProbes } from './fakeProbes';
import { ID, inGroup, providerId } from './ids';
import { english } from './reading';
import { resourceGroup } from './resources';
import { NEVER } from './sessions';
import { setup } from './setups';
import { World } from './world';

export const LOCKS = `${ID.subscription}/providers/Microsoft.Authorization/locks`;
export const ASSIGNMENTS = `${ID.subscription}/providers/Microsoft.Authorization/policyAssignments`;
export const REGION = 'japaneast';
export const USAGES = `${ID.subscription}/providers/Microsoft.Network/locations/${REGION}/usages`;

/** Types that the tests create, by their providers. */
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.CognitiveServices': ['accounts'],
  'Microsoft.Network': ['virtualNetworks', 'publicIPAddresses', 'privateEndpoints', 'virtualNetworkGateways'],
  'Microsoft.Search': ['searchServices'],
  'Microsoft.Storage': ['storageAccounts'],
  'Microsoft.KeyVault': ['vaults'],
};

/** A provider with the regions of what it offers. */
export function offering(namespace: string, locations = ['Japan East', 'East US'], state = 'Registered') {
  const resourceTypes = (OFFERED[namespace] ?? []).map((resourceType) => ({ resourceType, locations }));
  return { id: providerId(namespace), namespace, registrationState: state, resourceTypes };
}

/** A subscription in which nothing is in the way of anything. */
export function clearWorld(...others: readonly (JsonObject & { readonly id: string })[]): World {
  return new World([
    ...Object.keys(OFFERED).map((namespace) => offering(namespace)),
    resourceGroup(),
    { id: LOCKS, value: [] },
    { id: ASSIGNMENTS, value: [] },
    { id: USAGES, value: [usage('PublicIPAddresses', 3, 10), usage('VirtualNetworks', 3, 10)] },
    ...others,
  ]);
}

export function usage(name: string, currentValue: number, limit: number): JsonObject {
  return { name: { value: name }, currentValue, limit };
}

/** The creation of a resource in the tests' group. */
export function creation(type: string, name: string, body: JsonObject = { location: REGION }): Change {
  return creationOf(inGroup('rg-contoso', type, name), body);
}

export function creationOf(resource: string, body: JsonObject = { location: REGION }): Change {
  const names = parseResourceId(resource)?.names.join('/') ?? resource;
  const before = { before: null, action: 'create', undo: { kind: 'delete' } } as const;
  return change({ ...before, id: `create/${names}`, step: 'step', resource, body, after: body });
}

export function deletionOf(resource: string): Change {
  return change({ id: `delete/${resource}`, step: 'step', resource, action: 'delete', after: null });
}

/** Names are free, and policies say nothing. */
function allFree(azure: FakeAzure): void {
  azure.answer = () => ({ state: 'answered', body: { nameAvailable: true, isSubdomainAvailable: true } });
}

interface Circumstances {
  readonly world?: World;
  readonly prepare?: (azure: FakeAzure, probes: FakeProbes) => void;
}

/** What a preflight of changes finds, and whom it asked. */
export async function look(
  changes: readonly Change[],
  { world = clearWorld(), prepare }: Circumstances = {},
): Promise<{ readonly report: PreflightReport; readonly azure: FakeAzure }> {
  const azure = new FakeAzure(world);
  const probes = new FakeProbes(world);
  allFree(azure);
  prepare?.(azure, probes);
  return { report: await preflight(setup(), changes, Snapshot.empty, { azure, probes, signal: NEVER }), azure };
}

/** `kind verdict: the title`. */
export function said({ findings }: PreflightReport, kind?: PreflightKind): readonly string[] {
  return findings
    .filter((finding) => kind === undefined || finding.kind === kind)
    .map((finding) => `${finding.kind} ${finding.verdict}: ${english(finding.title)}`);
}

export function only({ findings }: PreflightReport): PreflightFinding {
  const [finding, ...others] = findings;
  if (finding === undefined || others.length > 0) throw new Error(`There are ${findings.length} findings.`);
  return finding;
}
