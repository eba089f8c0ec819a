import { open } from 'node:fs/promises';
import { JournalFiles } from './journalFiles';

/** More than the last line of a journal that has ended takes. */
const TAIL_BYTES = 512;

/** Whether any journal in a folder lacks its end: a look at the last line of each, without understanding the rest. */
export async function hasUnfinishedRun(folder: string): Promise<boolean> {
  const journals = new JournalFiles(folder);
  for (const runId of await journals.list().catch(() => [])) {
    if (!isEnd(await lastLine(journals.pathOf(runId)))) return true;
  }
  return false;
}

async function lastLine(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  } finally {
    await file.close();
  }
}

function isEnd(line: string): boolean {
  try {
    return (JSON.parse(line) as { type?: unknown }).type === 'finish';
  } catch {
    return false;
  }
}
