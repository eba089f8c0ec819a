import { asString } from '../../core/resources/json';
import { childId } from '../../core/resources/resourceId';
import type { ClientSettings } from '../clientSettings';
import { versioned, type KeyAdapter } from './adapter';
import { ASK_ONCE } from './clientOptions';
import { createResourcesAdapter } from './resources';

/** The keys of subscriptions of API Management. What makes one anew does not tell it. */
export function createSubscriptionKeys(settings: ClientSettings): KeyAdapter {
  const { send } = createResourcesAdapter(settings);
  const once = createResourcesAdapter(settings, ASK_ONCE);
  return {
    list: async (id, signal) => {
      const keys = await send('POST', versioned(childId(id, 'listSecrets')), undefined, signal);
      return { primary: asString(keys['primaryKey']), secondary: asString(keys['secondaryKey']) };
    },
    regenerate: async (id, slot, signal) => {
      const operation = slot === 'primary' ? 'regeneratePrimaryKey' : 'regenerateSecondaryKey';
      await once.send('POST', versioned(childId(id, operation)), undefined, signal);
    },
  };
}
