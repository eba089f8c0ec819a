import type { WireResource } from '../resources/snapshot';
import type { Change, Guard } from '../plan/change';
import { referencesIn, withValues } from '../plan/reference';
import { AzureError, type AzurePort, type AzureReader } from '../ports';
import { text, type Text } from '../text';
import { describeError, refused, type ChangeResult } from './changeResult';
import { patientReader } from './patientReader';
import { isDone, judgeTarget, readSettled, readTarget, SETTLE_WAITS, type TargetTools } from './target';
import { Patience, weatherOf, whyWaiting } from './weather';

/** What one change needs to be made. */
export interface ChangeTools extends TargetTools {
  readonly azure: AzurePort;
  /** Takes the measurement that a change depends on; the reason why it must not be made, or undefined. */
  readonly checkGuard: (guard: Guard, change: Change, signal: AbortSignal) => Promise<Text | undefined>;
  /** Called when nothing more stands in the way, and awaited: the journal is written here. */
  readonly begin: (change: Change) => Promise<void>;
}

/** How long Azure is given to show a creation of which the answer was lost, before it is asked for once more. */
const LOST_CREATION_SECONDS = 30;

/**
 * Makes one change: reads the target again, stops if it has moved, measures what the change depends on, has the
 * journal written, asks Azure, and reads back that it is so. Errors become results; only a cancellation is thrown.
 */
export async function applyChange(planned: Change, tools: ChangeTools, signal: AbortSignal): Promise<ChangeResult> {
  const looking: TargetTools = { ...tools, azure: patientReader(tools.azure, tools.clock) };
  try {
    const change = await withReferencedValues(planned, looking.azure, signal);
    if (change === undefined)
      return refused(
        'ValueMissing',
        '',
        text('What it takes from another resource is not there yet. Check again and make a new plan.'),
      );
    const verdict = await judgeTarget(change, await readTarget(change, looking, signal), looking, signal);
    if (verdict !== 'proceed') return verdict;
    for (const guard of change.guards) {
      const reason = await tools.checkGuard(guard, change, signal);
      if (reason) return refused('GuardNotMet', '', reason);
    }
    await tools.begin(change);
    return await writeAndConfirm(change, tools, looking, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { status: 'failed', error: describeError(error) };
  }
}

/** The change with the values that Azure has by now for what it refers to; undefined where one is still missing. */
async function withReferencedValues(
  change: Change,
  azure: AzureReader,
  signal: AbortSignal,
): Promise<Change | undefined> {
  // What is deleted is known by its id; what it was made of may be gone already.
  if (change.action === 'delete') return change;
  // What was planned before may stand in there as well: an earlier change to the same list.
  const { body, before, after } = change;
  const ids = new Set(referencesIn({ body, before, after }).map(({ resource }) => resource));
  if (ids.size === 0) return change;
  const read = new Map<string, WireResource>();
  for (const id of ids) {
    const entry = await azure.read(id, signal);
    if (entry.state === 'present') read.set(id, entry.resource);
  }
  const filled = withValues({ body, before, after }, (id) => read.get(id));
  return filled && ({ ...change, ...filled } as Change);
}

/** Asks Azure, through all weathers, until the change is there or there is no more hope. */
async function writeAndConfirm(
  change: Change,
  { azure, clock, note }: ChangeTools,
  looking: TargetTools,
  signal: AbortSignal,
): Promise<ChangeResult> {
  const patience = new Patience();
  for (;;) {
    try {
      await azure.write(change, { signal, onStatus: (status) => note(text('Azure: {0}', status)) });
      return await confirm(change, looking, signal);
    } catch (error) {
      signal.throwIfAborted();
      const lost = !AzureError.is(error) || error.fate !== 'refused';
      // An answer that was lost does not say that nothing was done.
      if ((lost || mayAnswerRepetition(error, change)) && isDone(change, await readSettled(change, looking, signal)))
        return { status: 'succeeded' };
      if (!AzureError.is(error)) return { status: 'failed', error: describeError(error), uncertain: true };
      const weather = weatherOf(error);
      if (weather === 'there') return { status: 'unchanged' };
      const seconds = patience.next(weather, error.retryAfterSeconds);
      if (seconds === undefined) return { status: 'failed', error: describeError(error), uncertain: lost };
      note(whyWaiting(weather, change));
      await clock.sleep(seconds * 1000, signal);
      const verdict = lost ? await lookAgain(change, looking, signal) : 'proceed';
      if (verdict !== 'proceed') return verdict;
    }
  }
}

/** The SDK sends again what was not answered, and is then told that it has been done. */
function mayAnswerRepetition({ status }: AzureError, { action }: Change): boolean {
  return action === 'delete' ? status === 404 : action === 'create' && (status === 409 || status === 412);
}

/** What has come of a write of which the answer was lost. Whatever is there by now was made by it. */
async function lookAgain(change: Change, looking: TargetTools, signal: AbortSignal): Promise<ChangeResult | 'proceed'> {
  let found = await readSettled(change, looking, signal);
  if (change.action === 'create' && found.state === 'absent') {
    await looking.clock.sleep(LOST_CREATION_SECONDS * 1000, signal);
    found = await readSettled(change, looking, signal);
  }
  if (isDone(change, found)) return { status: 'succeeded' };
  const verdict = await judgeTarget(change, found, looking, signal);
  return verdict === 'proceed' ? verdict : { ...verdict, uncertain: true };
}

/** Reads back until the target is as wanted; Azure can take a moment to show what it has accepted. */
async function confirm(change: Change, looking: TargetTools, signal: AbortSignal): Promise<ChangeResult> {
  for (const seconds of SETTLE_WAITS.slice(0, 7)) {
    if (isDone(change, await readSettled(change, looking, signal))) return { status: 'succeeded' };
    looking.note(text('Waiting until Azure shows the change.'));
    await looking.clock.sleep(seconds * 1000, signal);
  }
  const next = text('Azure accepted the change but does not show it. Check again in a few minutes.');
  return { ...refused('NotConfirmed', '', next), uncertain: true };
}
