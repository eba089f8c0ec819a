import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AzureError } from '../../src/core/ports';
import type { CertificateImport, CertificatePlace } from '../../src/core/session/certificateImport';
import { renderText } from '../../src/core/text';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { PFX_PASSWORD, PFX_SECRETS, SUPPLIED_PFX } from '../sandbox/suppliedCertificate';
import { runCli, serveSandbox, type CliResult, type ServedSandbox } from './support/cli';
import { applyAll, expectAllCompliant, statuses } from './support/journey';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const RIGHT = 'rbac-dev-key-vault-certificates';
const CERTIFICATE = 'appgw-certificate';
const supplied = { content: SUPPLIED_PFX, password: PFX_PASSWORD };

function expectNoSecret(content: string): void {
  expect(PFX_SECRETS.filter((secret) => content.includes(secret))).toEqual([]);
}

/** A role takes a while until it is in force. */
async function placeOf(importing: CertificateImport): Promise<CertificatePlace> {
  for (let tries = 0; tries < 30; tries += 1) {
    const found = await importing.place(signal);
    if (found.ok) return found.place;
  }
  throw new Error('The role did not come into force.');
}

describe('a certificate that the user has', () => {
  const exchanges: Exchange[] = [];
  let opening: SandboxSession;

  beforeAll(async () => {
    opening = await openSandboxSession({
      world: 'exposed',
      scenario: 'api-gateway',
      onExchange: (exchange) => exchanges.push(exchange),
      change: (setup) => ({
        ...setup,
        options: { ...setup.options, gatewayHostName: 'api.contoso.com', gatewayCertificate: 'bought' },
      }),
    });
  });
  afterAll(() => opening.close());

  it('waits for a role, which an Owner does not have', async () => {
    const found = await opening.session.certificateImport().place(signal);
    expect(found.ok ? '' : renderText(found.reason)).toContain('Key Vault Certificates Officer');
    await opening.session.refresh(signal);
    const { changes } = opening.session.planFor([RIGHT]);
    expect((await opening.session.apply(changes, { signal, acceptLosingAccess: false })).outcome).toBe('succeeded');
  });

  it('is not taken with a wrong password, which is in no error', async () => {
    const importing = opening.session.certificateImport();
    const place = await placeOf(importing);
    expect(place).toMatchObject({ name: 'bought', host: 'api.contoso.com', present: undefined });
    const failed = await importing
      .import(place, { ...supplied, password: 'wrong horse' }, signal)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AzureError);
    expect(failed).toMatchObject({ code: 'BadParameter', status: 400 });
    expect(JSON.stringify(failed) + String(failed)).not.toContain('horse');
    expect((await placeOf(importing)).present).toBeUndefined();
  });

  it('is adopted by its step, which has nothing left to plan, and by the gateway', async () => {
    const { session } = opening;
    const importing = session.certificateImport();
    const facts = await importing.import(await placeOf(importing), supplied, signal);
    expect(facts).toEqual({
      subject: 'CN=api.contoso.com, O=Contoso',
      issuer: 'CN=Contoso Authority, O=Contoso',
      names: ['api.contoso.com', '*.contoso.net'],
      expires: '2126-10-29',
    });
    await session.refresh(signal);
    expect(statuses(session)[CERTIFICATE]).toBe('compliant');
    expect(session.state.plan.changes.filter(({ step }) => step === CERTIFICATE)).toEqual([]);
    await applyAll(session);
    expectAllCompliant(session);
    expect((await placeOf(importing)).present).toEqual(facts);
  });

  it('leaves nothing secret in journals, sessions, the sandbox or its record', async () => {
    const runs = await Promise.all((await opening.journal.list()).map((id) => opening.journal.read(id)));
    expect(runs.length).toBeGreaterThan(1);
    expectNoSecret(JSON.stringify([runs, opening.session.state, exchanges, await opening.state()]));
  });
});

describe('ringfence import-certificate', () => {
  let sandbox: ServedSandbox;
  let folder: string;
  let file: string;
  const results: CliResult[] = [];

  async function cli(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
    const options = ['--scenario', 'api-gateway', '--state', join(folder, 'state'), ...sandbox.options];
    const result = await runCli([...command, ...options], { ...sandbox.env, ...env });
    results.push(result);
    return result;
  }
  const bring = (password: string | undefined, ...more: readonly string[]): Promise<CliResult> =>
    cli(['import-certificate', file, ...more], password === undefined ? {} : { RINGFENCE_PFX_PASSWORD: password });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringfence-certificate-'));
    file = join(folder, 'api.pfx');
    await writeFile(file, Buffer.from(SUPPLIED_PFX, 'base64'));
    sandbox = await serveSandbox('--record', join(folder, 'record.jsonl'));
  });
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('says which role is missing, and imports nothing', async () => {
    const { code, stderr } = await bring(PFX_PASSWORD);
    expect([code, stderr]).toEqual([3, expect.stringContaining('Key Vault Certificates Officer')]);
    expect((await cli(['apply', '--step', RIGHT, '--yes'])).code).toBe(0);
  });

  it('has to be told the password where nobody can be asked, and does not take a wrong one', async () => {
    let untold = await bring(undefined);
    for (let tries = 0; tries < 10 && !untold.stderr.includes('RINGFENCE_PFX'); tries += 1) {
      untold = await bring(undefined);
    }
    expect([untold.code, untold.stderr]).toEqual([2, expect.stringContaining('RINGFENCE_PFX_PASSWORD')]);
    const wrong = await bring('wrong horse');
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([2, '', expect.stringContaining('password is wrong')]);
  });

  it('prints what the vault has then, and whether it is for the name of the gateway', async () => {
    const { code, stdout, stderr } = await bring(PFX_PASSWORD);
    expect([code, stderr]).toEqual([0, expect.stringContaining('It is not for')]);
    expect(stdout).toBe(
      'contoso-kv has the certificate ringfence-gateway now: CN=api.contoso.com, O=Contoso, for api.contoso.com, *.contoso.net, issued by CN=Contoso Authority, O=Contoso, until 2126-10-29.\n',
    );
  });

  it('asks before it puts a new version in front of another', async () => {
    const unasked = await bring(PFX_PASSWORD);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('has the certificate')]);
    const { code, stdout } = await bring(PFX_PASSWORD, '--yes', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'ringfence.certificate/1',
      vault: 'contoso-kv',
      name: 'ringfence-gateway',
      expires: '2126-10-29',
      fits: false,
    });
  });

  it('does not begin with a file that is not there', async () => {
    expect((await cli(['import-certificate', join(folder, 'none.pfx')])).code).toBe(2);
  });

  it('has shown and kept nothing secret', async () => {
    const kept = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && !entry.name.endsWith('.pfx'),
    );
    expect(kept.length).toBeGreaterThan(1);
    const contents = await Promise.all(kept.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
    expectNoSecret([...contents, ...results.map(({ stdout, stderr }) => stdout + stderr)].join('\n'));
  });
});
