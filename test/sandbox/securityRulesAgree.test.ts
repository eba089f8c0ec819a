import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  azureService as coreService,
  inNetwork as coreNetwork,
  PUBLIC_ADDRESSES,
  type Place,
} from '../../src/core/resources/addressPlaces';
import type { JsonObject } from '../../src/core/resources/json';
import { judgeFlow, rulesIn } from '../../src/core/resources/securityRules';
import {
  azureService,
  inNetwork,
  judge,
  LOAD_BALANCER,
  onInternet,
  type Place as SandboxPlace,
} from '../../src/sandbox/providers/network/securityRules';

/** The sandbox judges one connection at a time, the core all of a flow; neither uses the other's code. */

const PREFIXES = [
  ...['*', '0.0.0.0/0', '10.0.1.0/27', '10.0.0.0/16', '10.0.1.4', 'VirtualNetwork', 'Internet', 'AzureCloud'],
  ...['ApiManagement', 'Storage', 'Sql', 'AzureLoadBalancer', 'GatewayManager'],
];
const SERVICES = ['ApiManagement', 'Storage', 'GatewayManager', 'AzureMonitor'];

const OTHERS: readonly (readonly [core: Place, sandbox: SandboxPlace])[] = [
  ...SERVICES.map((tag) => [coreService(tag), azureService(tag)] as const),
  [coreService('AzureLoadBalancer'), LOAD_BALANCER],
  [coreNetwork('10.0.1.4'), inNetwork('10.0.1.4')],
  [coreNetwork('10.0.9.4'), inNetwork('10.0.9.4')],
  [PUBLIC_ADDRESSES, onInternet('203.0.113.9')],
];

const rules: fc.Arbitrary<readonly JsonObject[]> = fc
  .array(
    fc.record({
      direction: fc.constantFrom('Inbound', 'Outbound'),
      access: fc.constantFrom('Allow', 'Deny'),
      protocol: fc.constantFrom('*', 'Tcp', 'Udp'),
      sourceAddressPrefix: fc.constantFrom(...PREFIXES),
      destinationAddressPrefix: fc.constantFrom(...PREFIXES),
      destinationPortRange: fc.constantFrom('*', '443', '3443', '400-500'),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map((properties, index) => ({
      name: `Rule${String(index)}`,
      properties: { ...properties, sourcePortRange: '*', priority: 100 + index },
    })),
  );

test('what the core is sure of, the sandbox does', () => {
  fc.assert(
    fc.property(
      rules,
      fc.constantFrom(...OTHERS),
      fc.constantFrom('Inbound' as const, 'Outbound' as const),
      fc.constantFrom(443, 3443),
      (written, [core, sandbox], direction, port) => {
        const own = '10.0.1.10';
        const isIn = direction === 'Inbound';
        const { outcome } = judgeFlow(rulesIn({ id: '/nsg', properties: { securityRules: written } }), {
          direction,
          protocols: ['tcp'],
          source: [isIn ? core : coreNetwork(own)],
          destination: [isIn ? coreNetwork(own) : core],
          ports: [{ first: port, last: port }],
        });
        const named = written as readonly { name: string; properties: JsonObject }[];
        const { access } = judge(named, {
          direction,
          protocol: 'Tcp',
          source: isIn ? sandbox : inNetwork(own),
          destination: isIn ? inNetwork(own) : sandbox,
          port,
        });
        if (outcome !== 'unknown') expect(outcome).toBe(access === 'Allow' ? 'allowed' : 'denied');
      },
    ),
    { numRuns: 500 },
  );
});
