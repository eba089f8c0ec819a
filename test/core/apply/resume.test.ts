import { describe, expect, test } from 'vitest';
import { readRun } from '../../../src/core/apply/journal';
import { planUndo } from '../../../src/core/apply/undo';
import { AzureError } from '../../../src/core/ports';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { change, zoneChange } from '../support/changes';
import { account, resourceGroup, zone } from '../support/resources';
import { Runner, RUN, header } from '../support/runs';
import { World } from '../support/world';
import { refusal } from '../support/worldWrites';

const [A, B] = [zoneChange('a.example'), zoneChange('b.example', { dependsOn: ['zone/a.example'] })];
const begin = JSON.stringify({ type: 'begin', change: A.id, at: 1 });
const end = JSON.stringify({ type: 'end', change: A.id, at: 2, status: 'succeeded' });

/** A run that was killed and left these lines, in a world as it is by now. */
function killed(world: World, ...lines: readonly string[]): Runner {
  const run = new Runner(world);
  run.journal.leave(RUN, [JSON.stringify(header([A, B])), ...lines].map((line) => `${line}\n`).join(''));
  return run;
}

const begunAt = (at: number): string => JSON.stringify({ type: 'begin', change: A.id, at });

const emptyGroup = (): World => new World([resourceGroup()]);
const withA = (): World => emptyGroup().put({ ...zone(A.resource) });

describe('a run that was killed', () => {
  test('before anything began is made whole', async () => {
    const run = killed(emptyGroup());
    expect((await run.resume()).outcome).toBe('succeeded');
    expect(run.azure.writes()).toEqual([A.resource, B.resource]);
  });

  test('after a change had ended does not make it again', async () => {
    const run = killed(withA(), begin, end);
    expect(Runner.statuses(await run.resume())).toEqual({ [A.id]: 'succeeded', [B.id]: 'succeeded' });
    expect(run.azure.writes()).toEqual([B.resource]);
  });

  test('in the middle of a change that Azure made does not make it again, and knows it for its own', async () => {
    const run = killed(withA(), begin);
    expect(Runner.statuses(await run.resume())).toEqual({ [A.id]: 'succeeded', [B.id]: 'succeeded' });
    expect(run.azure.writes()).toEqual([B.resource]);
    expect(planUndo(await run.record(), []).changes.map(({ resource }) => resource)).toEqual([B.resource, A.resource]);
  });

  test('in the middle of a creation that Azure does not show yet waits for it, as long as it may take', async () => {
    const run = new Runner(emptyGroup());
    run.journal.leave(RUN, `${JSON.stringify(header([A]))}\n${begunAt(run.azure.clock.now())}\n`);
    let looks = 0;
    run.azure.onRead = (id, seen) => {
      if (id === A.resource && (looks += 1) === 3) run.world.put(zone(A.resource));
      return seen;
    };
    expect(Runner.statuses(await run.resume())).toEqual({ [A.id]: 'succeeded' });
    expect(run.azure.writes()).toEqual([]);
  });

  test('long ago does not wait', async () => {
    const run = new Runner(emptyGroup());
    const start = run.azure.clock.now();
    run.journal.leave(RUN, `${JSON.stringify(header([A]))}\n${begunAt(start - 3_600_000)}\n`);
    await run.resume();
    expect(run.azure.writes()).toEqual([A.resource]);
    expect(run.azure.clock.now() - start).toBe(1000);
  });

  test('in the middle of a change that Azure never heard of makes it', async () => {
    const run = killed(emptyGroup(), begin);
    expect((await run.resume()).outcome).toBe('succeeded');
    expect(run.azure.writes()).toEqual([A.resource, B.resource]);
  });

  test('in the middle of a line of its journal goes on from the line before', async () => {
    const run = killed(withA(), begin);
    run.journal.leave(RUN, `${run.journal.content(RUN)}${end.slice(0, 20)}`);
    expect((await run.resume()).outcome).toBe('succeeded');
    expect((await run.record()).changes.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  });

  test('what was there before it began is not its own', async () => {
    const run = killed(withA());
    expect(Runner.statuses(await run.resume())[A.id]).toBe('unchanged');
    expect(planUndo(await run.record(), []).changes.map(({ resource }) => resource)).toEqual([B.resource]);
  });
});

describe('what had begun, and of which it cannot be found out what came of it', () => {
  test('stays uncertain where it cannot be read, and is taken back with the rest', async () => {
    const run = killed(withA(), begin);
    run.azure.denied.add(resourceKey(A.resource));
    expect(Runner.statuses(await run.resume())[A.id]).toBe('failed');
    const record = await run.record();
    expect(record.changes[0]?.status).toBe('uncertain');
    expect(planUndo(record, []).changes.map(({ resource }) => resource)).toEqual([A.resource]);
  });

  test('stays uncertain where it is not even tried again', async () => {
    const needed = zoneChange('0.example');
    const later = zoneChange('a.example', { dependsOn: [needed.id] });
    const run = new Runner(withA());
    run.journal.leave(RUN, [JSON.stringify(header([needed, later])), begin].map((line) => `${line}\n`).join(''));
    run.azure.denied.add(resourceKey(needed.resource));
    expect(Runner.statuses(await run.resume())[A.id]).toBe('skipped');
    expect((await run.record()).changes[1]?.status).toBe('uncertain');
  });
});

describe('a run that failed', () => {
  test('is taken up where it stopped, and is under way until it ends anew', async () => {
    const run = new Runner(emptyGroup());
    run.azure.beforeWrite = ({ resource }, attempt) => {
      if (attempt === 1 && resource === A.resource) throw refusal(403, 'AuthorizationFailed', resource);
    };
    expect(Runner.statuses(await run.start([A, B]))).toEqual({ [A.id]: 'failed', [B.id]: 'skipped' });
    expect((await run.record()).outcome).toBe('failed');
    run.journal.afterAppend = () =>
      run.journal.linesOf(RUN).length === 6 && run.journal.leave('copy', run.journal.content(RUN));
    expect((await run.resume()).outcome).toBe('succeeded');
    expect((await readRun(run.journal, 'copy'))?.outcome).toBeUndefined();
    expect((await run.record()).outcome).toBe('succeeded');
  });

  test('what Azure may have done though its answer was lost is read again, and undone with the rest', async () => {
    const run = new Runner(emptyGroup());
    run.azure.beforeWrite = () => {
      throw new AzureError('Unreachable', 'socket hang up', undefined, undefined);
    };
    expect(Runner.statuses(await run.start([A]))).toEqual({ [A.id]: 'failed' });
    expect((await run.record()).changes[0]?.status).toBe('uncertain');
    expect(planUndo(await run.record(), []).changes).toHaveLength(1);
  });

  test('what somebody else made right after Azure had refused it is not its own', async () => {
    const run = new Runner(emptyGroup());
    run.azure.beforeWrite = ({ resource }) => {
      throw refusal(403, 'AuthorizationFailed', resource);
    };
    await run.start([A]);
    run.world.put(zone(A.resource));
    expect(Runner.statuses(await run.resume())).toEqual({ [A.id]: 'unchanged' });
    expect(planUndo(await run.record(), []).changes).toEqual([]);
  });
});

test('a change that drifted before it was taken up again stops there', async () => {
  const run = new Runner(new World([resourceGroup(), account()]));
  run.journal.leave(RUN, `${JSON.stringify(header([change()]))}\n`);
  run.world.put(account({ properties: { publicNetworkAccess: 'SecuredByPerimeter' } }));
  expect((await run.resume()).changes[0]?.status).toBe('drifted');
  expect(run.azure.writes()).toEqual([]);
});
