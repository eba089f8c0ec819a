import { AI_SEARCH_STEPS } from './aiSearch';
import { API_MANAGEMENT_FATES } from './apiManagement';
import { APPLICATION_GATEWAY_FATES } from './applicationGateway';
import { FOUNDATION } from './foundation';
import { GOVERNANCE_STEPS } from './governance';
import { KEY_STEPS } from './keys';
import { OPENAI_STEPS } from './openAi';
import { PRIVATE_STEPS } from './privateNetwork';
import type { Fate } from './removal';
import { ROLE_STEPS } from './roles';
import { SEARCH_STEPS } from './search';
import { STORAGE_STEPS } from './storage';
import { VPN_STEPS } from './vpn';
import { WEB_APP_STEPS } from './webApp';

/** What becomes of each step, by its id. */
export const FATES: Readonly<Record<string, Fate>> = {
  ...FOUNDATION,
  ...OPENAI_STEPS,
  ...SEARCH_STEPS,
  ...AI_SEARCH_STEPS,
  ...STORAGE_STEPS,
  ...VPN_STEPS,
  ...WEB_APP_STEPS,
  ...ROLE_STEPS,
  ...PRIVATE_STEPS,
  ...API_MANAGEMENT_FATES,
  ...APPLICATION_GATEWAY_FATES,
  ...KEY_STEPS,
  ...GOVERNANCE_STEPS,
};
