import { NETWORK_LOCATION, SITE } from '../../../src/sandbox/worlds/exposed';
import { INTEGRATION, PLAN, SITE_CONFIG } from './ids';
import { deleted, type Failures, type Fate } from './removal';

/** The app calls from the internet, where Azure OpenAI refuses it. */
export const APP_OUTSIDE: Failures = {
  'resolves/webApp/openAi': 'fail',
  'answers/webApp/openAi': 'fail',
  'ingestion/webApp': 'fail',
  'inference/webApp': 'fail',
};

export const WEB_APP_STEPS: Readonly<Record<string, Fate>> = {
  'webapp-plan-supports-vnet': {
    when: 'the app leaves the network and its plan becomes a free one',
    remove: async (hand) => {
      await hand.delete(INTEGRATION);
      await hand.put(PLAN, { location: NETWORK_LOCATION, sku: { name: 'F1', tier: 'Free' } });
    },
    nonCompliant: ['webapp-plan-supports-vnet', 'webapp-vnet-integration'],
    probes: APP_OUTSIDE,
  },
  webapp: deleted('the app is deleted, and its plan with it', (hand) => hand.delete(SITE), {
    nonCompliant: [
      'webapp-plan-supports-vnet',
      'webapp',
      'webapp-managed-identity',
      'webapp-vnet-integration',
      'webapp-route-all',
      'webapp-hardening',
      'rbac-webapp-aoai-user',
    ],
    probes: APP_OUTSIDE,
  }),
  'webapp-managed-identity': {
    when: 'the identity is switched off',
    remove: (hand) => hand.patch(SITE, { identity: { type: 'None' } }),
    nonCompliant: ['webapp-managed-identity', 'rbac-webapp-aoai-user'],
    probes: { 'inference/webApp': 'fail' },
  },
  'webapp-vnet-integration': {
    when: 'the app leaves the network',
    remove: (hand) => hand.delete(INTEGRATION),
    nonCompliant: ['webapp-vnet-integration'],
    probes: APP_OUTSIDE,
  },
  'webapp-route-all': {
    when: 'only private addresses go through the network',
    remove: (hand) => hand.patch(SITE, { properties: { outboundVnetRouting: { allTraffic: false } } }),
    nonCompliant: ['webapp-route-all'],
    // The endpoints’ addresses are private.
    probes: {},
  },
  'webapp-hardening': {
    when: 'FTP is allowed again',
    remove: (hand) => hand.patch(SITE_CONFIG, { properties: { ftpsState: 'AllAllowed' } }),
    nonCompliant: ['webapp-hardening'],
  },
};
