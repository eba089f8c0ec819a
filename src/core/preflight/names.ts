import type { Change } from '../plan/change';
import type { AzureQuestion } from '../ports';
import { asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName, resourceTypeOf, sameResource, subscriptionScope } from '../resources/resourceId';
import { apiVersionFor, displayType, TYPES } from '../resources/resourceTypes';
import type { SnapshotEntry, Unreadable } from '../resources/snapshot';
import { text } from '../text';
import { groupBy, idsOf, namespaceOf, regionOf, setsProperties, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

/** A name that nobody else in the world may have. */
interface WantedName {
  readonly name: string;
  readonly change: Change;
  readonly service: WorldWideNames;
}

/** How a provider is asked whether one of its names is free, and how it answers. */
interface WorldWideNames {
  /** Behind the provider's namespace. */
  readonly operation: string;
  /** Where the name stands, where it is not that of the resource. */
  readonly at?: string;
  readonly body: (name: string, type: string) => JsonObject;
  /** The property of the answer that says it. */
  readonly free: string;
  readonly reason: string;
  /** What Azure keeps of a deleted one, which a creation under its name brings back. */
  readonly kept?: (subscription: string, location: string, name: string) => string;
}

const nameAndType = (name: string, type: string): JsonObject => ({ name, type });

/** Sources: the operations CheckNameAvailability and CheckDomainAvailability of each provider's REST reference. */
const SERVICES: Readonly<Record<string, WorldWideNames>> = {
  [TYPES.cognitiveAccount]: {
    operation: 'checkDomainAvailability',
    at: 'properties.customSubDomainName',
    body: (subdomainName, type) => ({ subdomainName, type }),
    free: 'isSubdomainAvailable',
    reason: 'reason',
  },
  [TYPES.searchService]: {
    operation: 'checkNameAvailability',
    body: (name) => ({ name, type: 'searchServices' }),
    free: 'nameAvailable',
    reason: 'message',
  },
  [TYPES.storageAccount]: {
    operation: 'checkNameAvailability',
    body: nameAndType,
    free: 'nameAvailable',
    reason: 'message',
  },
  [TYPES.keyVault]: {
    operation: 'checkNameAvailability',
    body: nameAndType,
    free: 'nameAvailable',
    reason: 'message',
    kept: (subscription, location, name) =>
      `${subscription}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
  },
  [TYPES.apiManagement]: {
    operation: 'checkNameAvailability',
    body: (name) => ({ name }),
    free: 'nameAvailable',
    reason: 'message',
    kept: (subscription, location, name) =>
      `${subscription}/providers/Microsoft.ApiManagement/locations/${location}/deletedservices/${name}`,
  },
  [TYPES.webApp]: {
    operation: 'checknameavailability',
    body: (name) => ({ name, type: 'Site' }),
    free: 'nameAvailable',
    reason: 'message',
  },
};

/** Names that the plan wants and somebody else has. */
export async function nameFindings(input: PreflightInput): Promise<readonly PreflightFinding[]> {
  const wanted = [
    ...groupBy(
      input.changes.flatMap(nameWantedBy),
      ({ name, change }) => `${resourceTypeOf(change.resource)} ${name}`,
    ).values(),
  ];
  const findings = await Promise.all(wanted.map(([first]) => findingsFor(first, input)));
  return findings.flat();
}

function nameWantedBy(change: Change): readonly WantedName[] {
  const service = SERVICES[resourceTypeOf(change.resource)];
  if (service === undefined || !setsProperties(change)) return [];
  if (service.at === undefined) {
    return change.action === 'create' ? [{ name: resourceName(change.resource), change, service }] : [];
  }
  const name = asString(readPath(change.body, service.at));
  return name === undefined ? [] : [{ name, change, service }];
}

async function findingsFor(wanted: WantedName, input: PreflightInput): Promise<readonly PreflightFinding[]> {
  const { name, change, service } = wanted;
  const type = displayType(change.resource);
  const answer = await input.questions.ask(questionAbout(wanted, subscriptionScope(input.setup.subscription)));
  if (answer.state === 'unreadable') return [notAsked(wanted, answer.detail)];
  if (answer.body[service.free] !== false) return [];
  const owner = await ownerOf(wanted, input);
  if (owner === 'ours') return [];
  if (owner !== 'theirs') return [notAsked(wanted, owner.detail)];
  const reason = asString(answer.body[service.reason]);
  return [
    {
      kind: 'name',
      changes: idsOf([change]),
      resource: change.resource,
      verdict: 'blocks',
      title: text('The name {0} of {1} is taken or not allowed.', name, type),
      ...(reason === undefined ? {} : { detail: reason }),
      remedy: text(
        'Choose another name. Where it was yours and you have deleted it, recover or purge what Azure keeps of it first.',
      ),
    },
  ];
}

function notAsked({ name, change }: WantedName, detail: string): PreflightFinding {
  return {
    kind: 'name',
    changes: idsOf([change]),
    resource: change.resource,
    verdict: 'unknown',
    title: text('Whether the name {0} is free could not be asked.', name),
    detail,
    remedy: text('Go on: where the name is taken, Azure refuses it and nothing is lost. Then choose another one.'),
  };
}

function questionAbout({ name, change, service }: WantedName, subscription: string): AzureQuestion {
  return {
    path: childId(subscription, 'providers', namespaceOf(change.resource), service.operation),
    apiVersion: apiVersionFor(change.resource) ?? '',
    body: service.body(name, displayType(change.resource)),
  };
}

/** Whose a name that is taken is: ours, where an earlier run has made it or the creation brings back what was deleted. */
async function ownerOf(
  { name, change, service }: WantedName,
  { setup, questions }: PreflightInput,
): Promise<'ours' | 'theirs' | Unreadable> {
  const present = await questions.read(change.resource);
  if (isCalled(name, present, change, service)) return 'ours';
  const kept = service.kept?.(subscriptionScope(setup.subscription), regionOf(change), name);
  const deleted: SnapshotEntry = kept === undefined ? { state: 'absent' } : await questions.read(kept);
  if (deleted.state === 'present') return 'ours';
  return [present, deleted].find((entry) => entry.state === 'unreadable') ?? 'theirs';
}

function isCalled(name: string, entry: SnapshotEntry, change: Change, { at }: WorldWideNames): boolean {
  if (entry.state !== 'present') return false;
  if (at === undefined) return sameResource(entry.resource.id, change.resource);
  return asString(readPath(entry.resource, at))?.toLowerCase() === name.toLowerCase();
}
