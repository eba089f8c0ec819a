import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { ClaimStore, Holder } from '../core/ports';
import { hasCode } from './errorCode';

const claim = z.object({
  runId: z.string(),
  machine: z.string(),
  machineId: z.string(),
  since: z.number(),
  process: z.number(),
});
type Claim = z.infer<typeof claim>;

const EXTENSION = '.claim';

/** What is done alone takes milliseconds. */
const GUARD_LIVES_MS = 5000;
const GUARD_POLL_MS = 20;

/** Claims of the windows of this machine, as files beside the journals. A claim ends with the process that made it. */
export class ClaimFiles implements ClaimStore {
  constructor(
    private readonly folder: string,
    private readonly process = globalThis.process.pid,
  ) {}

  async take(key: string, holder: Holder, takeOver: boolean): Promise<Holder | undefined> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = this.pathOf(key);
    return alone(path, async () => {
      const present = await readClaim(path);
      const isOurs = present?.runId === holder.runId && present.process === this.process;
      const isTheirs = present !== undefined && !isOurs && isAlive(present.process);
      if (isTheirs && !takeOver) return present;
      const content = JSON.stringify({ ...holder, process: this.process } satisfies Claim);
      await writeFile(path, content, { mode: 0o600 });
      return undefined;
    });
  }

  async release(key: string, runId: string): Promise<void> {
    const path = this.pathOf(key);
    await alone(path, async () => {
      if ((await readClaim(path))?.runId === runId) await rm(path, { force: true });
    });
  }

  /** Runs that are going on in the windows of this machine. */
  async underWay(): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch(() => []);
    const files = names.filter((name) => name.endsWith(EXTENSION));
    const claims = await Promise.all(files.map((name) => readClaim(join(this.folder, name))));
    return claims.flatMap((present) => (present !== undefined && isAlive(present.process) ? [present.runId] : []));
  }

  /** Its name, and an id that is made up once and kept in the folder. */
  async machine(): Promise<Pick<Holder, 'machine' | 'machineId'>> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, 'machine-id');
    await writeFile(path, randomUUID(), { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
    return { machine: hostname(), machineId: (await readFile(path, 'utf8')).trim() };
  }

  private pathOf(key: string): string {
    return join(this.folder, `${createHash('sha256').update(key).digest('hex').slice(0, 24)}${EXTENSION}`);
  }
}

/** Does something while nobody else does it to the same path. Whoever died in the middle of it is not waited for. */
async function alone<T>(path: string, work: () => Promise<T>): Promise<T> {
  const guard = `${path}.guard`;
  while (!(await madeFolder(guard))) {
    const made = await stat(guard).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > GUARD_LIVES_MS)
      await rm(guard, { recursive: true, force: true });
    await delay(GUARD_POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(guard, { recursive: true, force: true });
  }
}

/** True where it was not there before: to make a folder is one step on every file system. */
async function madeFolder(path: string): Promise<boolean> {
  return mkdir(path).then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    },
  );
}

/** What a claim says; undefined where there is none, or where it was cut when its process died. */
async function readClaim(path: string): Promise<Claim | undefined> {
  try {
    return claim.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A process of somebody else's cannot be signalled, but it is there. */
function isAlive(pid: number): boolean {
  try {
    globalThis.process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
