import type { HostsPlatform } from '../../core/snippets/hostsBlock';

/** Names of the files that an elevated copy works with, side by side in one folder that only the user can read. */
export const ELEVATION_FILES = { before: 'hosts.before', after: 'hosts.after' } as const;

export interface ElevatedScript {
  readonly fileName: string;
  readonly content: string;
}

const SHELL_SCRIPT = `#!/bin/sh
# Puts the new hosts file in place, unless the old one has changed since it was shown.
set -eu
folder=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if cmp -s -- "$folder/hosts.before" /etc/hosts; then
  cat -- "$folder/hosts.after" > /etc/hosts
  echo 'The hosts file is written.'
else
  echo 'The hosts file has changed meanwhile, so nothing was written.' >&2
  exit 1
fi
`;

const POWERSHELL_SCRIPT = `# Puts the new hosts file in place, unless the old one has changed since it was shown.
$ErrorActionPreference = 'Stop'
$hosts = Join-Path $env:SystemRoot 'System32\\drivers\\etc\\hosts'
$before = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'hosts.before'))
if ([IO.File]::ReadAllText($hosts) -cne $before) {
  Write-Error 'The hosts file has changed meanwhile, so nothing was written.'
  exit 1
}
[IO.File]::WriteAllBytes($hosts, [IO.File]::ReadAllBytes((Join-Path $PSScriptRoot 'hosts.after')))
Write-Output 'The hosts file is written.'
`;

/** The script that is run with elevation. It is the same for everybody: what it writes lies beside it. */
export function elevatedScript(platform: HostsPlatform): ElevatedScript {
  return platform === 'windows'
    ? { fileName: 'apply.ps1', content: POWERSHELL_SCRIPT }
    : { fileName: 'apply.sh', content: SHELL_SCRIPT };
}

/**
 * The command line that runs the script with elevation. Only the script's path is in it, quoted so that whatever a
 * folder is called, it stays one word.
 */
export function elevationCommand(platform: HostsPlatform, scriptPath: string): string {
  if (platform !== 'windows') return `sudo sh -- ${quoteForShell(scriptPath)}`;
  const script = quoteForPowerShell(`"${scriptPath}"`);
  return `Start-Process powershell.exe -Verb RunAs -ArgumentList '-NoProfile','-ExecutionPolicy','Bypass','-NoExit','-File',${script}`;
}

/** One word for any POSIX shell. */
export function quoteForShell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** One string literal for PowerShell, whose curly quotation marks end a string as well. */
export function quoteForPowerShell(word: string): string {
  return `'${word.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** The shell that understands the command line. */
export function shellFor(platform: HostsPlatform): string {
  return platform === 'windows' ? 'powershell.exe' : '/bin/sh';
}
