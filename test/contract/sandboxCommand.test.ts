import { describe, expect, it } from 'vitest';
import { sandbox, type SandboxOptions } from '../../src/cli/commands/sandbox';
import { CliOutput } from './support/cliOutput';

/** Serves for as long as `use` runs. @returns what the sandbox says of its faults. */
async function faultsOf(options: Partial<SandboxOptions>): Promise<unknown> {
  const interrupt = new AbortController();
  const output = new CliOutput();
  output.result = (line) => void ask(line).finally(() => interrupt.abort());
  let answer: unknown;
  const ask = async (line: string): Promise<void> => {
    const { endpoint, token } = JSON.parse(line) as { endpoint: string; token: string };
    const response = await fetch(`${endpoint}/.sandbox/faults`, { headers: { authorization: `Bearer ${token}` } });
    answer = await response.json();
  };
  await sandbox({ world: 'empty', port: 0, ...options }, output, interrupt.signal);
  return answer;
}

describe('ringfence sandbox', () => {
  it('has fair weather', async () => {
    expect(await faultsOf({})).toEqual({ requests: 0, met: [] });
  });

  it('has the faults of a seed at the usual rate', async () => {
    expect(await faultsOf({ faults: 7 })).toMatchObject({ plan: { seed: 7, rate: 0.05 } });
  });

  it('has them at the rate that is asked for', async () => {
    expect(await faultsOf({ faults: 7, faultRate: 0.5 })).toMatchObject({ plan: { seed: 7, rate: 0.5 } });
  });

  it('refuses a rate without a seed, which could not be replayed', async () => {
    await expect(faultsOf({ faultRate: 0.5 })).rejects.toThrow('--faults SEED');
  });
});
