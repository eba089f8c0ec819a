import { NetworkManagementClient } from '@azure/arm-network';
import type { WriteOptions } from '../../core/ports';
import { isJsonObject } from '../../core/resources/json';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import type { ClientSettings } from '../clientSettings';
import { lroOptions, namesIn, unsupported, type WriteAdapter } from './adapter';
import { clientOptions } from './clientOptions';
import { writeApplicationGateway, writeFirewallPolicy } from './network/applicationGateways';
import { writeGateway, writePublicIp } from './network/gateways';
import { writePrivateEndpoint, writeZoneGroup } from './network/privateEndpoints';
import { writeSecurityGroup, writeSecurityRule } from './network/securityGroups';
import { writeSubnet, writeVirtualNetwork } from './network/virtualNetworks';
import type { Writer } from './network/writer';

const WRITERS: Readonly<Record<string, Writer>> = {
  [TYPES.virtualNetwork]: writeVirtualNetwork,
  [TYPES.subnet]: writeSubnet,
  [TYPES.networkSecurityGroup]: writeSecurityGroup,
  [TYPES.securityRule]: writeSecurityRule,
  [TYPES.privateEndpoint]: writePrivateEndpoint,
  [TYPES.privateDnsZoneGroup]: writeZoneGroup,
  [TYPES.publicIpAddress]: writePublicIp,
  [TYPES.virtualNetworkGateway]: writeGateway,
  [TYPES.applicationGateway]: writeApplicationGateway,
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
