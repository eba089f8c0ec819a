import type { PublicIPAddress, VirtualNetworkGateway } from '@azure/arm-network';
import type { JsonObject } from '../../../core/resources/json';
import { flatten, lroOptions, namesIn, unsupported, waitFor } from '../adapter';
import { wholeBody, type Writer } from './writer';

export const writePublicIp: Writer = (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  switch (write.action) {
    case 'create':
      return waitFor(
        client.publicIPAddresses.beginCreateOrUpdate(group, names[0], flatten(write.body) as PublicIPAddress, lro),
        options,
      );
    case 'delete':
      return waitFor(client.publicIPAddresses.beginDelete(group, names[0], lro), options);
    default:
      throw unsupported(write);
  }
};

/** A PATCH of a gateway changes its tags alone, so an update writes the whole of it. */
export const writeGateway: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  const { virtualNetworkGateways: gateways } = client;
  if (write.action === 'delete') return waitFor(gateways.beginDelete(group, names[0], lro), options);
  const body = await wholeBody(write, options, (read) => gateways.get(group, names[0], read));
  // The SDK calls it `active`.
  const { activeActive, ...model } = flatten(body) as JsonObject;
  const gateway = { ...model, ...(activeActive !== undefined && { active: activeActive }) } as VirtualNetworkGateway;
  return waitFor(gateways.beginCreateOrUpdate(group, names[0], gateway, lro), options);
};
