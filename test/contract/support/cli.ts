import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const cli = resolve('dist', 'cli.js');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: run `npm run build` first.');
  return spawn(process.execPath, [cli, ...args], { env: { ...process.env, NO_COLOR: '1', ...env } });
}

/** Runs the built command line to its end. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  const child = startCli(args, env);
  child.stdin.end();
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...output };
}

/** A sandbox in a process of its own, as `ringfence sandbox` serves it. */
export interface ServedSandbox {
  readonly endpoint: string;
  readonly token: string;
  /** Options and environment that other commands reach it with. */
  readonly options: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

export async function serveSandbox(...args: readonly string[]): Promise<ServedSandbox> {
  const child = startCli(['sandbox', '--port', '0', ...args]);
  const line = await new Promise<string>((done, fail) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')));
    });
    child.on('close', (code) => fail(new Error(`the sandbox ended with ${code}`)));
  });
  const { endpoint, token } = JSON.parse(line) as { endpoint: string; token: string };
  return {
    endpoint,
    token,
    options: ['--sandbox', endpoint],
    env: { RINGFENCE_SANDBOX_TOKEN: token },
    stop: async () => {
      const closed = new Promise((done) => child.once('close', done));
      child.kill('SIGTERM');
      await closed;
    },
  };
}
