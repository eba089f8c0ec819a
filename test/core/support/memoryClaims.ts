import type { ClaimStore, Holder } from '../../../src/core/ports';

/** The claims of one machine, of which every process is alive. */
export class MemoryClaims implements ClaimStore {
  readonly held = new Map<string, Holder>();

  constructor(private readonly machineId = 'machine-1') {}

  take(key: string, holder: Holder, takeOver: boolean): Promise<Holder | undefined> {
    const present = this.held.get(key);
    const isTheirs = present !== undefined && present.runId !== holder.runId;
    if (isTheirs && !takeOver) return Promise.resolve(present);
    this.held.set(key, holder);
    return Promise.resolve(undefined);
  }

  release(key: string, runId: string): Promise<void> {
    if (this.held.get(key)?.runId === runId) this.held.delete(key);
    return Promise.resolve();
  }

  underWay(): Promise<readonly string[]> {
    return Promise.resolve([...this.held.values()].map(({ runId }) => runId));
  }

  machine(): Promise<Pick<Holder, 'machine' | 'machineId'>> {
    return Promise.resolve({ machine: 'laptop', machineId: this.machineId });
  }
}
