import { SUBSCRIPTION_ID } from '../../../src/sandbox/azure';
import { NETWORK, NETWORK_LOCATION, OPENAI } from '../../../src/sandbox/worlds/exposed';
import { FULL, NOTHING } from './estates';
import { ENDPOINT_SUBNET, GATEWAY_SUBNET, INTEGRATION, securityGroup, WEB_SUBNET } from './ids';
import { APP_OUTSIDE } from './webApp';
import type { Fate } from './removal';

/** A PUT replaces a subnet, and so takes away what it does not say. */
export const FOUNDATION: Readonly<Record<string, Fate>> = {
  'resource-providers': {
    when: 'the provider of Defender for Cloud, which owns no resource, is unregistered',
    remove: (hand) => hand.post(`/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Security`, 'unregister'),
    nonCompliant: ['resource-providers', 'defender-for-ai'],
  },
  'resource-group': {
    because: 'with the group goes everything that is in it, so that no step is left alone',
    never: NOTHING,
    planned: true,
  },
  'gateway-region-quotas': {
    because: 'what is there already needs no room any more',
    never: FULL,
    planned: false,
  },
  vnet: {
    because: 'Azure deletes no network that something is in',
    attempt: (hand) => hand.delete(NETWORK),
    refusal: /InUseSubnetCannotBeDeleted/,
    never: NOTHING,
    planned: true,
  },
  'subnet-private-endpoints': {
    when: 'the subnet is written again without its network policies',
    remove: (hand) => hand.put(ENDPOINT_SUBNET, { properties: { addressPrefix: '10.3.1.0/27' } }),
    nonCompliant: ['subnet-private-endpoints'],
  },
  'subnet-gateway': {
    when: 'a security group is put on the gateway’s subnet',
    remove: async (hand) => {
      const group = securityGroup('nsg-by-hand');
      await hand.put(`${group}?api-version=2025-05-01`, { location: NETWORK_LOCATION });
      await hand.put(GATEWAY_SUBNET, {
        properties: { addressPrefix: '10.3.1.32/27', networkSecurityGroup: { id: group } },
      });
    },
    nonCompliant: ['subnet-gateway'],
  },
  'subnet-webapp': {
    when: 'the web app leaves its subnet and, once its link has gone, the delegation does too',
    remove: async (hand) => {
      await hand.delete(INTEGRATION);
      // Time moves by waiting only, and this takes the minute for which the link stays.
      await hand.patch(OPENAI, { tags: {} });
      await hand.put(WEB_SUBNET, { properties: { addressPrefix: '10.3.1.64/26' } });
    },
    nonCompliant: ['subnet-webapp', 'webapp-vnet-integration'],
    probes: APP_OUTSIDE,
  },
};
