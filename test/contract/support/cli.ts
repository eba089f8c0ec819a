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
function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: run `npm run build` first.');
  return spawn(process.execPath, [cli, ...args], { env: { ...process.env, NO_COLOR: '1', ...env } });
}

/** Runs the built command line to its end. */
export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return new RunningCli(args, env).ended;
}

/** The built command line while it runs. */
export class RunningCli {
  readonly ended: Promise<CliResult>;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly output = { stdout: '', stderr: '' };

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.child = startCli(args, env);
    this.child.stdin.end();
    for (const stream of ['stdout', 'stderr'] as const) {
      this.child[stream].on('data', (chunk: Buffer) => (this.output[stream] += chunk.toString()));
    }
    this.ended = new Promise((done) => this.child.once('close', (code) => done({ code, ...this.output })));
  }

  /** Waits until it has said something that fits. @throws where it ends without that. */
  async said(words: RegExp): Promise<void> {
    const fits = (): boolean => words.test(this.output.stdout) || words.test(this.output.stderr);
    await new Promise<void>((done, fail) => {
      const look = (): void => void (fits() && done());
      this.child.stdout.on('data', look);
      this.child.stderr.on('data', look);
      look();
      void this.ended.then(({ code }) => (fits() ? done() : fail(new Error(`it ended with ${code} before ${words}`))));
    });
  }

  signal(name: 'SIGINT' | 'SIGKILL'): void {
    this.child.kill(name);
  }
}

/** A sandbox in a process of its own, as `ringfence sandbox` serves it. */
export interface ServedSandbox {
  readonly endpoint: string;
  readonly token: string;
  /** Options and environment that other commands reach it with. */
  readonly options: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Answers nothing until it is thawed. */
  freeze(): void;
  thaw(): void;
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
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      const closed = new Promise((done) => child.once('close', done));
      child.kill('SIGTERM');
      child.kill('SIGCONT');
      await closed;
    },
  };
}
