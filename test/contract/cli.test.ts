import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runCli, serveSandbox, type ServedSandbox } from './support/cli';
import { findings, plan, preflight, run } from './support/cliDocuments';

const scenario = ['--scenario', 'private-access'];
const state: { folder: string; sandboxes: ServedSandbox[] } = { folder: '', sandboxes: [] };

beforeAll(async () => {
  state.folder = await mkdtemp(join(tmpdir(), 'ringfence-cli-'));
});
afterEach(async () => {
  for (const sandbox of state.sandboxes.splice(0)) await sandbox.stop();
});
afterAll(() => rm(state.folder, { recursive: true, force: true }));

async function serve(...args: readonly string[]): Promise<ServedSandbox> {
  const sandbox = await serveSandbox(...args);
  state.sandboxes.push(sandbox);
  return sandbox;
}

/** Runs a command against a served sandbox, with its runs in this test's own folder. */
function onSandbox(sandbox: ServedSandbox, command: string, ...args: readonly string[]) {
  return runCli([...command.split(' '), ...sandbox.options, '--state', state.folder, ...args], sandbox.env);
}

async function file(name: string, content: string): Promise<string> {
  const path = join(state.folder, name);
  await writeFile(path, content);
  return path;
}

/** Takes an action away from the signed-in principal. */
async function deny({ endpoint, token }: ServedSandbox, action: string, scope: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ action, scope });
  const { ok } = await fetch(`${endpoint}/.sandbox/denials`, { method: 'POST', headers, body });
  if (!ok) throw new Error('The sandbox did not take the denial.');
}

describe('before a run begins', () => {
  it('what blocks it is said with a remedy, it ends with 1, and nothing is written', async () => {
    const record = join(state.folder, 'before.jsonl');
    const sandbox = await serve('--world', 'exposed', '--record', record);
    await deny(sandbox, 'Microsoft.Network/privateEndpoints/write', '/subscriptions');
    const shown = await onSandbox(sandbox, 'plan', ...scenario);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(
      /Before it begins\n✗ You lack the permission Microsoft\.Network\/privateEndpoints\/write on/,
    );
    expect(shown.stdout).toContain('“Network Contributor”');
    expect(shown.stdout).toMatch(/\n {2}time: about \d+ (seconds|minutes)\n {2}cost: /);

    const refused = await onSandbox(sandbox, 'apply', ...scenario, '--yes', '--format', 'json');
    expect(refused.code).toBe(1);
    const [first, ...more] = refused.stdout.trim().split('\n');
    expect(preflight.parse(JSON.parse(first ?? '')).findings).toMatchObject([
      { kind: 'permission', verdict: 'blocks', role: 'Network Contributor' },
    ]);
    expect(more).toEqual([]);
    const methods = (await readFile(record, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { method: string }).method);
    expect(methods).toContain('GET');
    expect(methods.filter((method) => /PUT|PATCH|DELETE/.test(method))).toEqual([]);
    expect((await onSandbox(sandbox, 'undo', '--yes')).code).toBe(2);
  });

  it('a run begins in spite of it where that is said', async () => {
    const sandbox = await serve('--world', 'exposed');
    await deny(sandbox, 'Microsoft.Network/privateEndpoints/write', '/subscriptions');
    const options = [...scenario, '--yes', '--format', 'json', '--despite-preflight'];
    const applied = await onSandbox(sandbox, 'apply', ...options);
    expect(applied.code).toBe(1);
    const last: unknown = JSON.parse(applied.stdout.trim().split('\n').at(-1) ?? '');
    expect(run.parse(last).outcome).toBe('partial');
  });
});

describe('the journey on a running sandbox', () => {
  it('check, plan, apply, check, verify, undo speak the documented JSON and end with the documented codes', async () => {
    const sandbox = await serve('--world', 'exposed');
    const json = [...scenario, '--format', 'json'];
    const first = await onSandbox(sandbox, 'check', ...json);
    expect(first.code).toBe(1);
    expect(findings.parse(JSON.parse(first.stdout)).summary.nonCompliant).toBeGreaterThan(5);

    const planned = plan.parse(JSON.parse((await onSandbox(sandbox, 'plan', ...json)).stdout));
    const ids = planned.changes.map(({ id }) => id);
    expect(planned.preflight?.findings).toEqual([]);
    expect(planned.preflight?.costs.flatMap(({ changes }) => changes)).toContain(
      'aoai-private-endpoint/pe-contoso-openai',
    );
    for (const { dependsOn } of planned.changes) for (const id of dependsOn) expect(ids).toContain(id);

    const applied = await onSandbox(sandbox, 'apply', ...json, '--yes');
    const lines = applied.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(applied.code).toBe(0);
    expect(run.parse(lines.at(-1))).toMatchObject({ outcome: 'succeeded', summary: { nonCompliant: 0, unknown: 0 } });
    expect(preflight.parse(lines[0])).toEqual(planned.preflight);
    expect(lines.slice(1, -1).every((line) => line['event'] === 'change')).toBe(true);

    const checked = await onSandbox(sandbox, 'check', ...json);
    expect(checked.code).toBe(0);
    expect(JSON.parse((await onSandbox(sandbox, 'plan', ...json)).stdout)).toMatchObject({ changes: [], blocked: [] });
    const verified = await onSandbox(sandbox, 'verify', ...json);
    expect([verified.code, JSON.parse(verified.stdout).summary]).toEqual([0, { pass: 3, fail: 0, unknown: 0 }]);
    const hosts = await onSandbox(sandbox, 'snippets hosts', ...scenario);
    expect(hosts.stdout).toMatch(
      /^# BEGIN ringfence .*\n10\.3\.1\.4 contoso-openai\.openai\.azure\.com\n# END ringfence .*\n$/,
    );

    const undone = await onSandbox(sandbox, 'undo', '--yes', '--format', 'json');
    expect([undone.code, run.parse(JSON.parse(undone.stdout.trim().split('\n').at(-1) ?? '')).outcome]).toEqual([
      0,
      'succeeded',
    ]);
    const again = await onSandbox(sandbox, 'check', ...json);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(first.stdout));
    const nothing = await onSandbox(sandbox, 'undo', '--yes');
    expect([nothing.code, nothing.stderr]).toEqual([2, 'There is no run to take back.\n']);
  });

  it('the record of exchanges holds no token', async () => {
    const record = join(state.folder, 'record.jsonl');
    const sandbox = await serve('--record', record);
    await onSandbox(sandbox, 'check', ...scenario);
    const content = await readFile(record, 'utf8');
    expect(content.trim().split('\n').length).toBeGreaterThan(5);
    expect(content).not.toContain(sandbox.token);
    expect(content.toLowerCase()).not.toContain('"authorization"');
  });
});

describe('what a fresh sandbox is for', () => {
  it.each([
    ['hardened', 0],
    ['exposed', 1],
  ])('check on the world “%s” ends with %i', async (world, code) => {
    expect((await runCli(['check', '--sandbox', world, ...scenario])).code).toBe(code);
  });
});

describe('bad input', () => {
  it.each([
    [['check'], /--setup|--subscription|--sandbox/],
    [['check', '--sandbox', 'nowhere'], /empty, exposed, half, hardened/],
    [['check', '--sandbox', 'http://example.com'], /this machine only/],
    [['check', '--scenario', 'world-peace', '--sandbox'], /private-access/],
    [['check', '--role', 'openAi=nonsense', '--sandbox'], /resource id/],
    [['check', '--format', 'yaml', '--sandbox'], /text, json/],
    [['undo', 'no-such-run', '--sandbox', '--yes'], /no run no-such-run/],
    [['frobnicate'], /unknown command/],
  ])('%j ends with 2 and says what to do', async (args, words) => {
    const result = await runCli(args, { RINGFENCE_SANDBOX_TOKEN: 'x' });
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toMatch(words);
  });

  it('apply shows its plan and changes nothing where nobody can agree to it', async () => {
    const result = await runCli(['apply', '--sandbox', ...scenario]);
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    expect(result.stdout).toContain('publicNetworkAccess: Disabled');
  });

  it('a broken setup file is refused with line and column', async () => {
    const path = await file('broken.json', '{\n  "version": 1,\n  "name": "x"\n  "subscription": 4\n}\n');
    const result = await runCli(['check', '--setup', path]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`${path}:4:3:`);
  });

  it('a role that several resources could play is an error that lists them', async () => {
    const sandbox = await serve('--world', 'exposed');
    const facts = await fetch(`${sandbox.endpoint}/.sandbox`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    });
    const { subscriptionId } = (await facts.json()) as { subscriptionId: string };
    const network = `/subscriptions/${subscriptionId}/resourceGroups/rg-contoso-ai/providers/Microsoft.Network/virtualNetworks/vnet-second`;
    const created = await fetch(`${sandbox.endpoint}${network}?api-version=2025-05-01`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ location: 'eastus', properties: { addressSpace: { addressPrefixes: ['10.9.0.0/16'] } } }),
    });
    expect(created.status).toBe(201);
    const ambiguous = await onSandbox(sandbox, 'check', ...scenario);
    expect(ambiguous.code).toBe(2);
    expect(ambiguous.stderr).toContain(network);
    expect(ambiguous.stderr).toContain('--role virtualNetwork=');
    const chosen = await onSandbox(sandbox, 'check', ...scenario, '--role', `virtualNetwork=${network}`);
    expect(chosen.code).toBe(1);
  });

  it('what may not be read ends with 3, not with 0', async () => {
    const sandbox = await serve('--world', 'hardened');
    const headers = { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' };
    const facts = (await (await fetch(`${sandbox.endpoint}/.sandbox`, { headers })).json()) as {
      subscriptionId: string;
    };
    const body = JSON.stringify({
      action: 'Microsoft.Network/privateDnsZones/*',
      scope: `/subscriptions/${facts.subscriptionId}`,
    });
    await fetch(`${sandbox.endpoint}/.sandbox/denials`, { method: 'POST', headers, body });
    const result = await onSandbox(sandbox, 'check', ...scenario, '--format', 'json');
    expect(JSON.parse(result.stdout).summary.unknown).toBeGreaterThan(0);
    expect(result.code).toBe(JSON.parse(result.stdout).summary.nonCompliant > 0 ? 1 : 3);
  });
});

describe('exported resources', () => {
  const id = (name: string) =>
    `/subscriptions/5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/${name}`;

  async function judged(resources: unknown) {
    const path = await file('resources.json', JSON.stringify(resources));
    const result = await runCli(['check', '--resources', path, '--format', 'json']);
    const report = findings.parse(JSON.parse(result.stdout));
    const of = (name: string, step: string) =>
      report.findings.find((finding) => finding.step === step && finding.resource.endsWith(`/${name}`))?.status;
    return { code: result.code, report, of };
  }

  it('are judged by their own properties, whatever the casing, and unknown where those do not say', async () => {
    const { code, of } = await judged([
      { id: id('open'), kind: 'OpenAI', type: 'Microsoft.CognitiveServices/accounts', properties: {} },
      {
        ResourceId: id('closed'),
        Kind: 'AIServices',
        ResourceType: 'Microsoft.CognitiveServices/accounts',
        Identity: { Type: 'SystemAssigned' },
        Properties: {
          customSubDomainName: 'closed',
          PublicNetworkAccess: 'disabled',
          DisableLocalAuth: true,
          privateEndpointConnections: [{ properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }],
        },
      },
      { id: id('speech'), kind: 'SpeechServices', properties: {} },
    ]);
    expect(code).toBe(1);
    expect(of('open', 'aoai-public-access-disabled')).toBe('nonCompliant');
    expect(of('open', 'aoai-disable-local-auth')).toBe('nonCompliant');
    expect(of('open', 'aoai-private-endpoint')).toBe('nonCompliant');
    expect(of('closed', 'aoai-public-access-disabled')).toBe('compliant');
    expect(of('closed', 'aoai-disable-local-auth')).toBe('compliant');
    expect(of('closed', 'aoai-managed-identity')).toBe('compliant');
    expect(of('closed', 'aoai-private-endpoint')).toBe('compliant');
    expect(of('closed', 'aoai-private-dns-records')).toBe('unknown');
    expect(of('speech', 'aoai-public-access-disabled')).toBeUndefined();
  });

  it('a pending connection is no private endpoint', async () => {
    const { of } = await judged([
      {
        id: id('waiting'),
        kind: 'OpenAI',
        properties: {
          privateEndpointConnections: [{ properties: { privateLinkServiceConnectionState: { status: 'Pending' } } }],
        },
      },
    ]);
    expect(of('waiting', 'aoai-private-endpoint')).toBe('nonCompliant');
  });

  it('names that would command a terminal are printed as what they are', async () => {
    const path = await file(
      'hostile.json',
      JSON.stringify([{ id: id('x\u001b[2J\u202egnp'), kind: 'OpenAI', properties: {} }]),
    );
    const { stdout } = await runCli(['check', '--resources', path]);
    expect(stdout).toContain('x\\u001b[2J\\u202egnp');
    // eslint-disable-next-line no-control-regex -- control characters are the point
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('a file that is not JSON, or holds no resources, ends with 2', async () => {
    expect((await runCli(['check', '--resources', await file('bad.json', '[{]')])).stderr).toMatch(/bad\.json:1:3/);
    expect((await runCli(['check', '--resources', await file('number.json', '7')])).code).toBe(2);
    expect((await runCli(['check', '--resources', join(state.folder, 'missing.json')])).code).toBe(2);
  });
});
