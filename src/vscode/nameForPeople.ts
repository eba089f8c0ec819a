import { parentResourceId, resourceName } from '../core/resources/resourceId';
import { extendedScope } from '../core/resources/resourceTypes';

/** Names that Azure itself gives to parts of a resource: each says something only together with the resource. */
const NAMES_OF_PARTS: readonly string[] = ['default', 'web'];

/** What a person calls a resource. A role assignment is called a GUID, and every lock alike: they go by what they are on. */
export function nameForPeople(id: string): string {
  const scope = extendedScope(id);
  if (scope !== undefined) return nameForPeople(scope);
  const name = resourceName(id);
  const parent = parentResourceId(id);
  return parent !== undefined && NAMES_OF_PARTS.includes(name) ? `${resourceName(parent)}/${name}` : name;
}
