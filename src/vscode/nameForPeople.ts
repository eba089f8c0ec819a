import { parentResourceId, resourceName, resourceTypeOf } from '../core/resources/resourceId';
import { TYPES } from '../core/resources/resourceTypes';

/** Names that Azure itself gives to parts of a resource: each says something only together with the resource. */
const NAMES_OF_PARTS: readonly string[] = ['default', 'web'];

/** What a person calls a resource. A role assignment is called a GUID, so it goes by what the role is on. */
export function nameForPeople(id: string): string {
  if (resourceTypeOf(id) === TYPES.roleAssignment) return resourceName(scopeOf(id));
  const name = resourceName(id);
  const parent = parentResourceId(id);
  return parent !== undefined && NAMES_OF_PARTS.includes(name) ? `${resourceName(parent)}/${name}` : name;
}

/** What an extension, such as a role assignment, extends. */
function scopeOf(extension: string): string {
  return extension.slice(0, extension.toLowerCase().lastIndexOf('/providers/'));
}
