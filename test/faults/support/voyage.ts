import { canResume, canTakeBack } from '../../../src/core/apply/standing';
import { RunElsewhere } from '../../../src/core/apply/claims';
import { PreflightRefusal } from '../../../src/core/preflight/report';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { SetupSession } from '../../../src/core/session/setupSession';
import type { FaultPlan } from '../../../src/sandbox/faults/faultPlan';
import { signal } from '../../contract/support/sandboxSession';
import { Client, Disk } from './client';
import type { Estate } from './estate';

/** What was met on the way, and what was wrong at the end: nothing should be. */
export interface Log {
  readonly problems: readonly string[];
  /** Times that the client was started. */
  readonly lives: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly requests: number;
}

const MOST_LIVES = 300;

/** Applies a setup through all weathers, as a user would who never gives up, and looks at what has become of the world. */
export async function harden(estate: Estate, plan: FaultPlan, hasNoNames = estate.hasNoNames): Promise<Log> {
  await estate.fairWeather();
  estate.restore();
  const disk = new Disk();
  estate.sandbox.faults(plan);
  estate.hasNoNames = hasNoNames;
  const way = await live(estate, disk, hardenOnce);
  return conclude(estate, way, await estate.notHardened());
}

/** The same, and then all of it back. */
export async function hardenAndTakeBack(estate: Estate, plan: FaultPlan): Promise<Log> {
  await estate.fairWeather();
  estate.restore();
  const disk = new Disk();
  estate.sandbox.faults(plan);
  const there = await live(estate, disk, hardenOnce);
  const back = await live(estate, disk, takeBackOnce);
  const way = { lives: there.lives + back.lives, problems: [...there.problems, ...back.problems] };
  return conclude(estate, way, await estate.notRestored());
}

/** Dies where the plan says so, and has the next life go on. */
export async function dieAndGoOn(estate: Estate, plan: FaultPlan): Promise<Log> {
  const disk = await dieAt(estate, plan);
  const way = await live(estate, disk, hardenOnce);
  return conclude(estate, { ...way, lives: way.lives + 1 }, await estate.notHardened());
}

/** Dies where the plan says so, and has the next life take back whatever has been done by then. */
export async function dieAndTakeBack(estate: Estate, plan: FaultPlan): Promise<Log> {
  const disk = await dieAt(estate, plan);
  const way = await live(estate, disk, takeBackOnce);
  return conclude(estate, { ...way, lives: way.lives + 1 }, await estate.notRestored());
}

/** Begins a run that the plan puts an end to; its requests are counted from the beginning of the run. */
async function dieAt(estate: Estate, plan: FaultPlan): Promise<Disk> {
  await estate.fairWeather();
  estate.restore();
  const disk = new Disk();
  const client = new Client(estate, disk);
  await client.session.refresh(signal);
  estate.sandbox.faults(plan);
  const run = client.session.apply(client.session.state.plan.changes, { signal, acceptLosingAccess: false });
  await Promise.race([client.died, run]);
  return disk;
}

interface Way {
  readonly lives: number;
  readonly problems: readonly string[];
}

type Work = (session: SetupSession, life: number) => Promise<boolean>;

/** One life after the other, until the work is done. */
async function live(estate: Estate, disk: Disk, work: Work): Promise<Way> {
  for (let life = 1; life <= MOST_LIVES; life += 1) {
    const client = new Client(estate, disk);
    const end = await Promise.race([client.died, work(client.session, life).catch(passing)]);
    if (end === true) return { lives: life, problems: [] };
    if (typeof end === 'object') return { lives: life, problems: [end.problem] };
  }
  return { lives: MOST_LIVES, problems: [`not done after ${MOST_LIVES} lives`] };
}

/** What a user would try again after. */
function passing(error: unknown): false | { readonly problem: string } {
  if (error instanceof PreflightRefusal) {
    const blocking = error.report.findings.filter(({ verdict }) => verdict === 'blocks');
    return { problem: `the preflight refused: ${JSON.stringify(blocking)}` };
  }
  if (error instanceof RunElsewhere) return { problem: `nobody else is there, but ${error.message}` };
  return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** @returns whether everything is as it should be, and nothing is left to do. */
async function hardenOnce(session: SetupSession, life: number): Promise<boolean> {
  const [last] = await session.runs();
  const isOpen = last !== undefined && canResume(last);
  // A run that cannot go on, because something has moved, is planned anew.
  if (isOpen && (last.outcome === undefined || life % 2 === 0)) {
    await session.resume(last, { signal, acceptLosingAccess: false });
  } else {
    await session.refresh(signal);
    if (!isDone(session)) await session.apply(session.state.plan.changes, { signal, acceptLosingAccess: false });
  }
  return isDone(session);
}

function isDone({ state }: SetupSession): boolean {
  const isSettled = state.findings.every(({ status }) => status === 'compliant' || status === 'notApplicable');
  return state.checkedAt !== undefined && isSettled && state.plan.changes.length === 0;
}

/** @returns whether nothing of any run is left. */
async function takeBackOnce(session: SetupSession): Promise<boolean> {
  const runs = await session.runs();
  const [last] = runs;
  if (last !== undefined && last.header.kind === 'undo' && last.outcome === undefined) {
    await session.resume(last, { signal, acceptLosingAccess: true });
    return false;
  }
  const open = runs.filter((run) => canTakeBack(run, runs));
  if (open.length === 0 && last?.outcome === undefined && last !== undefined) {
    await session.abandon(last.header.runId, signal);
  }
  for (const [at, { header }] of open.entries()) {
    const plan = await session.planUndo(header.runId);
    try {
      if (plan) await session.undo(header.runId, plan, { signal });
      return false;
    } catch (error) {
      // A lock of an older run keeps what is younger: that run goes first.
      if (!isAboutLocks(error) || at === open.length - 1) throw error;
    }
  }
  return true;
}

function isAboutLocks(error: unknown): boolean {
  if (!(error instanceof PreflightRefusal)) return false;
  return error.report.findings.every(({ kind, verdict }) => kind === 'lock' || verdict !== 'blocks');
}

async function conclude(estate: Estate, way: Way, differences: readonly string[]): Promise<Log> {
  const { before } = await estate.fairWeather();
  const { requests, met } = estate.sandbox.faultReport();
  const own = new Set(Object.keys(before).map(resourceKey));
  const deleted = estate.exchanges
    .filter(({ method, status }) => method === 'DELETE' && status < 300)
    .map(({ url }) => decodeURIComponent(new URL(url, 'http://sandbox').pathname))
    .filter((id) => own.has(resourceKey(id)));
  const faults: Record<string, number> = {};
  for (const { kind } of met) faults[kind] = (faults[kind] ?? 0) + 1;
  return {
    problems: [
      ...way.problems,
      ...differences,
      ...deleted.map((id) => `${id} was deleted, and was not ours`),
      ...(await estate.watch.lockouts()),
    ],
    lives: way.lives,
    faults,
    requests,
  };
}
