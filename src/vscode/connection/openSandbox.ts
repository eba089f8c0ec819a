import type { Connection, RequestLine } from '../../azure/connection';
import { connectToSandbox, describeSandbox } from '../../azure/sandboxConnection';

/** A sandbox in use. Its token stays in memory. */
export interface OpenSandbox {
  /** The name of its world, or its address where it was running already. */
  readonly target: string;
  readonly endpoint: string;
  readonly connection: Connection;
  stop(): Promise<void>;
}

export interface SandboxRequest {
  /** A world, which is started afresh inside the extension host; or the address of a running sandbox. */
  readonly target: string;
  /** For a running sandbox. */
  readonly token: string | undefined;
  /** For a fresh one: how much faster than life it runs. */
  readonly speed: number;
  readonly onRequest: (line: RequestLine) => void;
}

const CONNECT_MS = 10_000;

/** Starts a sandbox, or reaches a running one. @throws with a sentence that says why it cannot. */
export async function openSandbox({ target, token, speed, onRequest }: SandboxRequest): Promise<OpenSandbox> {
  if (/^https?:/i.test(target)) {
    const facts = await describeSandbox(target, token ?? '', AbortSignal.timeout(CONNECT_MS));
    const connection = connectToSandbox({ endpoint: target, token: token ?? '', ...facts, onRequest });
    return { target, endpoint: target, connection, stop: () => Promise.resolve() };
  }
  const { isWorldName, startSandbox, WORLD_NAMES } = await import('../../sandbox/sandbox');
  if (!isWorldName(target)) throw new Error(`The sandbox has no world “${target}”, only ${WORLD_NAMES.join(', ')}.`);
  const sandbox = await startSandbox({ world: target, speed });
  const connection = connectToSandbox({ ...sandbox, speed, onRequest });
  return { target, endpoint: sandbox.endpoint, connection, stop: () => sandbox.stop() };
}
