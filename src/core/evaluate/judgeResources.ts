import { asObjects, asString, isJsonObject, ownProperty, type Json, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { parseResourceId, resourceGroupId, resourceKey, resourceTypeOf } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import { Snapshot, type WireResource } from '../resources/snapshot';
import { ROLES, subnetsOf } from '../setup/roles';
import { SCENARIOS } from '../setup/scenarios';
import { DEFAULT_OPTIONS, type Setup } from '../setup/setup';
import { STEPS } from '../steps/registry';
import { evaluate } from './evaluate';
import type { Finding } from './finding';

/**
 * Judges exported resources without a setup: every step that is about a resource of this kind gets a finding on it.
 * Whatever depends on something that is not in the file is `unknown`.
 */
export function judgeResources(resources: readonly WireResource[]): readonly Finding[] {
  const everything = resources.flatMap((resource) =>
    resourceTypeOf(resource.id) === TYPES.virtualNetwork ? [resource, ...subnetsOf(resource)] : [resource],
  );
  const unique = [...new Map(everything.map((resource) => [resourceKey(resource.id), resource])).values()];
  const snapshot = Snapshot.ofFile(unique);
  return unique.flatMap((resource) => judgeResource(resource, snapshot));
}

/** Findings on one resource, in whatever part it can play, from what a snapshot knows. */
export function judgeResource(resource: WireResource, snapshot: Snapshot): readonly Finding[] {
  const type = resourceTypeOf(resource.id);
  return ROLES.filter((role) => role.type === type && role.suits(resource)).flatMap((role) => {
    const setup: Setup = {
      version: 1,
      name: '',
      cloud: 'public',
      subscription: parseResourceId(resource.id)?.subscriptionId ?? '',
      scenarios: SCENARIOS.map(({ id }) => id),
      roles: { [role.id]: { id: resource.id } },
      options: DEFAULT_OPTIONS,
      skip: {},
    };
    const steps = STEPS.filter((step) => step.on === role.id);
    return evaluate(setup, snapshot, steps).findings;
  });
}

/** Top-level names of a resource, by their lower-case forms in the exports of various tools. */
const NAMES: Readonly<Record<string, string>> = {
  id: 'id',
  resourceid: 'id',
  name: 'name',
  type: 'type',
  resourcetype: 'type',
  kind: 'kind',
  location: 'location',
  tags: 'tags',
  sku: 'sku',
  identity: 'identity',
  properties: 'properties',
  zones: 'zones',
};

/** What an export holds, and how many of its entries are no resources that could be told apart. */
export interface ExportedResources {
  readonly resources: readonly WireResource[];
  readonly leftOut: number;
}

/**
 * Reads an export: an array of resources, or the list answer of Azure Resource Manager or Resource Graph around one.
 * Names of any casing, and children nested under `resources`, come out as wire JSON of resources side by side.
 * @returns undefined where the JSON is no such thing.
 */
export function readExport(json: unknown): ExportedResources | undefined {
  const list = isJsonObject(json) ? (json['value'] ?? json['data'] ?? json['resources']) : json;
  if (!Array.isArray(list)) return undefined;
  const read = list.map((item: Json) => (isJsonObject(item) ? readResource(item, undefined) : []));
  return { resources: read.flat(), leftOut: read.filter((found) => found.length === 0).length };
}

function readResource(exported: JsonObject, parent: WireResource | undefined): readonly WireResource[] {
  const named = Object.entries(exported).flatMap(([name, value]): [string, Json | undefined][] => {
    const wireName = ownProperty(NAMES, name.toLowerCase());
    return typeof wireName !== 'string' || value === null ? [] : [[wireName, value]];
  });
  const resource: JsonObject = Object.fromEntries(named);
  const id = idOf(resource, exported, parent);
  if (id === undefined) return [];
  const wire: WireResource = { ...resource, id };
  const children = asObjects(readPath(exported, 'resources'));
  return [wire, ...children.flatMap((child) => readResource(child, wire))];
}

/** The id as exported, or one made of the type and the name, which is enough to tell resources apart. */
function idOf(resource: JsonObject, exported: JsonObject, parent: WireResource | undefined): string | undefined {
  const { id, type, name } = resource;
  if (typeof id === 'string' && parseResourceId(id)) return id;
  if (typeof type !== 'string' || typeof name !== 'string') return undefined;
  const [typeName, ownName] = [type.split('/').at(-1) ?? type, name.split('/').at(-1) ?? name];
  if (parent) return `${parent.id}/${typeName}/${ownName}`;
  const group = asString(readPath(exported, 'resourceGroup')) ?? asString(readPath(exported, 'resourceGroupName'));
  const subscription = asString(readPath(exported, 'subscriptionId')) ?? '00000000-0000-0000-0000-000000000000';
  const scope = resourceGroupId(subscription, group ?? 'unknown');
  const [namespace = '', ...types] = type.split('/');
  const names = name.split('/');
  return `${scope}/providers/${namespace}/${types.map((part, index) => `${part}/${names[index] ?? ownName}`).join('/')}`;
}
