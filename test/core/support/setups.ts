import { DEFAULT_OPTIONS, type Setup, type SetupOptions } from '../../../src/core/setup/setup';
import { DATA, ID, SUBSCRIPTION } from './ids';

interface SetupParts extends Partial<Omit<Setup, 'options'>> {
  readonly options?: Partial<SetupOptions>;
}

/** The setup of the tests' subscription; what differs is given. */
export function setup(parts: SetupParts = {}): Setup {
  return {
    version: 1,
    name: 'contoso',
    cloud: 'public',
    subscription: SUBSCRIPTION,
    scenarios: ['private-access'],
    roles: {
      resourceGroup: { id: ID.group },
      openAi: { id: ID.account },
      virtualNetwork: { id: ID.network },
      privateEndpointSubnet: { id: ID.subnet },
    },
    skip: {},
    ...parts,
    options: { ...DEFAULT_OPTIONS, ...parts.options },
  };
}

/** The same names, where nothing exists yet and everything may be created. */
export function setupFromNothing(kind: 'OpenAI' | 'AIServices' = 'OpenAI', options: Partial<SetupOptions> = {}): Setup {
  return setup({
    options,
    roles: {
      resourceGroup: { id: ID.group, create: { location: 'japaneast' } },
      openAi: { id: ID.account, create: { location: 'eastus', kind } },
      virtualNetwork: { id: ID.network, create: { location: 'japaneast', addressPrefixes: ['10.0.0.0/22'] } },
      privateEndpointSubnet: { id: ID.subnet, create: { addressPrefix: '10.0.1.0/27' } },
    },
  });
}

/** Somebody who builds with the resources. */
export const DEVELOPER = { id: DATA.developer, type: 'User', name: 'Ada' } as const;

/** The setup of the whole of On Your Data, where everything exists; what differs is given. */
export function dataSetup(parts: SetupParts = {}): Setup {
  return setup({
    scenarios: ['on-your-data'],
    roles: {
      ...setup().roles,
      search: { id: DATA.search },
      storage: { id: DATA.storage },
      gatewaySubnet: { id: DATA.gatewaySubnet },
      vpnGateway: { id: DATA.gateway },
      webAppSubnet: { id: DATA.webAppSubnet },
      webApp: { id: DATA.site },
    },
    ...parts,
    options: { developers: [DEVELOPER], ...parts.options },
  });
}

/** The same names, where nothing exists yet and everything may be created. */
export function dataSetupFromNothing(options: Partial<SetupOptions> = {}): Setup {
  const location = 'japaneast';
  return dataSetup({
    options,
    roles: {
      ...setupFromNothing().roles,
      search: { id: DATA.search, create: { location: 'eastus', sku: 'basic' } },
      storage: { id: DATA.storage, create: { location: 'eastus' } },
      gatewaySubnet: { id: DATA.gatewaySubnet, create: { addressPrefix: '10.0.0.0/27' } },
      vpnGateway: { id: DATA.gateway, create: { location } },
      webAppSubnet: { id: DATA.webAppSubnet, create: { addressPrefix: '10.0.2.0/26' } },
      webApp: { id: DATA.site, create: { location } },
    },
  });
}
