import { JOURNAL_SCHEMA, type RunHeader } from '../apply/journal';
import { patientReader } from '../apply/patientReader';
import { relianceObstacle } from '../apply/reliance';
import type { RunTools } from '../apply/run';
import type { Setup } from '../setup/setup';
import { collect } from './collect';
import type { RunHistory } from './runHistory';
import type { SessionPorts } from './sessionPorts';
import { privatePathObstacle, privatePathTo } from './verify';

/** The first line of the journal of a run that begins now. */
export function newHeader(
  setup: Setup,
  run: Pick<RunHeader, 'kind' | 'of' | 'changes'>,
  { newRunId, clock, connection, endpoint }: SessionPorts,
): RunHeader {
  return {
    type: 'run',
    schema: JOURNAL_SCHEMA,
    runId: newRunId(),
    ...run,
    setupName: setup.name,
    subscription: setup.subscription,
    setup,
    connection,
    endpoint,
    startedAt: clock.now(),
  };
}

/** What a run works with. Its guards look at what it was made for, whatever the user means by now. */
export function toolsFor(
  { setup, of = '' }: RunHeader,
  acceptLosingAccess: boolean,
  { azure, clock, journal, probes }: SessionPorts,
  history: RunHistory,
): RunTools {
  return {
    azure,
    clock,
    journal,
    checkGuard: async (guard, change, signal) => {
      if (guard === 'nothingReliesOnIt') return relianceObstacle(change, of, await history.all());
      const steps = privatePathTo(change.step, setup);
      const snapshot = await collect(setup, patientReader(azure, clock), { signal, steps });
      return privatePathObstacle(change.step, setup, snapshot, acceptLosingAccess, { probes, signal });
    },
  };
}
