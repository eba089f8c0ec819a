import { DEFAULT_OPTIONS, type Setup, type SetupOptions } from '../../../src/core/setup/setup';
import { ID, SUBSCRIPTION } from './ids';

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
