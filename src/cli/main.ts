import { setMaxListeners } from 'node:events';
import { Argument, Command, CommanderError, InvalidArgumentError } from 'commander';
import { abandon } from './commands/abandon';
import { apply, type ApplyOptions } from './commands/apply';
import { check, type CheckOptions } from './commands/check';
import { importCertificate, type ImportCertificateOptions } from './commands/importCertificate';
import type { RunOptions } from './commands/makeRun';
import { plan } from './commands/plan';
import { resume } from './commands/resume';
import { runs } from './commands/runs';
import { sandbox, type SandboxOptions } from './commands/sandbox';
import {
  snippetsFilter,
  snippetsHosts,
  snippetsRequest,
  snippetsVpnClient,
  type FilterOptions,
  type HostsOptions,
  type VpnClientOptions,
} from './commands/snippets';
import { PreflightRefusal } from '../core/preflight/report';
import { KEYED_ROLES, PROOFS, type KeyedRole } from '../core/setup/setup';
import { rotateKey, type RotateKeyOptions } from './commands/rotateKey';
import { undo, type UndoOptions } from './commands/undo';
import { verify } from './commands/verify';
import { EXIT, UsageError, type ExitCode } from './exitCode';
import { positiveNumber, withRuns, withTarget, type TargetOptions } from './options';
import { processOutput } from './output';

/** The command line: `docs/cli.md` describes it. Results on stdout, words on stderr, documented exit codes. */
const output = processOutput();
const interrupt = new AbortController();
// Every change in flight listens, and so does every request of it.
setMaxListeners(0, interrupt.signal);

/** Runs a command and leaves with its exit code; what it throws becomes a sentence. */
async function run(command: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    for (const line of messageOf(error).split('\n')) output.words(line);
  }
}

function exitCodeOf(error: unknown): ExitCode {
  if (interrupt.signal.aborted) return EXIT.interrupted;
  if (error instanceof UsageError) return EXIT.usage;
  if (PreflightRefusal.is(error)) return EXIT.findings;
  return EXIT.unknown;
}

function messageOf(error: unknown): string {
  if (interrupt.signal.aborted) return 'Interrupted.';
  return error instanceof Error ? error.message : String(error);
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError('It must be a port number, or 0 for any.');
  return port;
}

function seedNumber(value: string): number {
  const seed = Number(value);
  if (value.trim() === '' || !Number.isSafeInteger(seed)) throw new InvalidArgumentError('It must be a whole number.');
  return seed;
}

function likelihood(value: string): number {
  const rate = Number(value);
  if (value.trim() === '' || !(rate >= 0 && rate <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return rate;
}

function program(): Command {
  const { signal } = interrupt;
  const ringfence = new Command('ringfence')
    .description('Put a fence around an Azure OpenAI deployment, and prove that it stands.')
    .version(VERSION)
    .exitOverride();

  withTarget(ringfence.command('check').description('Judge every step; change nothing.'))
    .option('--resources <file>', 'judge exported Azure resources in this file, offline')
    .action((options: CheckOptions) => run(() => check(options, output, signal)));
  withTarget(ringfence.command('plan').description('Show what apply would change.')).action((options: TargetOptions) =>
    run(() => plan(options, output, signal)),
  );
  addRuns(ringfence, signal);
  withTarget(
    ringfence.command('verify').description('Measure that the private path answers and the public one does not.'),
  ).action((options: TargetOptions) => run(() => verify(options, output, signal)));

  addRotateKey(ringfence, signal);
  addImportCertificate(ringfence, signal);
  addSnippets(ringfence, signal);

  ringfence
    .command('sandbox')
    .description('Serve the embedded Azure until stopped.')
    .option('--world <name>', 'what there is in it', 'exposed')
    .option('--port <number>', 'port on 127.0.0.1; 0 for any', portNumber, 0)
    .option('--speed <factor>', 'how much faster than life; as fast as it is asked where left out', positiveNumber)
    .option('--record <file>', 'write every HTTP exchange to this file, a JSON object a line')
    .option('--faults <seed>', 'let things go wrong, the same ones for the same seed', seedNumber)
    .option('--fault-rate <rate>', 'how likely a request meets a fault, from 0 to 1; 0.05 where left out', likelihood)
    .action((options: SandboxOptions) => run(() => sandbox(options, output, signal)));
  return ringfence;
}

function addRuns(ringfence: Command, signal: AbortSignal): void {
  withInsistence(withTarget(ringfence.command('apply').description('Make the changes of the plan.')))
    .option(...ACCEPT_LOSING_ACCESS)
    .option('--step <id...>', 'only these steps, with what they need first')
    .action((options: ApplyOptions) => run(() => apply(options, output, signal)));
  withRuns(ringfence.command('runs').description('List past runs, and what can be done with each.')).action(
    (options: TargetOptions) => run(() => runs(options, output)),
  );
  withInsistence(
    withTarget(
      ringfence.command('resume').description('Continue a run that was interrupted: the last one, or the one named.'),
    ),
  )
    .argument('[run]', 'run id')
    .option(...ACCEPT_LOSING_ACCESS)
    .action((runId: string | undefined, options: RunOptions) => run(() => resume(runId, options, output, signal)));
  withInsistence(withTarget(ringfence.command('undo').description('Take a run back: the last one, or the one named.')))
    .argument('[run]', 'run id')
    .option('--step <id...>', 'only these steps, with what was made on the strength of them')
    .action((runId: string | undefined, options: UndoOptions) => run(() => undo(runId, options, output, signal)));
  withTarget(ringfence.command('abandon').description('Give up a run that was interrupted; what it has done stays.'))
    .argument('[run]', 'run id')
    .action((runId: string | undefined, options: TargetOptions) => run(() => abandon(runId, options, output, signal)));
}

const ACCEPT_LOSING_ACCESS = [
  '--accept-losing-access',
  'close the public way in even if this machine does not reach the private one',
] as const;

/** What every command has that makes a run. */
function withInsistence(command: Command): Command {
  return command
    .option('--yes', 'do not ask')
    .option('--despite-preflight', 'begin though the preflight found something that blocks')
    .option('--take-over', 'begin though another run seems to be under way');
}

function addRotateKey(ringfence: Command, signal: AbortSignal): void {
  withTarget(ringfence.command('rotate-key').description('Replace a key that is still accepted; no key is shown.'))
    .addArgument(new Argument('<service>', 'whose key').choices(KEYED_ROLES))
    .option('--in-use <key>', 'the key that the callers use now, where no setting of the web app shows it')
    .option('--moved-to <key>', 'the callers use this key by now: make the other one anew as well')
    .option('--query-key <name>', 'a key of AI Search that may only query; “default” for the one without a name')
    .option('--yes', 'do not ask')
    .action((role: KeyedRole, options: RotateKeyOptions) => run(() => rotateKey(role, options, output, signal)));
}

function addImportCertificate(ringfence: Command, signal: AbortSignal): void {
  withTarget(
    ringfence.command('import-certificate').description('Put a certificate for the gateway into the key vault.'),
  )
    .argument('<file>', 'a PFX file; its password goes into RINGFENCE_PFX_PASSWORD, or is asked for')
    .option('--yes', 'do not ask')
    .action((file: string, options: ImportCertificateOptions) =>
      run(() => importCertificate(file, options, output, signal)),
    );
}

function addSnippets(ringfence: Command, signal: AbortSignal): void {
  const snippets = ringfence.command('snippets').description('Print pieces for the last mile.');
  withTarget(snippets.command('hosts').description('The block for the hosts file.'))
    .option('--platform <system>', 'windows, macos or linux')
    .action((options: HostsOptions) => run(() => snippetsHosts(options, output, signal)));
  withTarget(snippets.command('filter').description('The filter for questions about documents that are only for some.'))
    .option('--group <id...>', 'object ids of the groups of whoever asks')
    .action((options: FilterOptions) => run(() => snippetsFilter(options, output, signal)));
  for (const proof of PROOFS) {
    withTarget(snippets.command(proof).description(`A call that proves ${proof}, as a shell script.`)).action(
      (options: TargetOptions) => run(() => snippetsRequest(proof, options, output, signal)),
    );
  }
  withTarget(snippets.command('vpn-client').description('Download the package for VPN clients.'))
    .requiredOption('--out <file>', 'where to save the zip; it must not exist yet')
    .action((options: VpnClientOptions) => run(() => snippetsVpnClient(options, output, signal)));
}

/** Put in by the build from package.json. */
declare const VERSION: string;

/** The first time, what is going on comes to its end; the second time, nothing is waited for. */
function stop(): void {
  if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
  interrupt.abort();
}
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop);

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

// Whoever reads the output may have seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void main();
