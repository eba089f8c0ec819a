import { writeFile } from 'node:fs/promises';
import type { ProofId } from '../../core/setup/setup';
import { documentFilter } from '../../core/snippets/documentFilter';
import { onYourDataRequest } from '../../core/snippets/onYourData';
import type { Snippet } from '../../core/snippets/snippet';
import { HOSTS_FILES, hostsBlock, type HostsPlatform } from '../../core/snippets/hostsBlock';
import { EXIT, UnknownError, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import { printable, type Output } from '../output';
import { openSession } from '../session';

export interface HostsOptions extends TargetOptions {
  readonly platform?: HostsPlatform;
}

/** `ringfence snippets hosts`: the block for the hosts file on stdout; where it goes, on stderr. Writes no file. */
export async function snippetsHosts(options: HostsOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { session, close } = await openSession(options, output, signal);
  try {
    await session.refresh(signal);
    const block = hostsBlock(session.state.setup.name, session.privateHosts());
    if (!block.ok) throw new UnknownError(output.localize(block.problem));
    const facts = HOSTS_FILES[options.platform ?? thisPlatform()];
    if (options.format === 'json') {
      output.result(
        JSON.stringify({ schema: 'ringfence.hosts/1', path: facts.path, lines: block.lines }, undefined, 2),
      );
    } else {
      for (const line of block.lines) output.result(line);
    }
    output.words(`Goes into ${facts.path}, which needs an administrator. Then run: ${facts.flushCommand}`);
    return EXIT.ok;
  } finally {
    await close();
  }
}

export interface FilterOptions extends TargetOptions {
  readonly group?: readonly string[];
}

/** `ringfence snippets filter`: the filter that goes with every question about documents that are only for some. */
export async function snippetsFilter(options: FilterOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { session, close } = await openSession(options, output, signal);
  try {
    return print(documentFilter(session.state.setup.options.documentAccess, options.group), output);
  } finally {
    await close();
  }
}

/** `ringfence snippets ingestion` and `inference`: a call to the feature, as a shell script that uses the Azure CLI. */
export async function snippetsRequest(
  proof: ProofId,
  options: TargetOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { session, close } = await openSession(options, output, signal);
  try {
    await session.refresh(signal);
    return print(onYourDataRequest(proof, session.state.setup, session.state.snapshot), output);
  } finally {
    await close();
  }
}

function print(snippet: Snippet, output: Output): ExitCode {
  if (!snippet.ok) throw new UnknownError(output.localize(snippet.problem));
  output.result(snippet.content.trimEnd());
  return EXIT.ok;
}

export interface VpnClientOptions extends TargetOptions {
  readonly out: string;
}

/**
 * `ringfence snippets vpn-client`: downloads the package for VPN clients. The profile in it holds a secret of the gateway,
 * so nobody but its owner may read the file.
 */
export async function snippetsVpnClient(
  options: VpnClientOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { session, close } = await openSession(options, output, signal);
  try {
    await session.refresh(signal);
    const onStatus = (status: string): void => output.words(`Azure: ${printable(status)}`);
    const response = await fetch(await session.vpnClientPackage({ signal, onStatus }), { signal });
    if (!response.ok) throw new UnknownError(`The package could not be downloaded: ${String(response.status)}`);
    await writeFile(options.out, Buffer.from(await response.arrayBuffer()), { mode: 0o600, flag: 'wx' });
    output.words(`Saved. Unzip ${printable(options.out)} and import AzureVPN/azurevpnconfig.xml in Azure VPN Client.`);
    output.words('It holds a secret of the gateway: do not commit it, and do not send it by mail.');
    return EXIT.ok;
  } finally {
    await close();
  }
}

function thisPlatform(): HostsPlatform {
  if (process.platform === 'win32') return 'windows';
  return process.platform === 'darwin' ? 'macos' : 'linux';
}
