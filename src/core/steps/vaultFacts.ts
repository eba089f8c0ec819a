import { readPath } from '../resources/propertyPath';
import { resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import type { StepContext } from './step';

/** The host name of a key vault. */
export function vaultHost({ cloud }: StepContext, vault: string): string {
  return `${resourceName(vault).toLowerCase()}.${cloud.keyVaultSuffix}`;
}

/** Whether roles decide about a vault, not access policies. One that Ringfence makes goes by roles. */
export function goesByRoles(vault: WireResource | undefined): boolean {
  return vault === undefined || readPath(vault, 'properties.enableRbacAuthorization') === true;
}
