import { describe, expect, test } from 'vitest';
import { AzureError } from '../../../src/core/ports';
import { text } from '../../../src/core/text';
import { change, zoneChange } from '../support/changes';
import { ID } from '../support/ids';
import { english } from '../support/reading';
import { account, resourceGroup, zone } from '../support/resources';
import { Runner, RUN } from '../support/runs';
import { World } from '../support/world';
import { refusal } from '../support/worldWrites';

function runner(): Runner {
  return new Runner(new World([resourceGroup(), account()]));
}

const keysOff = change({
  id: 'aoai-disable-local-auth/contoso-openai',
  body: { properties: { disableLocalAuth: true } },
  before: { properties: { disableLocalAuth: null } },
  after: { properties: { disableLocalAuth: true } },
});

describe('the journal', () => {
  test('holds the whole plan before Azure is asked for anything', async () => {
    const run = runner();
    run.journal.afterAppend = (line) => {
      if (line.includes('"type":"run"')) expect(run.azure.asked).toEqual([]);
    };
    await run.start([zoneChange('a.example')]);
    expect(run.journal.linesOf(RUN)[0]).toMatchObject({
      type: 'run',
      schema: 'ringfence.journal/1',
      changes: [{ id: 'zone/a.example' }],
    });
  });

  test('says that a change begins before it is written', async () => {
    const run = runner();
    run.azure.beforeWrite = (write) => {
      const begun = run.journal.linesOf(RUN).filter(({ type }) => type === 'begin');
      expect(begun.some(({ change }) => change === `zone/${write.resource.split('/').at(-1) ?? ''}`)).toBe(true);
    };
    const state = await run.start([zoneChange('a.example'), zoneChange('b.example'), zoneChange('c.example')]);
    expect(state.outcome).toBe('succeeded');
    expect(run.azure.writes()).toHaveLength(3);
  });

  test('tells of each change how it ended, and of the run', async () => {
    const run = runner();
    await run.start([zoneChange('a.example')]);
    expect(run.journal.linesOf(RUN).map(({ type, status, outcome }) => status ?? outcome ?? type)).toEqual([
      'run',
      'begin',
      'succeeded',
      'succeeded',
    ]);
  });

  test('a change whose beginning cannot be written down is not made', async () => {
    const run = runner();
    run.journal.beforeAppend = (line) => {
      if (line.includes('"begin"')) throw new Error('the disk is full');
    };
    const state = await run.start([zoneChange('a.example')]);
    expect(state.changes[0]).toMatchObject({
      status: 'failed',
      error: { code: 'Unexpected', detail: 'the disk is full' },
    });
    expect(run.azure.writes()).toEqual([]);
  });

  test('nothing is asked of Azure where the plan cannot be written down', async () => {
    const run = runner();
    run.journal.beforeAppend = () => {
      throw new Error('the disk is full');
    };
    await expect(run.start([zoneChange('a.example')])).rejects.toThrow('the disk is full');
    expect(run.azure.asked).toEqual([]);
  });

  test('where an end cannot be written down, nothing new is begun, and what is under way is waited for', async () => {
    const run = runner();
    run.azure.beforeWrite = ({ resource }) => void (run.azure.latency = resource.endsWith('b.example') ? 60 : 1);
    run.journal.beforeAppend = (line) => {
      if (line.includes('"end"')) throw new Error('the disk is full');
    };
    const later = zoneChange('c.example', { locks: zoneChange('a.example').locks });
    await expect(run.start([zoneChange('a.example'), zoneChange('b.example'), later])).rejects.toThrow(
      'the disk is full',
    );
    expect(run.azure.writing).toBe(0);
    expect(run.azure.writes()).toHaveLength(2);
  });
});

describe('the order', () => {
  test('a change waits for what it depends on', async () => {
    const run = runner();
    await run.start([zoneChange('a.example', { dependsOn: ['zone/b.example'] }), zoneChange('b.example')]);
    expect(run.azure.writes().map((id) => id.split('/').at(-1))).toEqual(['b.example', 'a.example']);
  });

  test('changes of one resource are made one after another', async () => {
    const run = runner();
    const state = await run.start([change(), keysOff]);
    expect(state.outcome).toBe('succeeded');
    expect(run.azure.mostAtOnce).toBe(1);
  });

  test('others are made at the same time, but not all at once', async () => {
    const run = runner();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}.example`);
    const state = await run.start(names.map((name) => zoneChange(name)));
    expect(state.outcome).toBe('succeeded');
    expect(run.azure.mostAtOnce).toBe(4);
  });

  test('a lock that two share keeps them apart, though their resources differ', async () => {
    const run = runner();
    await run.start(['a.example', 'b.example'].map((name) => zoneChange(name, { locks: ['the network'] })));
    expect(run.azure.mostAtOnce).toBe(1);
  });
});

test('who has the longest way behind it goes first, and a resource keeps the order of the plan', async () => {
  const run = runner();
  const short = ['a', 'b', 'c', 'd'].map((name) => zoneChange(`${name}.example`));
  const start = zoneChange('e.example');
  const end = zoneChange('f.example', { dependsOn: ['zone/e.example'], typicalSeconds: 600 });
  await run.start([...short, change(), keysOff, start, end]);
  const names = run.azure.writes().map((id) => id.split('/').at(-1));
  expect(names[0]).toBe('e.example');
  expect(names.filter((name) => name === 'contoso-openai')).toHaveLength(2);
  const account = run.states.at(-1)?.changes.filter(({ change: { resource } }) => resource === ID.account) ?? [];
  expect(account[0]?.endedAt).toBeLessThanOrEqual(account[1]?.startedAt ?? 0);
});

describe('a change that fails', () => {
  test('takes along only what depends on it', async () => {
    const run = runner();
    run.azure.beforeWrite = ({ resource }) => {
      if (resource.endsWith('a.example')) throw refusal(403, 'RequestDisallowedByPolicy', resource);
    };
    const state = await run.start([
      zoneChange('a.example'),
      zoneChange('b.example', { dependsOn: ['zone/a.example'] }),
      zoneChange('c.example', { dependsOn: ['zone/b.example'] }),
      zoneChange('d.example'),
    ]);
    expect(Object.values(Runner.statuses(state))).toEqual(['failed', 'skipped', 'skipped', 'succeeded']);
    expect(state.outcome).toBe('partial');
    expect(english(state.changes[1]?.note)).toBe('It needs “Private DNS zone”, which did not succeed.');
  });

  test('a run of which nothing was made has failed', async () => {
    const run = runner();
    run.azure.beforeWrite = ({ resource }) => {
      throw refusal(403, 'AuthorizationFailed', resource);
    };
    expect((await run.start([zoneChange('a.example')])).outcome).toBe('failed');
  });

  test('a guard that refuses stops its change and what depends on it', async () => {
    const run = runner();
    run.checkGuard = () => Promise.resolve(text('The private path does not answer.'));
    const state = await run.start([change({ guards: ['privatePathAnswers'] }), zoneChange('a.example')]);
    expect(Object.values(Runner.statuses(state))).toEqual(['failed', 'succeeded']);
    expect(run.azure.writes()).not.toContain(ID.account);
  });

  test('an empty plan has succeeded', async () => {
    expect((await runner().start([])).outcome).toBe('succeeded');
  });
});

describe('cancelling', () => {
  test('ends what is under way, begins nothing more, and leaves the rest to be told later', async () => {
    const run = runner();
    const controller = new AbortController();
    run.azure.beforeWrite = () => setImmediate(() => controller.abort());
    const state = await run.start(
      [zoneChange('a.example'), zoneChange('b.example', { dependsOn: ['zone/a.example'] })],
      controller.signal,
    );
    expect(Object.values(Runner.statuses(state))).toEqual(['cancelled', 'cancelled']);
    expect(state.outcome).toBe('cancelled');
    expect((await run.record()).changes.map(({ status }) => status)).toEqual(['uncertain', 'pending']);
  });
});

describe('what Azure still does when a run was cancelled', () => {
  /** Cancels as soon as a write is under way, and has Azure show this of it. */
  async function cancelled(show: (run: Runner) => void) {
    const run = runner();
    const controller = new AbortController();
    run.azure.beforeWrite = () =>
      setImmediate(() => {
        show(run);
        controller.abort();
      });
    const { changes } = await run.start([zoneChange('a.example')], controller.signal);
    return { run, change: changes[0] };
  }

  test('is told where it goes on', async () => {
    const { run, change: left } = await cancelled(({ world }) =>
      world.put({ ...zone(zoneChange('a.example').resource), properties: { provisioningState: 'Updating' } }),
    );
    expect(left?.status).toBe('cancelled');
    expect(english(left?.note)).toBe('Azure is still at it, and goes on by itself: updating');
    expect((await run.record()).changes[0]?.status).toBe('uncertain');
  });

  test('is nothing any more where Azure has given up', async () => {
    const { run, change: left } = await cancelled(({ world }) =>
      world.put({ ...zone(zoneChange('a.example').resource), properties: { provisioningState: 'Failed' } }),
    );
    expect(english(left?.note)).toBe('Azure has stopped without finishing it: failed');
    expect((await run.record()).changes[0]?.status).toBe('uncertain');
  });

  test('is known for done where it is', async () => {
    const { run, change: left } = await cancelled(({ world }) => world.put(zone(zoneChange('a.example').resource)));
    expect(left?.status).toBe('succeeded');
    expect((await run.record()).changes[0]?.status).toBe('succeeded');
  });

  test('is not known where nothing shows, or nobody answers', async () => {
    const { change: left } = await cancelled(() => undefined);
    expect(english(left?.note)).toBe('Azure shows nothing of it yet. It may still come.');
    const { change: unread } = await cancelled(({ azure }) => {
      azure.onRead = () => ({ state: 'unreadable', reason: 'unreachable', detail: '' });
    });
    expect(english(unread?.note)).toBe('Azure may still be finishing what had begun; it could not be asked.');
  });
});

test('nothing more is begun once somebody has to sign in, and a new sign-in goes on', async () => {
  const run = runner();
  let expired = true;
  run.azure.beforeWrite = ({ resource }) => {
    if (expired && resource.endsWith('a.example')) {
      throw new AzureError('ExpiredAuthenticationToken', 'expired', 401, 'c-1');
    }
  };
  const other = zoneChange('b.example', { locks: zoneChange('a.example').locks });
  const state = await run.start([zoneChange('a.example'), other]);
  expect(Object.values(Runner.statuses(state))).toEqual(['failed', 'skipped']);
  expect(state.changes[0]?.error).toMatchObject({ action: 'signIn', correlationId: 'c-1' });
  expect(english(state.changes[1]?.note)).toContain('sign in');
  expired = false;
  expect((await run.resume()).outcome).toBe('succeeded');
});

describe('the state', () => {
  test('is whole at every moment, and ends with nothing left to wait for', async () => {
    const run = runner();
    const end = await run.start([change(), keysOff, zoneChange('a.example')]);
    expect(run.states.every(({ changes }) => changes.length === 3)).toBe(true);
    expect(run.states[0]).toMatchObject({ secondsLeft: 20 });
    expect(run.states[0]).not.toHaveProperty('outcome');
    expect(run.states.at(-1)).toEqual(end);
    expect(end).toMatchObject({ secondsLeft: 0, outcome: 'succeeded' });
  });

  test('shows Azure’s own word while an operation goes on, and drops it at the end', async () => {
    const run = runner();
    const end = await run.start([zoneChange('a.example')]);
    const notes = run.states.flatMap(({ changes }) => changes.map(({ note }) => english(note)));
    expect(notes).toContain('Azure: Updating');
    expect(end.changes[0]?.note).toBeUndefined();
  });

  test('tells when each change began and ended', async () => {
    const end = await runner().start([zoneChange('a.example')]);
    const [{ startedAt = 0, endedAt = 0 } = {}] = end.changes;
    expect(endedAt - startedAt).toBe(1000);
  });
});
