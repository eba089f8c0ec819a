import type { JsonObject } from '../../core/resources/json';
import { resourceIdIn } from '../../core/resources/resourceId';
import { TENANT_ID } from '../azure';
import { groupId, put } from './builders';
import type { SeedStep } from './seed';

/** The app that Microsoft has registered for the Azure VPN Client. */
const MICROSOFT_REGISTERED = 'c632b3df-fb67-4d84-bdcf-b95ad541b5c8';

export const publicIpId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/publicIPAddresses', name);
export const gatewayId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/virtualNetworkGateways', name);

/** A static address in all zones, unless others are wanted. */
export const publicIpAddress = (id: string, location: string, zones: readonly string[] = ['1', '2', '3']): SeedStep =>
  put(id, {
    location,
    sku: { name: 'Standard' },
    ...(zones.length === 0 ? {} : { zones }),
    properties: { publicIPAllocationMethod: 'Static' },
  });

/** Point-to-site for people who sign in with Microsoft Entra ID. */
export const entraPointToSite = (pool: string): JsonObject => ({
  vpnClientAddressPool: { addressPrefixes: [pool] },
  vpnClientProtocols: ['OpenVPN'],
  vpnAuthenticationTypes: ['AAD'],
  aadTenant: `https://login.microsoftonline.com/${TENANT_ID}/`,
  aadAudience: MICROSOFT_REGISTERED,
  aadIssuer: `https://sts.windows.net/${TENANT_ID}/`,
});

export const vpnGateway = (
  id: string,
  location: string,
  {
    subnet,
    publicIp,
    pointToSite,
  }: { readonly subnet: string; readonly publicIp: string; readonly pointToSite?: JsonObject },
): SeedStep =>
  put(id, {
    location,
    properties: {
      gatewayType: 'Vpn',
      vpnType: 'RouteBased',
      sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
      ipConfigurations: [
        {
          name: 'default',
          properties: {
            privateIPAllocationMethod: 'Dynamic',
            subnet: { id: subnet },
            publicIPAddress: { id: publicIp },
          },
        },
      ],
      ...(pointToSite === undefined ? {} : { vpnClientConfiguration: pointToSite }),
    },
  });
