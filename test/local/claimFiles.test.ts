import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Holder } from '../../src/core/ports';
import { ClaimFiles } from '../../src/local/claimFiles';

const holder = (runId: string): Holder => ({ runId, machine: 'laptop', machineId: 'm', since: 5 });

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-claims-'));
  folders.push(folder);
  return folder;
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('a claim', () => {
  it('is taken by one alone, and is free again when it is released', async () => {
    const folder = await newFolder();
    const [one, other] = [new ClaimFiles(folder), new ClaimFiles(folder)];
    expect(await one.take('scope', holder('a'), false)).toBeUndefined();
    expect(await other.take('scope', holder('b'), false)).toMatchObject({ runId: 'a', machine: 'laptop', since: 5 });
    expect(await other.take('another scope', holder('b'), false)).toBeUndefined();
    await one.release('scope', 'a');
    expect(await other.take('scope', holder('b'), false)).toBeUndefined();
  });

  it('of many that come at the same time is had by exactly one', async () => {
    const folder = await newFolder();
    const takes = Array.from({ length: 20 }, (_, at) => new ClaimFiles(folder).take('s', holder(`run-${at}`), false));
    const told = await Promise.all(takes);
    const winners = told.flatMap((found, at) => (found === undefined ? [`run-${at}`] : []));
    expect(winners).toHaveLength(1);
    expect(new Set(told.flatMap((found) => found?.runId ?? []))).toEqual(new Set(winners));
  });

  it('of a process that has died does not count', async () => {
    const folder = await newFolder();
    await new ClaimFiles(folder, await deadProcess()).take('scope', holder('a'), false);
    expect(await new ClaimFiles(folder).take('scope', holder('b'), false)).toBeUndefined();
    expect(await new ClaimFiles(folder).take('scope', holder('c'), false)).toMatchObject({ runId: 'b' });
  });

  it('of a dead process is inherited by exactly one of many', async () => {
    const folder = await newFolder();
    await new ClaimFiles(folder, await deadProcess()).take('s', holder('dead'), false);
    const takes = Array.from({ length: 20 }, (_, at) => new ClaimFiles(folder).take('s', holder(`run-${at}`), false));
    expect((await Promise.all(takes)).filter((found) => found === undefined)).toHaveLength(1);
  });

  it('tells which run is under way, as long as its process lives', async () => {
    const folder = await newFolder();
    await new ClaimFiles(folder).take('scope', holder('a'), false);
    await new ClaimFiles(folder, await deadProcess()).take('another scope', holder('b'), false);
    expect(await new ClaimFiles(folder).underWay()).toEqual(['a']);
    expect(await new ClaimFiles(join(folder, 'none')).underWay()).toEqual([]);
  });

  it('is the same run’s when that is continued', async () => {
    const folder = await newFolder();
    await new ClaimFiles(folder).take('scope', holder('a'), false);
    expect(await new ClaimFiles(folder).take('scope', holder('a'), false)).toBeUndefined();
  });

  it('is somebody else’s while another process is at the same run', async () => {
    const folder = await newFolder();
    await new ClaimFiles(folder, process.ppid).take('scope', holder('a'), false);
    expect(await new ClaimFiles(folder).take('scope', holder('a'), false)).toMatchObject({ runId: 'a' });
    expect(await new ClaimFiles(folder).take('scope', holder('a'), true)).toBeUndefined();
  });

  it('can be taken over; whoever had it then does not release what is not his', async () => {
    const folder = await newFolder();
    const [one, other] = [new ClaimFiles(folder), new ClaimFiles(folder)];
    await one.take('scope', holder('a'), false);
    expect(await other.take('scope', holder('b'), true)).toBeUndefined();
    await one.release('scope', 'a');
    expect(await one.take('scope', holder('c'), false)).toMatchObject({ runId: 'b' });
  });

  it('that was cut in the middle does not count', async () => {
    const folder = await newFolder();
    await new ClaimFiles(folder).take('scope', holder('a'), false);
    const name = (await readdir(folder)).find((each) => each.endsWith('.claim')) ?? '';
    await writeFile(join(folder, name), '{"runId":"a",');
    expect(await new ClaimFiles(folder).take('scope', holder('b'), false)).toBeUndefined();
  });
});

describe('this machine', () => {
  it('keeps its id, and another folder is another one', async () => {
    const folder = await newFolder();
    const first = await new ClaimFiles(folder).machine();
    expect(await new ClaimFiles(folder).machine()).toEqual(first);
    expect((await new ClaimFiles(join(folder, 'deeper')).machine()).machineId).not.toBe(first.machineId);
  });

  it('names the runs that are going on, and none whose process has died', async () => {
    const folder = await newFolder();
    expect(await new ClaimFiles(join(folder, 'not there')).underWay()).toEqual([]);
    await new ClaimFiles(folder).take('scope', holder('a'), false);
    await new ClaimFiles(folder, await deadProcess()).take('another scope', holder('b'), false);
    expect(await new ClaimFiles(folder).underWay()).toEqual(['a']);
  });
});
