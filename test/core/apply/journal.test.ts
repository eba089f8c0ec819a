import { describe, expect, test } from 'vitest';
import { Journal, readJournal, readRun } from '../../../src/core/apply/journal';
import { zoneChange } from '../support/changes';
import { MemoryJournal } from '../support/memoryJournal';
import { planOf } from '../support/planning';
import { english } from '../support/reading';
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

describe('where no run can be made of a journal, it is said why', () => {
  async function whatIsSaid(store: MemoryJournal): Promise<string> {
    const reading = await readJournal(store, RUN);
    return reading.state === 'unreadable' ? english(reading.reason) : reading.state;
  }

  const other = (parts: object): string => JSON.stringify({ ...header([A]), ...parts });
  const CUT = 'Its first line was cut, or another program wrote it.';
  const UNFINISHED = 'It has no whole line. A run writes one before it begins.';

  test.each<[string, MemoryJournal, string]>([
    ['there is none', new MemoryJournal(), 'missing'],
    ['it is empty', left(), UNFINISHED],
    ['its only line was half written', new MemoryJournal().leave(RUN, FIRST.slice(0, 100)), UNFINISHED],
    ['its first line was cut, and an end written after it', left(FIRST.slice(0, 100), ended('succeeded')), CUT],
    ['it is without its beginning', left(begin, ended('succeeded')), CUT],
    ['another program wrote it', left('{"level":"info"}', begin), CUT],
    ['it is no JSON', left('hello', 'world'), CUT],
    [
      'it is of a newer format',
      left(other({ schema: 'ringfence.journal/2', changes: 'elsewhere' }), begin),
      'It is of the format ringfence.journal/2, which this version of Ringfence does not read.',
    ],
    [
      'a change in it has no id',
      left(other({ changes: [{ ...A, id: undefined }] })),
      'Its first line does not say what a run has to say, at changes.0.id.',
    ],
  ])('%s', async (_, store, words) => {
    expect(await whatIsSaid(store)).toBe(words);
    expect(await readRun(store, RUN)).toBeUndefined();
  });
});

describe('what can be understood of a journal is kept, and the rest is counted', () => {
  const whole = FIRST + '\n' + begin + '\n';

  test.each<[string, MemoryJournal, number, string]>([
    ['a whole one', left(FIRST, begin, ended('failed')), 0, 'failed'],
    [
      'a last line that was half written',
      new MemoryJournal().leave(RUN, whole + ended('failed').slice(0, 9)),
      0,
      'uncertain',
    ],
    [
      'the same, when more was written after it',
      left(FIRST, begin, ended('failed').slice(0, 9), begin),
      1,
      'uncertain',
    ],
    [
      'garbage in the middle',
      left(FIRST, begin, '\u0000\u0000', '{"type":"note"}', ended('succeeded')),
      2,
      'succeeded',
    ],
    ['garbage before the beginning', left('\u0000', FIRST, begin), 1, 'uncertain'],
  ])('%s', async (_, store, unclear, status) => {
    const reading = await readJournal(store, RUN);
    expect(reading).toMatchObject({ state: 'read', unclear, run: { changes: [{ change: { id: A.id }, status }] } });
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
