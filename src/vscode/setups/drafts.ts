import type { Memento } from 'vscode';
import { checkSetup } from '../../core/setup/checkSetup';
import type { Setup } from '../../core/setup/setup';

/** What is kept of a setup whose choices are not in its file: the choices, or where they were saved to. */
interface Draft {
  readonly setup?: Setup;
  readonly savedTo?: string;
}

const MEMORY_KEY = 'ringfence.drafts';
const DRAFT = 'draft:';

/** Setups, or changes of setups, that are not saved to a file. They outlive a reload of the window. */
export class Drafts {
  constructor(private readonly memory: Memento) {}

  /** Keys of setups that have no file and were made in a place: a subscription, or a sandbox. */
  keys(place: string): readonly string[] {
    return Object.entries(this.all()).flatMap(([key, { setup }]) =>
      setup && key.startsWith(`${DRAFT}${place}/`) ? [key] : [],
    );
  }

  /** A key for a new setup in a place. */
  newKey(place: string): string {
    const taken = this.all();
    for (let number = 1; ; number += 1) {
      const key = `${DRAFT}${place}/${number}`;
      if (taken[key] === undefined) return key;
    }
  }

  /** The choices that are kept under a key. Undefined where there are none, or where they are no longer a setup. */
  get(key: string): Setup | undefined {
    const checked = checkSetup(this.all()[key]?.setup);
    return checked.ok ? checked.setup : undefined;
  }

  /** The key under which a setup is known now: its file, once it was saved to one. */
  resolve(key: string): string {
    return this.all()[key]?.savedTo ?? key;
  }

  async keep(key: string, setup: Setup | undefined): Promise<void> {
    const { [key]: _former, ...others } = this.all();
    await this.memory.update(MEMORY_KEY, setup === undefined ? others : { ...others, [key]: { setup } });
  }

  async savedTo(key: string, file: string): Promise<void> {
    await this.memory.update(MEMORY_KEY, { ...this.all(), [key]: { savedTo: file } });
  }

  private all(): Readonly<Record<string, Draft>> {
    return this.memory.get<Record<string, Draft>>(MEMORY_KEY) ?? {};
  }
}

export function isDraftKey(key: string): boolean {
  return key.startsWith(DRAFT);
}
