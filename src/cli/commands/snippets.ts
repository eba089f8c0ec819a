import { HOSTS_FILES, hostsBlock, type HostsPlatform } from '../../core/snippets/hostsBlock';
import { EXIT, UnknownError, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
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

function thisPlatform(): HostsPlatform {
  if (process.platform === 'win32') return 'windows';
  return process.platform === 'darwin' ? 'macos' : 'linux';
}
