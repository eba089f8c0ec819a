import {
  networkId,
  networkLink,
  privateDnsZone,
  resourceGroup,
  virtualNetwork,
  zoneId,
} from '../../../../src/sandbox/worlds/builders';
import type { Arrangement } from '../arrangement';

const network = networkId('contoso-rg', 'contoso-vnet');
const zone = zoneId('contoso-rg', 'contoso.internal');
const group = resourceGroup('contoso-rg', 'westus2');

const withZone = [group, privateDnsZone(zone)];
const withNetwork = [...withZone, virtualNetwork(network, 'westus2', '10.0.0.0/16', {})];
const linked = [...withNetwork, networkLink(zone, 'contoso.internal-link', network)];

/** Private DNS zones, their links and records. */
export const privateDnsArrangements: Readonly<Record<string, Arrangement>> = {
  'error.gateway.CannotDeleteResource': { seed: linked },
  'network.privateDnsZone.put.create': {},
  'network.privateDnsZone.poll.202': {
    before: ['network.privateDnsZone.put.create', { waitSeconds: 30 }],
    follow: 'azure-asyncoperation',
  },
  'network.privateDnsZone.poll.200': {
    before: ['network.privateDnsZone.put.create', { waitSeconds: 60 }],
    follow: 'azure-asyncoperation',
  },
  'network.privateDnsZone.get': { seed: withZone },
  'network.privateDnsZone.delete': { seed: withZone },
  'network.privateDnsZone.virtualNetworkLink.put.create': { seed: withNetwork },
  'network.privateDnsZone.virtualNetworkLink.get': { seed: linked },
  'network.privateDnsZone.virtualNetworkLink.delete': { seed: linked },
  'network.privateDnsZone.A.put': { seed: withZone },
  'network.privateDnsZone.A.put.412.exists': {
    seed: withZone,
    before: ['network.privateDnsZone.A.put'],
    headers: { 'if-none-match': '*' },
  },
  'network.privateDnsZone.A.delete.412.etag': {
    seed: withZone,
    before: ['network.privateDnsZone.A.put'],
    headers: { 'if-match': '"another"' },
  },
};
