import type { JsonObject } from '../../../core/resources/json';
import type { Refusal } from '../../arm/messages';
import type { PutCall } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { listAnswer } from '../../http/listing';
import type { RouteCall, Router } from '../../http/router';
import { findRegion, regionName } from '../resources/regions';
import { badRequest, networkRefusal } from './errors';
import { NETWORK_VERSIONS } from './networkResource';

/** Something of which a subscription may have so many in a region. */
interface Quota {
  readonly localizedName: string;
  /** Those that count. */
  readonly type: string;
  /** Documented defaults. */
  readonly limit: number;
  /** Reported for public IP addresses and virtual networks, UNVERIFIED for gateways; undefined where nothing is refused. */
  readonly refusal?: { readonly code: string; readonly what: string };
}

const ADDRESS = 'Microsoft.Network/publicIPAddresses';

/** A selection. https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits */
const QUOTAS: Readonly<Record<string, Quota>> = {
  VirtualNetworks: {
    localizedName: 'Virtual Networks',
    type: 'Microsoft.Network/virtualNetworks',
    limit: 1000,
    refusal: { code: 'VnetCountLimitReached', what: 'virtual networks' },
  },
  NetworkSecurityGroups: {
    localizedName: 'Network Security Groups',
    type: 'Microsoft.Network/networkSecurityGroups',
    limit: 5000,
  },
  PublicIPAddresses: {
    localizedName: 'Public IP Addresses',
    type: ADDRESS,
    limit: 1000,
    refusal: { code: 'PublicIPCountLimitReached', what: 'public IP addresses' },
  },
  PrivateEndpoints: { localizedName: 'Private Endpoints', type: 'Microsoft.Network/privateEndpoints', limit: 65536 },
  ApplicationGateways: {
    localizedName: 'Application Gateways',
    type: 'Microsoft.Network/applicationGateways',
    limit: 1000,
    refusal: { code: 'ApplicationGatewayCountLimitReached', what: 'application gateways' },
  },
  StandardSkuPublicIpAddresses: { localizedName: 'Public IP Addresses - Standard', type: ADDRESS, limit: 1000 },
};

/** GET …/locations/{region}/usages: what is there, and how much there may be. */
export function addNetworkUsageRoutes(router: Router): void {
  router.add('GET', '/subscriptions/:subscriptionId/providers/Microsoft.Network/locations/:location/usages', {
    server: 'Microsoft.Network',
    type: 'locations/usages',
    apiVersions: NETWORK_VERSIONS,
    answer: list,
  });
}

function list({ azure, request, params }: RouteCall) {
  azure.authorize('Microsoft.Network/locations/usages/read', azure.subscription);
  const region = findRegion(params['location'] ?? '');
  // UNVERIFIED code and wording.
  if (region === undefined) throw badRequest(`The location '${params['location'] ?? ''}' is not valid.`);
  return listAnswer(
    request,
    Object.entries(QUOTAS).map(([name, quota]) => show(azure, region.name, name, quota)),
  );
}

function show(azure: Azure, region: string, name: string, quota: Quota): JsonObject {
  return {
    currentValue: countIn(azure, region, quota),
    id: `${azure.subscription}/providers/Microsoft.Network/locations/${region}/usages/${name}`,
    limit: limitOf(azure, name, quota),
    name: { localizedValue: quota.localizedName, value: name },
    unit: 'Count',
  };
}

function countIn(azure: Azure, region: string, { type }: Quota): number {
  return azure.store.ofType(type).filter(({ body }) => regionName(String(body['location'])) === region).length;
}

function limitOf(azure: Azure, name: string, quota: Quota): number {
  return azure.rules.limits[name] ?? quota.limit;
}

/** @throws Refusal where the subscription may have no more of the type in the region, which is in ARM's normal form. */
export function requireRoom({ azure, resource }: PutCall, type: string, location: string): void {
  if (resource !== undefined) return;
  for (const [name, quota] of Object.entries(QUOTAS)) {
    if (quota.refusal === undefined || quota.type !== type) continue;
    const limit = limitOf(azure, name, quota);
    if (countIn(azure, location, quota) >= limit) throw limitReached(quota.refusal, limit);
  }
}

function limitReached({ code, what }: NonNullable<Quota['refusal']>, limit: number): Refusal {
  const message = `Cannot create more than ${String(limit)} ${what} for this subscription in this region.`;
  return networkRefusal(400, code, message);
}
