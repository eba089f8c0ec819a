import {
  NetworkManagementClient,
  type PrivateDnsZoneGroup,
  type PrivateEndpoint,
  type PublicIPAddress,
  type VirtualNetworkGateway,
  type Subnet,
  type VirtualNetwork,
} from '@azure/arm-network';
import type { ResourceWrite } from '../../core/plan/change';
import type { WriteOptions } from '../../core/ports';
import { isJsonObject, type JsonObject } from '../../core/resources/json';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import { mergePatch } from '../../core/resources/wireEquality';
import type { ClientSettings } from '../clientSettings';
import { flatten, lroOptions, namesIn, readWire, unsupported, waitFor, type WriteAdapter } from './adapter';
import { clientOptions } from './clientOptions';

/** Writes virtual networks, subnets, private endpoints and their zone groups, through @azure/arm-network. */
export function createNetworkAdapter(settings: ClientSettings): NetworkAdapter {
  const client = new NetworkManagementClient(settings.credential, settings.subscriptionId, clientOptions(settings));
  const writers: Readonly<Record<string, (write: ResourceWrite, options: WriteOptions) => Promise<void>>> = {
    [TYPES.virtualNetwork]: (write, options) => writeVirtualNetwork(client, settings, write, options),
    [TYPES.subnet]: (write, options) => writeSubnet(client, settings, write, options),
    [TYPES.privateEndpoint]: (write, options) => writePrivateEndpoint(client, settings, write, options),
    [TYPES.privateDnsZoneGroup]: (write, options) => writeZoneGroup(client, settings, write, options),
    [TYPES.publicIpAddress]: (write, options) => writePublicIp(client, settings, write, options),
    [TYPES.virtualNetworkGateway]: (write, options) => writeGateway(client, settings, write, options),
  };
  return {
    write: (write, options) => {
      const writer = writers[resourceTypeOf(write.resource)];
      if (writer === undefined) throw unsupported(write);
      return writer(write, options);
    },
    vpnClientPackage: async (gateway, options) => {
      const { group, names } = namesIn(gateway);
      const parameters = { processorArchitecture: 'Amd64', authenticationMethod: 'EAPTLS' };
      const answer: unknown = await client.virtualNetworkGateways.beginGenerateVpnProfileAndWait(
        group,
        names[0],
        parameters,
        lroOptions(settings, options),
      );
      const url = isJsonObject(answer) ? answer['body'] : answer;
      if (typeof url !== 'string') throw new Error('Azure did not say where the package is.');
      return url;
    },
  };
}

/** What else this SDK does. */
export interface NetworkAdapter extends WriteAdapter {
  /** Has the package for VPN clients made, and says where it can be fetched: a secret. */
  vpnClientPackage(gateway: string, options: WriteOptions): Promise<string>;
}

type Writer = (
  client: NetworkManagementClient,
  settings: ClientSettings,
  write: ResourceWrite,
  options: WriteOptions,
) => Promise<void>;

/** An existing network is never written whole: leaving out a subnet could delete it. */
const writeVirtualNetwork: Writer = (client, settings, write, options) => {
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
const writeSubnet: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  if (write.action === 'delete') return waitFor(client.subnets.beginDelete(group, names[0], names[1], lro), options);
  const body = await wholeBody(write, options, (read) => client.subnets.get(group, names[0], names[1], read));
  return waitFor(client.subnets.beginCreateOrUpdate(group, names[0], names[1], flatten(body) as Subnet, lro), options);
};

const writePrivateEndpoint: Writer = (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  switch (write.action) {
    case 'create':
      return waitFor(
        client.privateEndpoints.beginCreateOrUpdate(group, names[0], flatten(write.body) as PrivateEndpoint, lro),
        options,
      );
    case 'delete':
      return waitFor(client.privateEndpoints.beginDelete(group, names[0], lro), options);
    default:
      throw unsupported(write);
  }
};

const writeZoneGroup: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  if (write.action === 'delete') {
    return waitFor(client.privateDnsZoneGroups.beginDelete(group, names[0], names[1], lro), options);
  }
  const body = await wholeBody(write, options, (read) =>
    client.privateDnsZoneGroups.get(group, names[0], names[1], read),
  );
  return waitFor(
    client.privateDnsZoneGroups.beginCreateOrUpdate(
      group,
      names[0],
      names[1],
      flatten(body) as PrivateDnsZoneGroup,
      lro,
    ),
    options,
  );
};

const writePublicIp: Writer = (client, settings, write, options) => {
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
const writeGateway: Writer = async (client, settings, write, options) => {
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

async function wholeBody(
  write: ResourceWrite,
  options: WriteOptions,
  read: Parameters<typeof readWire>[0],
): Promise<JsonObject> {
  const body = write.body ?? {};
  if (write.action === 'create') return body;
  if (write.action !== 'update') throw unsupported(write);
  return mergePatch(await readWire(read, options.signal), body);
}
