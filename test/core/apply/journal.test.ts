import { describe, expect, test } from 'vitest';
import { Journal, readRun } from '../../../src/core/apply/journal';
import { zoneChange } from '../support/changes';
import { MemoryJournal } from '../support/memoryJournal';
import { planOf } from '../support/planning';
import { header, RUN } from '../support/runs';
import { setupFromNothing } from '../support/setups';
import { emptyWorld } from '../support/worlds';

const A = zoneChange('a.example');
const FIRST = JSON.stringify(header([A]));

function left(...lines: readonly string[]): MemoryJournal {
  return new MemoryJournal().leave(RUN, lines.map((line) => `${line}\n`).join(''));
}

const line = (entry: object): string => JSON.stringify(entry);
const begin = line({ type: 'begin', change: A.id, at: 1 });
const ended = (status: string): string => line({ type: 'end', change: A.id, at: 2, status });

describe('reading a journal back', () => {
  test('a plan comes back as it was written, every property of every change', async () => {
    const { changes } = planOf(emptyWorld(), { setup: setupFromNothing('AIServices') });
    const written = header(changes, { endpoint: 'http://127.0.0.1:1', connection: 'sandbox' });
    const store = new MemoryJournal();
    await new Journal(store, RUN).open(written);
    const read = await readRun(store, RUN);
    expect(read?.header).toEqual(written);
    expect(read?.changes.map(({ change }) => change)).toEqual(changes);
  });

  test.each<[string, readonly string[], string]>([
    ['never began', [], 'pending'],
    ['began and nothing more', [begin], 'uncertain'],
    ['ended', [begin, ended('succeeded')], 'succeeded'],
    ['failed and began again', [begin, ended('failed'), begin], 'uncertain'],
    ['has a line that was cut', [begin, ended('succeeded').slice(0, -5)], 'uncertain'],
    ['has a line that is not ours', [begin, '{"type":"note"}', 'null', '', '5', '[]'], 'uncertain'],
    ['has an end that nobody knows', [begin, ended('brilliant')], 'uncertain'],
    ['has entries of another change', [line({ type: 'begin', change: 'other', at: 1 })], 'pending'],
  ])('a change that %s', async (_, lines, status) => {
    expect((await readRun(left(FIRST, ...lines), RUN))?.changes[0]?.status).toBe(status);
  });

  test('a run has its outcome when it has ended, and none while it goes on', async () => {
    const finish = line({ type: 'finish', at: 3, outcome: 'partial' });
    expect((await readRun(left(FIRST, begin, finish), RUN))?.outcome).toBe('partial');
    expect((await readRun(left(FIRST, begin), RUN))?.outcome).toBeUndefined();
    expect((await readRun(left(FIRST, begin, finish, begin), RUN))?.outcome).toBeUndefined();
  });
});

describe('there is no run', () => {
  test.each<[string, MemoryJournal]>([
    ['without a journal', new MemoryJournal()],
    ['in an empty journal', left()],
    ['where the first line was cut', left(FIRST.slice(0, 100))],
    ['in a journal of another format', left(FIRST.replace('ringfence.journal/1', 'ringfence.journal/9'))],
    ['without its beginning', left(begin, ended('succeeded'))],
  ])('%s', async (_, store) => {
    expect(await readRun(store, RUN)).toBeUndefined();
  });
});

test('of an error, only its code is kept: what Azure said may hold names that are nobody’s business', async () => {
  const store = new MemoryJournal();
  await new Journal(store, RUN).end(A.id, 1, 'failed', {
    code: 'AuthorizationFailed',
    detail: 'the client mary@contoso.com …',
  });
  expect(store.content(RUN)).not.toContain('mary');
  expect(store.linesOf(RUN)[0]).toMatchObject({ error: { code: 'AuthorizationFailed' } });
});
