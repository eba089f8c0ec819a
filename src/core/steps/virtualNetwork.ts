import { asString, asStrings } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import type { StepContext } from './step';

/** The region of the virtual network, as it is or as it will be. */
export function networkLocation(context: StepContext): string {
  const { id, create } = context.role('virtualNetwork');
  return asString(context.read(id)?.['location']) ?? create?.location ?? '';
}

/** The address space of the virtual network, as it is or as it will be. */
export function networkPrefixes(context: StepContext): readonly string[] {
  const { id, create } = context.role('virtualNetwork');
  const present = asStrings(readPath(context.read(id), 'properties.addressSpace.addressPrefixes'));
  return present.length > 0 ? present : (create?.addressPrefixes ?? []);
}
