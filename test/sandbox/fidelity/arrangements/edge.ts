import { networkId, resourceGroup, virtualNetwork } from '../../../../src/sandbox/worlds/builders';
import { publicIpAddress, publicIpId } from '../../../../src/sandbox/worlds/vpnBuilders';
import type { Arrangement, Preparation } from '../arrangement';

const places = [
  resourceGroup('contoso-rg', 'westus2'),
  virtualNetwork(networkId('contoso-rg', 'contoso-vnet'), 'westus2', '10.0.0.0/16', {
    'contoso-subnet': '10.0.0.0/24',
  }),
  publicIpAddress(publicIpId('contoso-rg', 'contoso-pip'), 'westus2'),
];
const policy: readonly Preparation[] = ['network.wafPolicy.put.create', { waitSeconds: 10 }];
const gateway: readonly Preparation[] = [...policy, 'network.applicationGateway.put.create', { waitSeconds: 60 }];

/** Application gateways and their web application firewall policies. */
export const edgeArrangements: Readonly<Record<string, Arrangement>> = {
  'network.wafPolicy.put.create': {},
  'network.wafPolicy.get': { seed: places, before: gateway },
  'network.applicationGateway.put.create': { seed: places, before: policy },
  'network.applicationGateway.delete': { seed: places, before: gateway },
  'network.publicIP.delete.inUse': { seed: places, before: gateway },
};
