import type { JsonObject } from '../../core/resources/json';
import { resourceIdIn } from '../../core/resources/resourceId';
import { groupId, put } from './builders';
import type { SeedStep } from './seed';

export const planId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Web/serverfarms', name);
export const siteId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Web/sites', name);

export const appServicePlan = (id: string, location: string, sku = 'P1v2'): SeedStep =>
  put(id, { location, sku: { name: sku } });

/** `properties` such as `virtualNetworkSubnetId` and `outboundVnetRouting`. */
export const webApp = (
  id: string,
  location: string,
  plan: string,
  { properties = {}, identity }: { readonly properties?: JsonObject; readonly identity?: JsonObject } = {},
): SeedStep =>
  put(id, { location, properties: { serverFarmId: plan, ...properties }, ...(identity ? { identity } : {}) });
