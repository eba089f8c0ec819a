import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, serveSandbox, type CliResult, type ServedSandbox } from './support/cli';
import { SERVICE_KEYS } from './support/keys';

describe('ringfence rotate-key', () => {
  let sandbox: ServedSandbox;
  let folder: string;
  const results: CliResult[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringfence-keys-'));
    sandbox = await serveSandbox();
  });
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function rotate(...args: readonly string[]): Promise<CliResult> {
    const options = ['--scenario', 'ai-search', '--state', join(folder, 'state'), ...sandbox.options];
    const result = await runCli(['rotate-key', ...args, ...options], sandbox.env);
    results.push(result);
    return result;
  }

  it('has to be told which key is in use where nobody can be asked', async () => {
    const { code, stderr } = await rotate('search', '--yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--in-use primary or secondary')]);
  });

  it.each([
    ['search', 'primary', 'secondary'],
    ['openAi', 'Key1', 'Key2'],
    ['storage', 'key1', 'key2'],
  ])(
    'makes the keys of %s anew in two halves, and prints what to write into the setup',
    async (service, used, other) => {
      const begun = await rotate(service, '--in-use', used, '--yes');
      expect([begun.code, begun.stdout]).toEqual([
        0,
        expect.stringContaining(`rotate-key ${service} --moved-to ${other}`),
      ]);
      const finished = await rotate(service, '--moved-to', other, '--yes', '--format', 'json');
      expect(finished.code).toBe(0);
      expect(JSON.parse(finished.stdout)).toEqual({
        schema: 'ringfence.rotation/1',
        service,
        renewed: used,
        inUse: other,
        done: true,
        keysRotated: { [service]: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
      });
    },
  );

  it('puts a query key beside the old one, which is deleted afterwards', async () => {
    const begun = await rotate('search', '--query-key', 'default', '--yes');
    const made = /--moved-to (\S+)/.exec(begun.stdout)?.[1] ?? '';
    expect((await rotate('search', '--query-key', 'default', '--moved-to', made, '--yes')).stdout).toContain('is gone');
    const again = await rotate('search', '--query-key', 'default', '--yes');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining(made)]);
  });

  it.each([
    ['webApp'],
    ['apiManagement', '--in-use', 'primary', '--yes'],
    ['openAi', '--query-key', 'x'],
    ['search', '--in-use', 'third', '--yes'],
    ['search', '--in-use', 'primary'],
  ])('does not begin with %s %s %s', async (...args) => {
    expect((await rotate(...args)).code).toBe(2);
  });

  it('has shown no key', () => {
    expect(results.map(({ stdout, stderr }) => stdout + stderr).join('\n')).not.toMatch(SERVICE_KEYS);
  });
});
