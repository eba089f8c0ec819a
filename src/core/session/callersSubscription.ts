import { SnapshotContext } from '../evaluate/context';
import type { AzurePort } from '../ports';
import type { Setup } from '../setup/setup';
import { subscriptionFor } from '../steps/apiManagementOpenAi';
import { KEY_ROTATION_STEPS } from '../steps/keyRotation';
import { attempt } from '../steps/step';
import { text, type Text } from '../text';
import { collect } from './collect';

/** What a search for a subscription comes to. */
export type FoundSubscription =
  { readonly found: true; readonly id: string } | { readonly found: false; readonly reason: Text };

/** Looks for the subscription that callers outside use, as it is now: the same one as the steps judge. */
export async function findCallersSubscription(
  setup: Setup,
  service: string,
  azure: AzurePort,
  signal: AbortSignal,
): Promise<FoundSubscription> {
  const steps = KEY_ROTATION_STEPS.filter(({ on }) => on === 'apiManagement');
  // A step that is skipped would not be read for.
  const snapshot = await collect({ ...setup, skip: {} }, azure, { signal, steps });
  const answer = attempt(() => subscriptionFor(new SnapshotContext(setup, snapshot), service));
  if (!answer.known) return { found: false, reason: answer.reason };
  return answer.value === undefined
    ? { found: false, reason: text('API Management has no subscription for callers outside yet.') }
    : { found: true, id: answer.value.id };
}
