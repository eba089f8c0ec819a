import type { Change } from '../plan/change';
import { asObjects, asString, asStrings, type JsonObject } from '../resources/json';
import { childId, parentResourceId, parseResourceId, resourceTypeOf, subscriptionScope } from '../resources/resourceId';
import { displayType, TYPES } from '../resources/resourceTypes';
import type { SnapshotEntry } from '../resources/snapshot';
import { normalizeLocation } from '../resources/wireEquality';
import { text } from '../text';
import { creationsIn, groupBy, idsOf, namespaceOf, regionOf, whyUnread, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

/** Providers that every subscription has from the start. */
const ALWAYS_THERE = ['microsoft.resources', 'microsoft.authorization'];

/** Resource providers that the plan writes to and nobody registers, and regions in which they do not offer what it creates. */
export async function providerFindings({
  setup,
  changes,
  questions,
}: PreflightInput): Promise<readonly PreflightFinding[]> {
  const writes = changes.filter((change) => change.action !== 'delete' && resourceTypeOf(change.resource) !== '');
  const concerned = writes.filter((change) => resourceTypeOf(change.resource) !== TYPES.provider);
  const byNamespace = groupBy(concerned, ({ resource }) => namespaceOf(resource));
  const registered = new Set(changes.flatMap(({ resource }) => registeredBy(resource)));
  const findings = await Promise.all(
    [...byNamespace]
      .filter(([namespace]) => !ALWAYS_THERE.includes(namespace.toLowerCase()))
      .map(async ([namespace, itsChanges]) => {
        const id = childId(subscriptionScope(setup.subscription), 'providers', namespace);
        const provider = await questions.read(id);
        const isPlanned = registered.has(namespace.toLowerCase());
        return [
          ...(isPlanned ? [] : registrationFindings(namespace, id, provider, itsChanges)),
          ...(provider.state === 'present' ? regionFindings(provider.resource, itsChanges) : []),
        ];
      }),
  );
  return findings.flat();
}

function registeredBy(id: string): readonly string[] {
  return resourceTypeOf(id) === TYPES.provider
    ? (parseResourceId(id)?.names ?? []).map((name) => name.toLowerCase())
    : [];
}

function registrationFindings(
  namespace: string,
  id: string,
  provider: SnapshotEntry,
  changes: readonly Change[],
): readonly PreflightFinding[] {
  const common = { kind: 'provider', changes: idsOf(changes), resource: id } as const;
  const remedy = text(
    'Register it under “Resource providers” of the subscription in the Azure portal, or with “az provider register --namespace {0}”. That takes the permission {1}.',
    namespace,
    `${namespace}/register/action`,
  );
  if (provider.state !== 'present') {
    const title = text('Whether the resource provider {0} is registered could not be read.', namespace);
    return [{ ...common, verdict: 'unknown', title, ...whyUnread(provider), remedy }];
  }
  const state = asString(provider.resource['registrationState'])?.toLowerCase();
  const isFree = asString(provider.resource['registrationPolicy'])?.toLowerCase() === 'registrationfree';
  if (isFree || state === 'registered' || state === 'registering') return [];
  const title = text('The resource provider {0} is not registered in this subscription.', namespace);
  return [{ ...common, verdict: 'blocks', title, remedy }];
}

/** What belongs to another resource is where that is, and what is everywhere says `global`. */
function regionFindings(provider: JsonObject, changes: readonly Change[]): readonly PreflightFinding[] {
  const located = creationsIn(changes).filter(
    (change) => parentResourceId(change.resource) === undefined && !['', 'global'].includes(regionOf(change)),
  );
  const byPlace = groupBy(located, (change) => `${resourceTypeOf(change.resource)} ${regionOf(change)}`);
  return [...byPlace.values()].flatMap((alike): readonly PreflightFinding[] => {
    const [change] = alike;
    const { resource } = change;
    const type = displayType(resource);
    const region = regionOf(change);
    const offered = asObjects(provider['resourceTypes']).find(
      ({ resourceType }) => `${namespaceOf(resource)}/${asString(resourceType)}`.toLowerCase() === type.toLowerCase(),
    );
    const locations = asStrings(offered?.['locations']).map(normalizeLocation);
    if (locations.includes(region)) return [];
    const isKnown = locations.length > 0;
    return [
      {
        kind: 'location',
        verdict: isKnown ? 'blocks' : 'unknown',
        title: isKnown
          ? text('Azure does not offer {0} in {1}.', type, region)
          : text('Azure does not say in which regions it offers {0}.', type),
        remedy: text('Choose another region for it.'),
        changes: idsOf(alike),
        resource,
      },
    ];
  });
}
