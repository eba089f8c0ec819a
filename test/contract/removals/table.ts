import { extensionId } from '../../../src/core/resources/resourceId';
import { SUBSCRIPTION_ID } from '../../../src/sandbox/azure';
import { FOUNDATION } from './foundation';
import { OPENAI_STEPS } from './openAi';
import { PRIVATE_STEPS } from './privateNetwork';
import type { Fate } from './removal';
import { ROLE_STEPS } from './roles';
import { SEARCH_STEPS } from './search';
import { STORAGE_STEPS } from './storage';
import { VPN_STEPS } from './vpn';
import { WEB_APP_STEPS } from './webApp';

const DEFENDER = extensionId(`/subscriptions/${SUBSCRIPTION_ID}`, 'Microsoft.Security/pricings', 'AI');

/** What becomes of each step, by its id. */
export const FATES: Readonly<Record<string, Fate>> = {
  ...FOUNDATION,
  ...OPENAI_STEPS,
  ...SEARCH_STEPS,
  ...STORAGE_STEPS,
  ...VPN_STEPS,
  ...WEB_APP_STEPS,
  ...ROLE_STEPS,
  ...PRIVATE_STEPS,
  'defender-for-ai': {
    when: 'the plan is switched off',
    remove: (hand) => hand.put(DEFENDER, { properties: { pricingTier: 'Free' } }),
    nonCompliant: ['defender-for-ai'],
  },
};
