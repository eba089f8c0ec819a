import type { Subnet, VirtualNetwork } from '@azure/arm-network';
import { flatten, lroOptions, namesIn, unsupported, waitFor } from '../adapter';
import { wholeBody, type Writer } from './writer';

/** An existing network is never written whole: leaving out a subnet could delete it. */
export const writeVirtualNetwork: Writer = (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  switch (write.action) {
    case 'create':
      return waitFor(
        client.virtualNetworks.beginCreateOrUpdate(group, names[0], flatten(write.body) as VirtualNetwork, lro),
        options,
      );
    case 'delete':
      return waitFor(client.virtualNetworks.beginDelete(group, names[0], lro), options);
    default:
      throw unsupported(write);
  }
};

/** A subnet PUT replaces the subnet, so an update starts from what is there. */
export const writeSubnet: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  if (write.action === 'delete') return waitFor(client.subnets.beginDelete(group, names[0], names[1], lro), options);
  const body = await wholeBody(write, options, (read) => client.subnets.get(group, names[0], names[1], read));
  return waitFor(client.subnets.beginCreateOrUpdate(group, names[0], names[1], flatten(body) as Subnet, lro), options);
};
