import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hasUnfinishedRun } from '../../src/local/unfinishedRuns';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const RUN = `{"type":"run","padding":"${'x'.repeat(2000)}"}\n`;
const BEGIN = '{"type":"begin","change":"a","at":1}\n';
const FINISH = '{"type":"finish","at":2,"outcome":"succeeded"}\n';

/** Whether a folder with these journals holds a run that has not come to its end. */
async function among(...journals: readonly string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-journals-'));
  folders.push(folder);
  await Promise.all(journals.map((content, at) => writeFile(join(folder, `run-${at}.jsonl`), content)));
  await writeFile(join(folder, 'something.claim'), '{}');
  return hasUnfinishedRun(folder);
}

it('tells a run that was interrupted from those that have ended', async () => {
  expect(await among(RUN + FINISH, RUN + BEGIN + FINISH)).toBe(false);
  expect(await among(RUN + FINISH, RUN + BEGIN)).toBe(true);
  expect(await among(RUN)).toBe(true);
});

it('takes a run that was taken up again, or whose last line was cut, for one that has not ended', async () => {
  expect(await among(RUN + FINISH + BEGIN)).toBe(true);
  expect(await among(RUN + FINISH.slice(0, -9))).toBe(true);
});

it('finds nothing where there is no journal, or no folder', async () => {
  expect(await among()).toBe(false);
  expect(await hasUnfinishedRun(join(tmpdir(), 'ringfence-nowhere'))).toBe(false);
});
