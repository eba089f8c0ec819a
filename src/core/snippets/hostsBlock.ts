import { isPrivateIpv4 } from '../setup/addresses';
import type { PrivateHost } from '../steps/privateLink';
import { text, type Text } from '../text';

/** Operating systems whose hosts file Ringfence knows. */
export type HostsPlatform = 'windows' | 'macos' | 'linux';

/** Where the file is and how a change to it takes effect. Source: on-your-data.fr, “Configurer la passerelle et le client”. */
export interface HostsFileFacts {
  readonly path: string;
  readonly lineEnd: string;
  readonly flushCommand: string;
}

export const HOSTS_FILES: Readonly<Record<HostsPlatform, HostsFileFacts>> = {
  windows: {
    path: 'C:\\Windows\\System32\\drivers\\etc\\hosts',
    lineEnd: '\r\n',
    flushCommand: 'ipconfig /flushdns',
  },
  macos: {
    path: '/etc/hosts',
    lineEnd: '\n',
    flushCommand: 'sudo dscacheutil -flushcache && sudo killall -HUP mDNSResponder',
  },
  linux: { path: '/etc/hosts', lineEnd: '\n', flushCommand: 'sudo resolvectl flush-caches' },
};

export type HostsBlockResult =
  { readonly ok: true; readonly lines: readonly string[] } | { readonly ok: false; readonly problem: Text };

/**
 * The lines for the hosts file, between marks by which a later block replaces this one.
 * Refuses whatever could do harm there: an address that is not private, a name that is not plain, a `privatelink` name
 * (no certificate is for those), one name with two addresses.
 */
export function hostsBlock(setupName: string, hosts: readonly PrivateHost[]): HostsBlockResult {
  const byName = new Map<string, string>();
  for (const { host, address } of hosts) {
    const name = host.toLowerCase();
    if (!isPlainHostName(name))
      return { ok: false, problem: text('“{0}” is not a host name, so nothing was written.', host) };
    if (!isPrivateIpv4(address)) {
      return {
        ok: false,
        problem: text('{0} is not a private address, so {1} must not be pinned to it.', address, host),
      };
    }
    if (/(^|\.)privatelink\./.test(name)) continue;
    const other = byName.get(name);
    if (other !== undefined && other !== address) {
      return {
        ok: false,
        problem: text('{0} has two private addresses, {1} and {2}: use DNS instead.', host, other, address),
      };
    }
    byName.set(name, address);
  }
  if (byName.size === 0) return { ok: false, problem: text('There is no private endpoint with an address yet.') };
  const entries = [...byName].map(([name, address]) => `${address} ${name}`).sort();
  return { ok: true, lines: [beginMark(setupName), ...entries, endMark(setupName)] };
}

/**
 * The hosts file with the block in it: in the place of the setup's former block, else at the end. Everything else stays
 * byte for byte. Undefined where an opening mark has no end of its own, because then nobody can tell what is ours.
 */
export function withHostsBlock(
  content: string,
  setupName: string,
  lines: readonly string[],
  lineEnd: string,
): string | undefined {
  const kept = content.split(/(?<=\n)/);
  const isMark = (line: string, mark: string): boolean => line.trim() === mark;
  const first = kept.findIndex((line) => isMark(line, beginMark(setupName)));
  const block = lines.map((line) => `${line}${lineEnd}`).join('');
  if (first < 0) return `${content}${content === '' || content.endsWith('\n') ? '' : lineEnd}${block}`;
  const next = kept.findIndex((line, index) => index > first && isAnyMark(line));
  const last = kept.findIndex((line, index) => index > first && isMark(line, endMark(setupName)));
  if (last < 0 || next < last) return undefined;
  return [...kept.slice(0, first), block, ...kept.slice(last + 1)].join('');
}

/** Names of machines as RFC 1123 has them; anything else could be more than a name in a file or a shell. */
export function isPlainHostName(name: string): boolean {
  return name.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/.test(name);
}

const BEGIN = '# BEGIN ringfence';
const END = '# END ringfence';

function beginMark(setupName: string): string {
  return `${BEGIN} ${markName(setupName)}`;
}

function endMark(setupName: string): string {
  return `${END} ${markName(setupName)}`;
}

function isAnyMark(line: string): boolean {
  return line.trim().startsWith(BEGIN) || line.trim().startsWith(END);
}

/** A setup's name is free text: in a mark it is plain ASCII on one line, and no two names are the same there. */
function markName(setupName: string): string {
  return setupName.replace(/[^A-Za-z0-9._-]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return code.length === 2 ? `%${code}` : `%u${code.padStart(4, '0')}`;
  });
}
