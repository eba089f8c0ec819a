import {
  NetworkManagementClient,
  type VirtualNetworkGateway,
  type WebApplicationFirewallPolicy,
} from '@azure/arm-network';
import type { ResourceWrite } from '../../core/plan/change';
import type { WriteOptions } from '../../core/ports';
import { isJsonObject, type JsonObject } from '../../core/resources/json';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import type { ClientSettings } from '../clientSettings';
import { flatten, lroOptions, namesIn, unsupported, waitFor, wholeBody, type WriteAdapter } from './adapter';
import { clientOptions } from './clientOptions';
import { child, topLevel, type Writer } from './network/writer';

const WRITERS: Readonly<Record<string, Writer>> = {
  // Leaving out a subnet could delete it.
  [TYPES.virtualNetwork]: topLevel((client) => client.virtualNetworks, { update: 'never' }),
  [TYPES.subnet]: child((client) => client.subnets),
  // Its rules are somebody's, and each can be written by itself.
  [TYPES.networkSecurityGroup]: topLevel((client) => client.networkSecurityGroups, { update: 'never' }),
  [TYPES.securityRule]: child((client) => client.securityRules),
  [TYPES.privateEndpoint]: topLevel((client) => client.privateEndpoints, { update: 'never' }),
  [TYPES.privateDnsZoneGroup]: child((client) => client.privateDnsZoneGroups),
  [TYPES.publicIpAddress]: topLevel((client) => client.publicIPAddresses),
  // A PATCH of a gateway changes its tags alone.
  [TYPES.virtualNetworkGateway]: topLevel((client) => client.virtualNetworkGateways, { modelOf: gatewayModel }),
  [TYPES.applicationGateway]: topLevel((client) => client.applicationGateways),
  [TYPES.firewallPolicy]: writeFirewallPolicy,
};

/** Writes virtual networks and what stands in them, through @azure/arm-network. */
export function createNetworkAdapter(settings: ClientSettings): NetworkAdapter {
  const client = new NetworkManagementClient(settings.credential, settings.subscriptionId, clientOptions(settings));
  return {
    write: (write, options) => {
      const writer = WRITERS[resourceTypeOf(write.resource)];
      if (writer === undefined) throw unsupported(write);
      return writer(client, settings, write, options);
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

function gatewayModel(body: JsonObject): VirtualNetworkGateway {
  // The SDK calls it `active`.
  const { activeActive, ...model } = flatten(body) as JsonObject;
  return { ...model, ...(activeActive !== undefined && { active: activeActive }) } as VirtualNetworkGateway;
}

/** A policy is written at once, without an operation to follow. */
async function writeFirewallPolicy(
  { webApplicationFirewallPolicies: policies }: NetworkManagementClient,
  settings: ClientSettings,
  write: ResourceWrite,
  options: WriteOptions,
): Promise<void> {
  const { group, names } = namesIn(write.resource);
  if (write.action === 'delete') {
    return waitFor(policies.beginDelete(group, names[0], lroOptions(settings, options)), options);
  }
  const body = await wholeBody(write, options, (read) => policies.get(group, names[0], read));
  const policy = flatten(body) as WebApplicationFirewallPolicy;
  await policies.createOrUpdate(group, names[0], policy, { abortSignal: options.signal });
}
