import type { Intent, PageMemory } from '../src/protocol/messages';

/** The extension host, as the page sees it: something to ask, and a place to remember things in. */
export interface Host {
  send(intent: Intent): void;
  /** What was remembered before the page was reloaded. Whatever shape an older version gave it. */
  recall(): unknown;
  remember(memory: PageMemory): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Takes VS Code's bridge, which can be had once only. */
export function connectToHost(): Host {
  const api = acquireVsCodeApi();
  return {
    send: (intent) => api.postMessage(intent),
    recall: () => api.getState(),
    remember: (memory) => api.setState(memory),
  };
}
