import type { Change } from '../plan/change';
import type { AzureReader, Clock } from '../ports';
import { hasFailed } from '../resources/provisioning';
import type { SnapshotEntry } from '../resources/snapshot';
import { text, type Text } from '../text';
import { isAtRest, isDone, stateOf } from './target';

/** What became of a change that was under way when its run was cancelled. */
export interface Leftover {
  readonly isDone: boolean;
  readonly note: Text;
}

/** Whoever cancels does not want to wait: after so long it is not known what goes on. */
const LOOK_SECONDS = 15;

/** Looks once, and not for long, at what Azure makes of a change that nobody waits for any more. */
export async function describeLeftover(
  change: Change,
  { azure, clock }: { readonly azure: AzureReader; readonly clock: Clock },
): Promise<Leftover> {
  const giveUp = new AbortController();
  const look = azure.read(change.resource, giveUp.signal).catch(() => undefined);
  const tooLong = clock.sleep(LOOK_SECONDS * 1000, giveUp.signal).catch(() => undefined);
  const found = await Promise.race([look, tooLong]);
  giveUp.abort();
  return judge(change, found ?? undefined);
}

function judge(change: Change, found: SnapshotEntry | undefined): Leftover {
  if (found === undefined || found.state === 'unreadable') {
    return { isDone: false, note: text('Azure may still be finishing what had begun; it could not be asked.') };
  }
  if (isDone(change, found)) return { isDone: true, note: text('Azure had finished it already.') };
  const state = stateOf(found);
  if (!isAtRest(found)) return { isDone: false, note: text('Azure is still at it, and goes on by itself: {0}', state) };
  if (found.state === 'present' && hasFailed(found.resource)) {
    return { isDone: false, note: text('Azure has stopped without finishing it: {0}', state) };
  }
  return { isDone: false, note: text('Azure shows nothing of it yet. It may still come.') };
}
