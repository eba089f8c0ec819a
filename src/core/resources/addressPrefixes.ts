import { asString, asStrings, type Json } from './json';
import { readPath } from './propertyPath';

/** The address ranges of a subnet, of which Azure shows one or several. */
export function subnetPrefixes(subnet: Json | undefined): readonly string[] {
  const single = asString(readPath(subnet, 'properties.addressPrefix'));
  const several = asStrings(readPath(subnet, 'properties.addressPrefixes'));
  return single === undefined ? several : [single, ...several];
}

/** The address space of a virtual network. */
export function addressSpaceOf(network: Json | undefined): readonly string[] {
  return asStrings(readPath(network, 'properties.addressSpace.addressPrefixes'));
}
