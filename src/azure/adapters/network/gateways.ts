import type { PublicIPAddress, VirtualNetworkGateway } from '@azure/arm-network';
import type { JsonObject } from '../../../core/resources/json';
import { flatten, lroOptions, namesIn, waitFor } from '../adapter';
import { wholeBody, type Writer } from './writer';

/** A PUT replaces an address, so an update starts from what is there. */
export const writePublicIp: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  const { publicIPAddresses: addresses } = client;
  if (write.action === 'delete') return waitFor(addresses.beginDelete(group, names[0], lro), options);
  const body = await wholeBody(write, options, (read) => addresses.get(group, names[0], read));
  return waitFor(addresses.beginCreateOrUpdate(group, names[0], flatten(body) as PublicIPAddress, lro), options);
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
