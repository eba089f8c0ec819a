import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  elevatedScript,
  elevationCommand,
  quoteForPowerShell,
  quoteForShell,
} from '../../../src/vscode/hosts/elevation';
import {
  hostsBlockText,
  hostsFileWithBlock,
  hostsPlatform,
  prepareElevation,
  writeIfUnchanged,
} from '../../../src/vscode/hosts/hostsFile';

const HOSTS = [{ host: 'contoso.openai.azure.com', address: '10.3.1.4' }];
const HOSTILE = `a'b "c" $(touch pwned) \`touch pwned\` ;&|\n’x`;

describe('the hosts file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringfence-hosts-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gets the line ends of its own system', () => {
    const windows = hostsBlockText('contoso', HOSTS, 'windows');
    expect(windows.ok && windows.content).toMatch(
      /^# BEGIN ringfence contoso\r\n10\.3\.1\.4 contoso\.openai\.azure\.com\r\n/,
    );
    const linux = hostsBlockText('contoso', HOSTS, 'linux');
    expect(linux.ok && linux.content).not.toContain('\r');
  });

  it('is left alone where a former block has no end', () => {
    const result = hostsFileWithBlock('# BEGIN ringfence contoso\n10.0.0.1 x\n', 'contoso', HOSTS, 'linux');
    expect(result.ok).toBe(false);
  });

  it('is written only if it still is what was shown', async () => {
    const file = path.join(folder, 'hosts');
    writeFileSync(file, 'before');
    expect(await writeIfUnchanged(file, 'before', 'after')).toBe(true);
    expect(await writeIfUnchanged(file, 'before', 'later')).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('after');
  });

  it('is where each system keeps it', () => {
    expect(['win32', 'darwin', 'linux', 'freebsd'].map((name) => hostsPlatform(name as NodeJS.Platform))).toEqual([
      'windows',
      'macos',
      'linux',
      'linux',
    ]);
  });
});

describe('writing it with elevation', () => {
  it('puts nothing but the script’s path on the command line, and that as one word', () => {
    const echoed = execFileSync('/bin/sh', ['-c', `printf '%s' ${quoteForShell(HOSTILE)}`], { encoding: 'utf8' });
    expect(echoed).toBe(HOSTILE);
    expect(elevationCommand('linux', '/tmp/it’s here/apply.sh')).toBe("sudo sh -- '/tmp/it’s here/apply.sh'");
  });

  it('doubles every quotation mark that PowerShell takes for one', () => {
    expect(quoteForPowerShell(`a'b’c`)).toBe(`'a''b’’c'`);
    expect(elevationCommand('windows', `C:\\Users\\O'Hara\\apply.ps1`)).toContain(`'"C:\\Users\\O''Hara\\apply.ps1"'`);
  });

  it('lays the content out beside the script, for the user alone', async () => {
    const command = await prepareElevation('before', 'after', 'linux');
    const script = command.replace(/^sudo sh -- '(.*)'$/, '$1');
    const folder = path.dirname(script);
    expect(readFileSync(path.join(folder, 'hosts.before'), 'utf8')).toBe('before');
    expect(readFileSync(path.join(folder, 'hosts.after'), 'utf8')).toBe('after');
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(command).not.toContain('after');
    rmSync(folder, { recursive: true });
  });

  it('writes what was shown, and nothing where the file has changed meanwhile', () => {
    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'ringfence-elevated-')), `it's "odd" $(here)`);
    const hosts = path.join(folder, 'etc-hosts');
    mkdirSync(folder);
    // The script as it is, but for another file than the system's.
    const script = elevatedScript('linux').content.replaceAll('/etc/hosts', '"$folder/etc-hosts"');
    writeFileSync(path.join(folder, 'apply.sh'), script);
    writeFileSync(path.join(folder, 'hosts.before'), 'before\n');
    writeFileSync(path.join(folder, 'hosts.after'), 'after\n');
    const run = () => spawnSync('/bin/sh', ['--', path.join(folder, 'apply.sh')], { encoding: 'utf8' });
    writeFileSync(hosts, 'before\n');
    expect(run().status).toBe(0);
    expect(readFileSync(hosts, 'utf8')).toBe('after\n');
    writeFileSync(hosts, 'somebody else\n');
    expect(run().status).toBe(1);
    expect(readFileSync(hosts, 'utf8')).toBe('somebody else\n');
    rmSync(path.dirname(folder), { recursive: true });
  });
});
