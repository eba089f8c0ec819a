import { constants } from 'node:fs';
import { access, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOSTS_FILES, hostsBlock, withHostsBlock, type HostsPlatform } from '../../core/snippets/hostsBlock';
import type { PrivateHost } from '../../core/steps/privateLink';
import { text, type Text } from '../../core/text';
import { ELEVATION_FILES, elevatedScript, elevationCommand } from './elevation';

export type HostsText =
  { readonly ok: true; readonly content: string } | { readonly ok: false; readonly problem: Text };

/** The block as it goes to the clipboard. */
export function hostsBlockText(setupName: string, hosts: readonly PrivateHost[], platform: HostsPlatform): HostsText {
  const block = hostsBlock(setupName, hosts);
  if (!block.ok) return block;
  const { lineEnd } = HOSTS_FILES[platform];
  return { ok: true, content: block.lines.map((line) => `${line}${lineEnd}`).join('') };
}

/** The whole hosts file with the block in it. */
export function hostsFileWithBlock(
  present: string,
  setupName: string,
  hosts: readonly PrivateHost[],
  platform: HostsPlatform,
): HostsText {
  const block = hostsBlock(setupName, hosts);
  if (!block.ok) return block;
  const content = withHostsBlock(present, setupName, block.lines, HOSTS_FILES[platform].lineEnd);
  if (content !== undefined) return { ok: true, content };
  const problem = text(
    'A former Ringfence block in the hosts file has no end, so nobody can tell what belongs to it. Remove it by hand.',
  );
  return { ok: false, problem };
}

/** The platform of this machine; anything that is neither Windows nor macOS keeps its hosts file where Linux does. */
export function hostsPlatform(platform: NodeJS.Platform = process.platform): HostsPlatform {
  if (platform === 'win32') return 'windows';
  return platform === 'darwin' ? 'macos' : 'linux';
}

export async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Writes the file if it still is what was shown. @returns whether it was. */
export async function writeIfUnchanged(path: string, before: string, after: string): Promise<boolean> {
  if ((await readFile(path, 'utf8')) !== before) return false;
  await writeFile(path, after);
  return true;
}

/** Lays out what an elevated copy needs, and gives the command line that does it. */
export async function prepareElevation(before: string, after: string, platform: HostsPlatform): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-hosts-'));
  const script = elevatedScript(platform);
  const scriptPath = join(folder, script.fileName);
  await writeFile(join(folder, ELEVATION_FILES.before), before, { mode: 0o600 });
  await writeFile(join(folder, ELEVATION_FILES.after), after, { mode: 0o600 });
  await writeFile(scriptPath, script.content, { mode: 0o700 });
  return elevationCommand(platform, scriptPath);
}
