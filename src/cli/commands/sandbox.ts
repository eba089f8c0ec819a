import { appendFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { EXIT, UsageError, type ExitCode } from '../exitCode';
import type { Output } from '../output';

export interface SandboxOptions {
  readonly world: string;
  readonly port: number;
  readonly speed?: number;
  /** A file that gets every HTTP exchange as a JSON line. */
  readonly record?: string;
  /** The seed of the faults that come by chance; none come without. */
  readonly faults?: number;
  /** How likely a request meets one. */
  readonly faultRate?: number;
}

const USUAL_FAULT_RATE = 0.05;

/** `ringfence sandbox`: serves until it is stopped; its first line says how to reach it. */
export async function sandbox(options: SandboxOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { isWorldName, startSandbox, WORLD_NAMES } = await import('../../sandbox/sandbox');
  if (!isWorldName(options.world)) throw new UsageError(`The worlds are ${WORLD_NAMES.join(', ')}.`);
  const { record, faults: seed, faultRate: rate = USUAL_FAULT_RATE } = options;
  if (seed === undefined && options.faultRate !== undefined) {
    throw new UsageError('--fault-rate needs a seed: add --faults SEED.');
  }
  if (record !== undefined) writeFileSync(record, '');
  const running = await startSandbox({
    world: options.world,
    port: options.port,
    speed: options.speed ?? Infinity,
    ...(seed !== undefined && { faults: { seed, rate } }),
    ...(record !== undefined && { onExchange: (exchange) => appendFileSync(record, `${JSON.stringify(exchange)}\n`) }),
  });
  const { endpoint, subscriptionId, tenantId, token } = running;
  output.result(JSON.stringify({ endpoint, subscriptionId, tenantId, token }));
  if (!signal.aborted) await once(signal, 'abort');
  await running.stop();
  return EXIT.ok;
}
