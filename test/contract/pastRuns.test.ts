import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resume } from '../../src/cli/commands/resume';
import { runs } from '../../src/cli/commands/runs';
import { undo } from '../../src/cli/commands/undo';
import type { TargetOptions } from '../../src/cli/options';
import { commandFor } from '../../src/cli/runs';
import type { RunHeader } from '../../src/core/apply/journal';
import { ClaimFiles } from '../../src/local/claimFiles';
import { zoneChange } from '../core/support/changes';
import { SUBSCRIPTION } from '../core/support/ids';
import { header } from '../core/support/runs';
import { runs as runsDocument } from './support/cliDocuments';
import { CliOutput } from './support/cliOutput';
import { signal } from './support/sandboxSession';

const A = zoneChange('a.example');
const B = zoneChange('b.example', { step: 'search-private-dns-zone' });
const STARTED = Date.UTC(2026, 10, 22, 9, 30);

const here = { state: '' };
beforeEach(async () => {
  here.state = await mkdtemp(join(tmpdir(), 'ringfence-past-'));
  await mkdir(join(here.state, 'runs'));
});
afterEach(() => rm(here.state, { recursive: true, force: true }));

const options = (parts: Partial<TargetOptions> = {}): TargetOptions => ({
  cloud: 'public',
  signIn: 'default',
  role: {},
  format: 'text',
  state: here.state,
  ...parts,
});

async function leave(name: string, content: string): Promise<void> {
  await writeFile(join(here.state, name), content);
}

type Entry = readonly [type: 'begin' | 'end' | 'finish', about: string, status?: string];

/** The journal of a run on Azure. */
function journal(runId: string, parts: Partial<RunHeader>, ...entries: readonly Entry[]): readonly string[] {
  const first = header([A, B], { runId, connection: 'azure', startedAt: STARTED, ...parts });
  const rest = entries.map(([type, about, status]) =>
    type === 'finish' ? { type, at: 2, outcome: about } : { type, change: about, at: 1, ...(status && { status }) },
  );
  return [first, ...rest].map((entry) => JSON.stringify(entry));
}

async function leaveRun(...args: Parameters<typeof journal>): Promise<void> {
  await leave(`runs/${args[0]}.jsonl`, `${journal(...args).join('\n')}\n`);
}

async function listed() {
  const output = new CliOutput();
  const code = await runs(options({ format: 'json' }), output);
  return { code, ...runsDocument.parse(JSON.parse(output.results.join('\n'))) };
}

async function printed(): Promise<string> {
  const output = new CliOutput();
  await runs(options(), output);
  return output.results.join('\n');
}

const MADE_A: readonly Entry[] = [
  ['begin', A.id],
  ['end', A.id, 'succeeded'],
];
const MADE_B: readonly Entry[] = [
  ['begin', B.id],
  ['end', B.id, 'succeeded'],
];

describe('what can be done with a run follows from what became of it', () => {
  it.each<[string, readonly Entry[], object]>([
    ['interrupted at once', [], { outcome: 'interrupted', done: 0, uncertain: 0, next: ['resume', 'abandon'] }],
    [
      'interrupted in the middle',
      [...MADE_A, ['begin', B.id]],
      { outcome: 'interrupted', done: 1, uncertain: 1, next: ['resume', 'undo', 'abandon'] },
    ],
    [
      'done in part',
      [...MADE_A, ['begin', B.id], ['end', B.id, 'failed'], ['finish', 'partial']],
      { outcome: 'partial', done: 1, uncertain: 0, next: ['resume', 'undo', 'abandon'] },
    ],
    ['given up', [...MADE_A, ['finish', 'abandoned']], { outcome: 'abandoned', done: 1, next: ['undo'] }],
    ['whole', [...MADE_A, ...MADE_B, ['finish', 'succeeded']], { outcome: 'succeeded', done: 2, next: ['undo'] }],
    [
      'whole, and changed nothing',
      [
        ['end', A.id, 'unchanged'],
        ['end', B.id, 'unchanged'],
        ['finish', 'succeeded'],
      ],
      { outcome: 'succeeded', done: 2, next: [] },
    ],
  ])('%s', async (_, entries, expected) => {
    await leaveRun('run-1', {}, ...entries);
    expect((await listed()).runs).toMatchObject([{ runId: 'run-1', kind: 'apply', changes: 2, ...expected }]);
  });

  it('nothing, while a process that is alive is at it', async () => {
    await leaveRun('run-1', {}, ...MADE_A);
    const holder = { runId: 'run-1', machine: 'laptop', machineId: 'm', since: STARTED };
    await new ClaimFiles(join(here.state, 'claims')).take('scope', holder, false);
    expect((await listed()).runs).toMatchObject([{ outcome: 'underWay', next: [] }]);
    expect(await printed()).toBe(
      'run-1 · applied · contoso · 2026-11-22 09:30 UTC · under way: 1 of 2 changes are made',
    );
  });

  it('it is not taken back twice', async () => {
    await leaveRun('run-1', {}, ...MADE_A, ...MADE_B, ['finish', 'succeeded']);
    const back = [A, B].map((change) => ({ ...change, id: `undo/${change.id}` }));
    const entries = back.map(({ id }): Entry => ['end', id, 'succeeded']);
    await leaveRun('run-2', { kind: 'undo', of: 'run-1', changes: back }, ...entries, ['finish', 'succeeded']);
    expect((await listed()).runs).toMatchObject([
      { runId: 'run-2', kind: 'undo', of: 'run-1', next: [] },
      { runId: 'run-1', kind: 'apply', next: [] },
    ]);
    expect(await printed()).toMatch(/^run-2 · took back run-1 · .*\nrun-1 · applied · /);
  });
});

it('a run that somebody else stood in the way of has changed nothing, and is not listed', async () => {
  await leaveRun('run-1', {}, ['finish', 'abandoned']);
  expect(await listed()).toMatchObject({ code: 0, runs: [], unreadable: [] });
});

it('a line that was cut is told of, and what it would have said is not known', async () => {
  const [first = '', begin = ''] = journal('run-1', {}, ['begin', A.id]);
  await leave('runs/run-1.jsonl', `${first}\n${begin}\n{"type":"end","chan\n{"type":"fin`);
  expect((await listed()).runs).toMatchObject([{ outcome: 'interrupted', uncertain: 1, unclearLines: 1 }]);
  expect(await printed()).toContain('\n    lines of its journal that cannot be understood: 1\n');
});

describe('a journal that tells of no run', () => {
  const hostile = JSON.stringify({ type: 'run', schema: 'ringfence.journal/\u001b[2J\u202e' });
  const cases: readonly (readonly [name: string, content: string, reason: string])[] = [
    ['empty', '', 'It has no whole line. A run writes one before it begins.'],
    ['cut', '{"type":"run","schema":"ringfence.jour', 'It has no whole line. A run writes one before it begins.'],
    ['foreign', 'hello\n', 'Its first line was cut, or another program wrote it.'],
    [
      'newer',
      '{"type":"run","schema":"ringfence.journal/2"}\n',
      'It is of the format ringfence.journal/2, which this version of Ringfence does not read.',
    ],
  ];

  it.each(cases)(
    'is listed with its file and the reason, and the others beside it: %s',
    async (name, content, reason) => {
      await leaveRun('run-1', {}, ...MADE_A);
      await leave(`runs/${name}.jsonl`, content);
      const file = join(here.state, 'runs', `${name}.jsonl`);
      const { code, runs: others, unreadable } = await listed();
      expect([code, unreadable]).toEqual([3, [{ file, reason }]]);
      expect(others).toMatchObject([{ runId: 'run-1' }]);
      expect(await printed()).toMatch(new RegExp(`^run-1 · (.*\n)+\\? ${file}\n {4}${reason}$`));
    },
  );

  it('because the file cannot be read is told of as well', async () => {
    await mkdir(join(here.state, 'runs', 'folder.jsonl'));
    expect(await listed()).toMatchObject({
      code: 3,
      unreadable: [{ reason: expect.stringMatching(/^It cannot be read: /) }],
    });
  });

  it('does not command the terminal', async () => {
    await leave('runs/hostile.jsonl', `${hostile}\n`);
    expect(await printed()).toContain('ringfence.journal/\\u001b[2J\\u202e');
  });

  it('is not taken for a run, and the last one is not chosen without a word of it', async () => {
    await leave('runs/newer.jsonl', '{"type":"run","schema":"ringfence.journal/2"}\n');
    const output = new CliOutput();
    await expect(undo('newer', options(), output, signal)).rejects.toThrow(
      'The journal of run newer tells nothing of it. It is of the format ringfence.journal/2',
    );
    await expect(resume(undefined, options(), output, signal)).rejects.toThrow('There is no run to continue.');
    expect(output.spoken).toEqual([expect.stringContaining('there may be a later run')]);
  });
});

it('steps that different runs made are not taken back together: which run made which is said', async () => {
  await leaveRun('run-1', { changes: [A] }, ...MADE_A, ['finish', 'succeeded']);
  await leaveRun('run-2', { changes: [B] }, ...MADE_B, ['finish', 'succeeded']);
  await expect(undo(undefined, { ...options(), step: [A.step, B.step] }, new CliOutput(), signal)).rejects.toThrow(
    `  ${A.step}: run-1\n  ${B.step}: run-2`,
  );
});

describe('the command by which one goes on', () => {
  it.each<[Partial<TargetOptions>, string]>([
    [{ sandbox: 'http://127.0.0.1:5000' }, 'ringfence undo run-1 --sandbox http://127.0.0.1:5000'],
    [{ signIn: 'azureCli' }, 'ringfence undo run-1 --sign-in azureCli'],
    [{ subscription: SUBSCRIPTION }, 'ringfence undo run-1'],
  ])('finds the same run: %j', (parts, command) => {
    const { state: _, ...rest } = options();
    expect(commandFor('undo', 'run-1', { ...rest, ...parts })).toBe(command);
  });

  it('is quoted where a folder has spaces in its name', () => {
    expect(commandFor('undo', 'run-1', options({ state: '/my runs' }))).toBe('ringfence undo run-1 --state "/my runs"');
  });
});
