import {
  groupId,
  networkId,
  put,
  resourceGroup,
  subnetId,
  virtualNetwork,
} from '../../../../src/sandbox/worlds/builders';
import { gatewayId, publicIpAddress, publicIpId, vpnGateway } from '../../../../src/sandbox/worlds/vpnBuilders';
import type { SeedStep } from '../../../../src/sandbox/worlds/seed';
import type { Arrangement } from '../arrangement';

const network = networkId('contoso-rg', 'contoso-vnet');
const subnet = subnetId(network, 'gatewaysubnet');
const publicIp = publicIpId('contoso-rg', 'contoso-pip');
const gateway = gatewayId('contoso-rg', 'contoso-vpngw');
const nsg = `${groupId('contoso-rg')}/providers/Microsoft.Network/networkSecurityGroups/contoso-nsg`;

const places = (location: string): readonly SeedStep[] => [
  resourceGroup('contoso-rg', location),
  virtualNetwork(network, location, '10.0.0.0/16', { gatewaysubnet: '10.0.0.0/24' }),
  // West US has no zones.
  publicIpAddress(publicIp, location, location === 'westus' ? [] : undefined),
];
const made = (location: string, pointToSite?: Parameters<typeof vpnGateway>[2]['pointToSite']): readonly SeedStep[] => [
  ...places(location),
  vpnGateway(gateway, location, { subnet, publicIp, ...(pointToSite ? { pointToSite } : {}) }),
];
const byCertificate = {
  vpnClientAddressPool: { addressPrefixes: ['172.16.201.0/24'] },
  vpnClientProtocols: ['IkeV2', 'OpenVPN'],
  vpnClientRootCertificates: [{ name: 'contoso-root', properties: { publicCertData: 'BASE64CERT' } }],
};

/** VPN gateways. */
export const vpnGatewayArrangements: Readonly<Record<string, Arrangement>> = {
  'network.vpnGateway.put.create': { seed: places('westus2') },
  'network.vpnGateway.get': { seed: made('westus2') },
  'network.vpnGateway.delete': { seed: made('westus2') },
  'network.vpnGateway.get.p2s': {
    seed: made('westus', byCertificate),
    part: ['properties', 'vpnClientConfiguration'],
  },
  'network.vpnGateway.generatevpnprofile': { seed: made('westus', byCertificate), body: {} },
  'network.vpnGateway.generatevpnprofile.result': {
    seed: made('westus', byCertificate),
    before: [
      { method: 'POST', url: `${gateway}/generatevpnprofile?api-version=2019-09-01`, body: {} },
      { waitSeconds: 20 },
    ],
    follow: 'location',
  },
  'network.operation.failed': {
    seed: [
      ...places('westus2'),
      put(nsg, { location: 'westus2' }),
      put(subnet, { properties: { addressPrefix: '10.0.0.0/24', networkSecurityGroup: { id: nsg } } }),
    ],
    before: ['network.vpnGateway.put.create', { waitSeconds: 3600 }],
    follow: 'azure-asyncoperation',
  },
};
