import * as vscode from 'vscode';

/** What menus and welcome views go by. */
export interface ContextKeys {
  /** `signedOut`: nobody asked yet; `noSubscription`: signed in, none chosen. */
  readonly 'ringfence.connection': 'signedOut' | 'noSubscription' | 'azure' | 'sandbox';
  readonly 'ringfence.signInRequired': boolean;
  readonly 'ringfence.running': boolean;
  /** Some run has succeeded in this window: a step of the walkthrough. */
  readonly 'ringfence.applied': boolean;
}

/** Tells VS Code of the keys that have changed. */
export class ContextKeySetter {
  private readonly known = new Map<string, unknown>();

  set<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
    if (this.known.get(key) === value) return;
    this.known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
