import { asString, type JsonObject } from './json';
import { readPath } from './propertyPath';

/** Azure's own word for what it is doing with a resource, in lower case; empty where it says nothing. */
export function provisioningState(resource: JsonObject): string {
  return asString(readPath(resource, 'properties.provisioningState'))?.toLowerCase() ?? '';
}

/**
 * Whether Azure has failed at the last change of a resource. It then shows what was asked for, which may not be in force,
 * until the same is asked again and succeeds.
 */
export function hasFailed(resource: JsonObject): boolean {
  const state = provisioningState(resource);
  return state === 'failed' || state === 'canceled';
}
