import type { Memento } from 'vscode';
import type { KeptLook, LookMemory } from './lookBack';

const MEMORY_KEY = 'ringfence.looks';

/** The last look at each setup, so that what changes while no window is open is noticed as well. */
export class Looks {
  constructor(private readonly memory: Memento) {}

  /** @param key Tells the file's URI, or the key of a draft: a draft may be saved to a file meanwhile. */
  of(key: () => string): LookMemory {
    return {
      recall: () => this.all()[key()],
      keep: (look) => void this.memory.update(MEMORY_KEY, { ...this.all(), [key()]: look }),
    };
  }

  private all(): Readonly<Record<string, KeptLook>> {
    return this.memory.get<Record<string, KeptLook>>(MEMORY_KEY) ?? {};
  }
}
