import type { JournalStore } from '../../../src/core/ports';

/** Journals in memory, byte for byte as a file would hold them. */
export class MemoryJournal implements JournalStore {
  private readonly files = new Map<string, string>();
  /** Called before a line is written; what it throws is what a full disk would. */
  beforeAppend: (line: string) => void = () => undefined;
  afterAppend: (line: string) => void = () => undefined;

  append(runId: string, line: string): Promise<void> {
    try {
      this.beforeAppend(line);
    } catch (error) {
      return Promise.reject(error as Error);
    }
    const content = this.content(runId);
    const start = content === '' || content.endsWith('\n') ? content : `${content}\n`;
    this.files.set(runId, `${start}${line}\n`);
    this.afterAppend(line);
    return Promise.resolve();
  }

  read(runId: string): Promise<readonly string[] | undefined> {
    return Promise.resolve(this.files.get(runId)?.split('\n').slice(0, -1));
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()].sort());
  }

  content(runId: string): string {
    return this.files.get(runId) ?? '';
  }

  /** What there would be of a journal if its process had been killed when the run was at its first changes. */
  beginning(runId: string): string {
    return this.content(runId)
      .split('\n')
      .slice(0, 4)
      .map((line) => `${line}\n`)
      .join('');
  }

  /** A journal as a killed process left it. */
  leave(runId: string, content: string): this {
    this.files.set(runId, content);
    return this;
  }

  linesOf(runId: string): readonly Readonly<Record<string, unknown>>[] {
    return this.content(runId)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
