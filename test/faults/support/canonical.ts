import { asObjects, isJsonObject, type Json, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { resourceName, resourceTypeOf } from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';

/** Versions in a key vault are GUIDs without hyphens. */
const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[0-9a-f]{32}\b/gi;
const PATHS_OF_IDENTITIES = ['identity.principalId', 'properties.principalId', 'properties.clientId'];

/**
 * A state in which what Azure makes up anew each time goes by where it comes from: the principals of identities by
 * their resource, role assignments by who gets which role, and all other ids that the world did not have before alike.
 * @param before The world as it was: its ids stay.
 * @throws Error where two resources come to go by the same name: then one of them is there twice.
 */
export function canonical(state: JsonObject, before: JsonObject): JsonObject {
  const names = new Map<string, string>([...JSON.stringify(before).matchAll(GUID)].map(([guid]) => [guid, guid]));
  for (const resource of Object.values(state)) {
    for (const path of PATHS_OF_IDENTITIES) nameIdentity(resource, path, names);
  }
  for (const resource of Object.values(state)) {
    nameAssignment(resource, names);
    nameInterface(resource, names);
  }
  const text = JSON.stringify(state).replace(GUID, (guid) => names.get(guid) ?? 'made-up');
  const renamed = JSON.parse(text) as JsonObject;
  const [had, has] = [Object.keys(state), Object.keys(renamed)];
  if (had.length !== has.length) throw new Error(`Something is there twice: ${twins(had, names).join(', ')}`);
  return renamed;
}

function nameIdentity(resource: Json | undefined, path: string, names: Map<string, string>): void {
  const guid = readPath(resource, path);
  const id = String(readPath(resource, 'id'));
  const isIdentity = path.startsWith('identity') || resourceTypeOf(id).includes('userassignedidentities');
  if (isIdentity && typeof guid === 'string' && !names.has(guid)) names.set(guid, `${path} of ${resourceName(id)}`);
}

/** An endpoint's network interface and what is in it. */
function nameInterface(resource: Json | undefined, names: Map<string, string>): void {
  const id = String(readPath(resource, 'id'));
  if (resourceTypeOf(id) !== TYPES.networkInterface) return;
  const endpoint = resourceName(id).replace(GUID, '');
  for (const { name } of asObjects(readPath(resource, 'properties.ipConfigurations'))) {
    for (const [guid] of String(name).matchAll(GUID)) names.set(guid, `of-${endpoint}`);
  }
}

function nameAssignment(resource: Json | undefined, names: Map<string, string>): void {
  if (!isJsonObject(resource)) return;
  const id = String(resource['id']);
  if (resourceTypeOf(id) !== TYPES.roleAssignment || names.has(resourceName(id))) return;
  const principal = String(readPath(resource, 'properties.principalId'));
  const role = resourceName(String(readPath(resource, 'properties.roleDefinitionId')));
  names.set(resourceName(id), `${role} for ${names.get(principal) ?? principal}`.replaceAll('/', '|'));
}

function twins(ids: readonly string[], names: ReadonlyMap<string, string>): readonly string[] {
  const renamed = ids.map((id) => id.replace(GUID, (guid) => names.get(guid) ?? 'made-up'));
  return renamed.filter((id, at) => renamed.indexOf(id) !== at);
}
