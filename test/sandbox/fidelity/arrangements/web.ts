import { networkId, put, resourceGroup, subnetId, virtualNetwork } from '../../../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../../../src/sandbox/worlds/seed';
import { appServicePlan, planId, siteId, webApp } from '../../../../src/sandbox/worlds/webBuilders';
import type { Arrangement } from '../arrangement';

const plan = planId('contoso-rg', 'contoso-plan');
const site = siteId('contoso-rg', 'contoso-web');
const network = networkId('contoso-rg', 'contoso-vnet');
const subnet = subnetId(network, 'contoso-subnet');

const withPlan = (location: string): readonly SeedStep[] => [
  resourceGroup('contoso-rg', location),
  appServicePlan(plan, location),
];
const withSite = [...withPlan('westus3'), webApp(site, 'westus3', plan)];
const integrated = [
  ...withPlan('westeurope'),
  virtualNetwork(network, 'westeurope', '10.0.0.0/16', {}),
  put(subnet, {
    properties: {
      addressPrefix: '10.0.0.0/24',
      delegations: [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
    },
  }),
  webApp(site, 'westeurope', plan, { properties: { virtualNetworkSubnetId: subnet } }),
];

/** App Service plans and web apps. */
export const webArrangements: Readonly<Record<string, Arrangement>> = {
  'web.serverfarm.put.create': {},
  'web.serverfarm.get': { seed: withPlan('westus3') },
  'web.serverfarm.delete': { seed: withPlan('westus3') },
  'web.site.put.create': { seed: withPlan('westus3') },
  'web.site.get': { seed: withSite },
  'web.site.put.noPlan': {},
  'web.site.delete': { seed: withSite },
  'web.site.config.web.get': {
    seed: [...withPlan('westus'), webApp(siteId('contoso-rg', 'java-webapp-3572'), 'westus', plan)],
  },
  'web.site.virtualNetworkConnections.list': { seed: integrated },
  'web.site.networkConfig.virtualNetwork.delete': { seed: integrated },
};
