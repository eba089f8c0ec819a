import { addressSpaceOf } from '../resources/addressPrefixes';
import { asString } from '../resources/json';
import type { StepContext } from './step';

/** The region of the virtual network, as it is or as it will be. */
export function networkLocation(context: StepContext): string {
  const { id, create } = context.role('virtualNetwork');
  return asString(context.read(id)?.['location']) ?? create?.location ?? '';
}

/** The address space of the virtual network, as it is or as it will be. */
export function networkPrefixes(context: StepContext): readonly string[] {
  const { id, create } = context.role('virtualNetwork');
  const present = addressSpaceOf(context.read(id));
  return present.length > 0 ? present : (create?.addressPrefixes ?? []);
}
