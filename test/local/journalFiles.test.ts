import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { JournalFiles, newRunId } from '../../src/local/journalFiles';

/** A folder that is not there yet, and goes with the test. */
async function newFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'ringfence-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return join(root, 'state', 'runs');
}

const fileOf = (folder: string): string => join(folder, 'run-1.jsonl');

describe('a journal', () => {
  test('is read back line by line, in the order in which it was written', async () => {
    const journals = new JournalFiles(await newFolder());
    for (const line of ['{"a":1}', '{"b":"日本"}', '{}']) await journals.append('run-1', line);
    expect(await journals.read('run-1')).toEqual(['{"a":1}', '{"b":"日本"}', '{}']);
  });

  test('is on disk when append returns', async () => {
    const folder = await newFolder();
    await new JournalFiles(folder).append('run-1', '{"a":1}');
    expect(await readFile(fileOf(folder), 'utf8')).toBe('{"a":1}\n');
  });

  test('lines that are written at the same time do not mix', async () => {
    const journals = new JournalFiles(await newFolder());
    const lines = Array.from({ length: 40 }, (_, index) => JSON.stringify({ index, padding: 'x'.repeat(5000) }));
    await Promise.all(lines.map((line) => journals.append('run-1', line)));
    const read = (await journals.read('run-1')) ?? [];
    expect(read.filter((line) => line !== '').sort()).toEqual([...lines].sort());
  });

  test('a last line that was cut is left out', async () => {
    const folder = await newFolder();
    const journals = new JournalFiles(folder);
    await journals.append('run-1', '{"a":1}');
    await appendFile(fileOf(folder), '{"b":');
    expect(await journals.read('run-1')).toEqual(['{"a":1}']);
  });

  test('a line that follows a cut one is a line of its own', async () => {
    const folder = await newFolder();
    const journals = new JournalFiles(folder);
    await journals.append('run-1', '{"a":1}');
    await appendFile(fileOf(folder), '{"b":');
    await journals.append('run-1', '{"c":3}');
    expect(await journals.read('run-1')).toEqual(['{"a":1}', '{"b":', '{"c":3}']);
  });

  test('there is none where nobody wrote one', async () => {
    expect(await new JournalFiles(await newFolder()).read('run-1')).toBeUndefined();
  });

  test.skipIf(process.platform === 'win32')('only the user can read it', async () => {
    const folder = await newFolder();
    await new JournalFiles(folder).append('run-1', '{}');
    expect((await stat(fileOf(folder))).mode & 0o077).toBe(0);
    expect((await stat(folder)).mode & 0o077).toBe(0);
  });

  test.each(['../run', 'a/b', 'a\\b', '', '.', 'a.b', 'run 1', 'run\n1'])(
    'a run id %j never becomes a path',
    async (runId) => {
      const journals = new JournalFiles(await newFolder());
      await expect(journals.append(runId, '{}')).rejects.toThrow('run id');
      await expect(journals.read(runId)).rejects.toThrow('run id');
    },
  );

  test('that cannot be written says so', async () => {
    const folder = await newFolder();
    await writeFile(dirname(folder), '');
    await expect(new JournalFiles(folder).append('run-1', '{}')).rejects.toThrow();
  });
});

describe('the list of runs', () => {
  test('has the newest last, and nothing that is no journal', async () => {
    const folder = await newFolder();
    const journals = new JournalFiles(folder);
    const ids = [newRunId(new Date(2000)), newRunId(new Date(1000)), newRunId(new Date(1001))];
    for (const id of ids) await journals.append(id, '{}');
    await writeFile(join(folder, 'notes.txt'), '');
    await writeFile(join(folder, 'not an id.jsonl'), '');
    expect(await journals.list()).toEqual([ids[1], ids[2], ids[0]]);
  });

  test('is empty where there never was a run', async () => {
    expect(await new JournalFiles(await newFolder()).list()).toEqual([]);
  });
});

describe('a new run id', () => {
  test('says when the run began, to the millisecond, and is another each time', () => {
    const at = new Date('2026-11-21T09:30:15.042Z');
    expect(newRunId(at)).toMatch(/^20261121T093015042-[0-9a-f]{4}$/);
    expect(new Set(Array.from({ length: 20 }, () => newRunId(at))).size).toBeGreaterThan(15);
  });

  test('can be the name of a journal', async () => {
    await expect(new JournalFiles(await newFolder()).append(newRunId(), '{}')).resolves.toBeUndefined();
  });
});
