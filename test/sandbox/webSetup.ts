import type { Json, JsonObject } from '../../src/core/resources/json';
import { networkId, put, REGISTERED, resourceGroup, subnetId, virtualNetwork } from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { appServicePlan, planId, siteId, webApp } from '../../src/sandbox/worlds/webBuilders';
import { at, withSandbox, type Received, type SandboxClient } from './client';

export const OLD = '?api-version=2022-03-01';
export const NEW = '?api-version=2025-05-01';
export const NETWORK = '?api-version=2025-03-01';
export const network = networkId('rg', 'vnet');
export const subnet = subnetId(network, 'web');
export const undelegated = subnetId(network, 'plain');
export const plan = planId('rg', 'plan');
export const site = siteId('rg', 'contoso-app');

export const delegated = (addressPrefix: string): JsonObject => ({
  addressPrefix,
  delegations: [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
});
export const places: readonly SeedStep[] = [
  resourceGroup('rg', 'eastus'),
  virtualNetwork(network, 'eastus', '10.0.0.0/16', { plain: '10.0.0.0/24' }),
  put(subnet, { properties: delegated('10.0.1.0/26') }),
  appServicePlan(plan, 'eastus'),
];
export const withSite = [...places, webApp(site, 'eastus', plan)];
export const integrated = [...places, webApp(site, 'eastus', plan, { properties: { virtualNetworkSubnetId: subnet } })];

export const inWorld = <Result>(steps: readonly SeedStep[], use: (client: SandboxClient) => Promise<Result>) =>
  withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, use);
/** App Service's own shape of an error. */
export const codeOf = (answer: Received) => [answer.status, at(answer.body, 'Code')];
export const messageOf = (answer: Received) => at(answer.body, 'Message');
export const properties = async (client: SandboxClient, url: string) =>
  at((await client.get(url)).body, 'properties') as JsonObject;
export const connect = (client: SandboxClient, id: string, virtualNetworkSubnetId: Json) =>
  client.patch(`${id}${NEW}`, { properties: { virtualNetworkSubnetId } });
