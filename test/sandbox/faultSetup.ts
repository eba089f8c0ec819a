import type { FaultKind, FaultPlan } from '../../src/sandbox/faults/faultPlan';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox';
import { REGISTERED, networkId, resourceGroup, virtualNetwork } from '../../src/sandbox/worlds/builders';
import { at, withSandbox, type Received, type SandboxClient } from './client';

export const network = networkId('rg', 'vnet');
/** There is none yet. */
export const otherNetwork = networkId('rg', 'other');

/** One virtual network. */
export const WORLD: SandboxOptions['world'] = {
  name: 'test',
  registered: REGISTERED,
  steps: [resourceGroup('rg', 'eastus'), virtualNetwork(network, 'eastus', '10.0.0.0/16', {})],
};
export const NETWORK_VERSION = '?api-version=2025-03-01';
export const networkUrl = `${network}${NETWORK_VERSION}`;
export const otherUrl = `${otherNetwork}${NETWORK_VERSION}`;
export const networkBody = {
  location: 'eastus',
  properties: { addressSpace: { addressPrefixes: ['10.1.0.0/16'] } },
};

/** In a sandbox with one virtual network, and this fault at the first request. */
export const withFault = <Result>(
  fault: FaultPlan | FaultKind,
  use: (client: SandboxClient, sandbox: Sandbox) => Promise<Result>,
  options: Partial<SandboxOptions> = {},
): Promise<Result> =>
  withSandbox({ world: WORLD, ...options }, (client, sandbox) => {
    sandbox.faults(typeof fault === 'string' ? { at: 1, kind: fault } : fault);
    return use(client, sandbox);
  });

export const codeOf = ({ status, body }: Received) => [status, at(body, 'error', 'code')];
