import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { runCli, serveSandbox, type ServedSandbox } from './support/cli';

describe('pieces for the last mile', () => {
  let sandbox: ServedSandbox;
  let folder: string;
  const options = (): string[] => [...sandbox.options, '--scenario', 'on-your-data', '--state', join(folder, 'state')];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringfence-last-mile-'));
    sandbox = await serveSandbox('--world', 'hardened');
  });
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are a hosts-file block with a line for each of the three services', async () => {
    const { stdout, code } = await runCli(['snippets', 'hosts', ...options()], sandbox.env);
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(5);
    for (const service of ['openai.azure.com', 'search.windows.net', 'blob.core.windows.net']) {
      expect(lines.filter((line) => line.endsWith(service))).toHaveLength(1);
    }
  });

  it('are a VPN client package that only its owner may read, and that is never overwritten', async () => {
    const out = join(folder, 'vpn.zip');
    const first = await runCli(['snippets', 'vpn-client', '--out', out, ...options()], sandbox.env);
    expect(first).toMatchObject({ code: 0 });
    expect((await stat(out)).mode & 0o077).toBe(0);
    const files = unzipSync(new Uint8Array(await readFile(out)));
    const profile = new TextDecoder().decode(files['AzureVPN/azurevpnconfig.xml']);
    expect(profile).toContain('c632b3df-fb67-4d84-bdcf-b95ad541b5c8');
    // The address of the package is a secret, and so is what is in it.
    expect(first.stdout + first.stderr).not.toMatch(/https?:\/\/\S*sig=|serversecret/i);
    const second = await runCli(['snippets', 'vpn-client', '--out', out, ...options()], sandbox.env);
    expect(second.code).not.toBe(0);
  });

  it('are calls that prove the result, as scripts', async () => {
    for (const proof of ['ingestion', 'inference']) {
      const { stdout, code } = await runCli(['snippets', proof, ...options()], sandbox.env);
      expect(code, proof).toBe(0);
      expect(stdout, proof).toContain('az account get-access-token --resource https://cognitiveservices.azure.com');
    }
  });

  it('are refused with the reason where the setup names no index', async () => {
    const { stderr, code } = await runCli(['snippets', 'filter', ...options()], sandbox.env);
    expect(code).toBe(3);
    expect(stderr).toContain('Name an index in the setup');
  });
});
