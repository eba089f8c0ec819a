import { isJsonObject, type Json, type JsonObject } from '../../../src/core/resources/json';
import { resourceName } from '../../../src/core/resources/resourceId';

/** What changes with every write, whatever is written. */
const VOLATILE = new Set(['etag', 'systemData', 'resourceGuid', 'internalId', 'updatedBy', 'updatedOn']);

/**
 * Properties that differ between two states of a sandbox: `contoso-openai › properties.disableLocalAuth: false → true`.
 * A resource that is in one state only is one line. Objects that are found by name or id are compared by it, whatever
 * place they have in a list. One time is as good as another.
 */
export function differences(before: JsonObject, after: JsonObject): readonly string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return ids.flatMap((id) => {
    const [left, right] = [before[id], after[id]];
    if (left === undefined) return [`${described(id)}: added`];
    if (right === undefined) return [`${described(id)}: gone`];
    return within('', left, right).map((line) => `${described(id)} › ${line}`);
  });
}

/** Addresses are handed out in the order in which things are made, and things are made at the same time; so is time. */
const HANDED_OUT = [
  /: "(10\.3|192\.0)\.\d+\.\d+" → "(10\.3|192\.0)\.\d+\.\d+"$/,
  /properties\.attributes\.(nbf|exp|created|updated): \d+ → \d+$/,
];

/** Whether a difference follows from the order alone in which things were made. */
export function isOfOrder(line: string): boolean {
  return HANDED_OUT.some((one) => one.test(line));
}

/** Names alone do not tell a network link from the zone that it is in. */
function described(id: string): string {
  return id.slice(id.lastIndexOf('/providers/') + '/providers/'.length) || resourceName(id);
}

function within(path: string, before: Json | undefined, after: Json | undefined): readonly string[] {
  if (isContainer(before) && isContainer(after)) {
    const [left, right] = [membersOf(before), membersOf(after)];
    const names = [...new Set([...left.keys(), ...right.keys()])].filter((name) => !VOLATILE.has(name));
    return names.flatMap((name) => within(path === '' ? name : `${path}.${name}`, left.get(name), right.get(name)));
  }
  const [left, right] = [shown(before), shown(after)];
  return left === right ? [] : [`${path}: ${left} → ${right}`];
}

function isContainer(value: Json | undefined): value is JsonObject | readonly Json[] {
  return Array.isArray(value) || isJsonObject(value);
}

function membersOf(container: JsonObject | readonly Json[]): ReadonlyMap<string, Json | undefined> {
  if (isJsonObject(container)) return new Map(Object.entries(container));
  return new Map(container.map((item, index) => [`[${keyOf(item) ?? String(index)}]`, item]));
}

function keyOf(item: Json): string | undefined {
  const key = isJsonObject(item) ? (item['name'] ?? item['id'] ?? item['policyDefinitionReferenceId']) : undefined;
  return typeof key === 'string' ? resourceName(key) : undefined;
}

function shown(value: Json | undefined): string {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return 'a time';
  return value === undefined ? 'absent' : JSON.stringify(value);
}
