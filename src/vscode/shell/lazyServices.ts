import type * as vscode from 'vscode';
import type { Services } from '../services';

/** The services, loaded once, when somebody first needs them. */
export class LazyServices {
  private loading: Promise<Services> | undefined;

  constructor(private readonly load: () => Promise<Services>) {}

  /** @throws where they cannot be started; the next caller tries again. */
  get(): Promise<Services> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Loads them though nobody waits for them. */
  loadNow(log: vscode.LogOutputChannel): void {
    this.get().catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  }
}
