import { mkdir, open, readdir, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { JournalStore } from '../core/ports';
import { hasCode } from './errorCode';

const EXTENSION = '.jsonl';

/** Journals as files, one a run, in a folder that only the user can read. Every line is on disk when `append` returns. */
export class JournalFiles implements JournalStore {
  constructor(private readonly folder: string) {}

  async append(runId: string, line: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await open(this.pathOf(runId), 'a+', 0o600);
    try {
      await file.appendFile(`${(await endsInMidLine(file)) ? '\n' : ''}${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async read(runId: string): Promise<readonly string[] | undefined> {
    const content = await readFile(this.pathOf(runId), 'utf8').catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    // A line without its end was being written when the process died.
    return content?.split('\n').slice(0, -1);
  }

  async list(): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    });
    return names
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => name.slice(0, -EXTENSION.length))
      .filter(isRunId)
      .sort();
  }

  /** The file of a run. */
  pathOf(runId: string): string {
    if (!isRunId(runId)) throw new Error('A run id has letters, digits, hyphens and underscores only.');
    return join(this.folder, `${runId}${EXTENSION}`);
  }
}

function isRunId(name: string): boolean {
  return /^[\w-]+$/.test(name);
}

/** True where the process that wrote last died in the middle of a line. */
async function endsInMidLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
}

/** Sorts by time, to the millisecond: `20261121T093015042-4f1c`. */
export function newRunId(now = new Date()): string {
  const time = now.toISOString().replace(/[-:.Z]/g, '');
  return `${time}-${randomBytes(2).toString('hex')}`;
}
