// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Uses only what Node brings along: these functions run before anything is installed. */

export const repo = path.resolve(fileURLToPath(import.meta.url), '..', '..', '..');
const isWindows = process.platform === 'win32';

/**
 * Runs a command to its end, with its output on this terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {number} its exit code
 */
export function run(command, args, options = {}) {
  const shell = isWindows && command === 'npm';
  const result = spawnSync(command, args, { cwd: repo, stdio: 'inherit', shell, ...options });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/**
 * Runs commands beside each other to their ends, with their output on this terminal.
 * @param {readonly (readonly [command: string, args: readonly string[]])[]} commands
 * @returns {Promise<readonly number[]>} their exit codes
 */
export function runTogether(commands) {
  return Promise.all(
    commands.map(
      ([command, args]) =>
        /** @type {Promise<number>} */ (
          new Promise((resolve, reject) => {
            const child = spawn(command, args, { cwd: repo, stdio: 'inherit', shell: isWindows && command === 'npm' });
            child.once('error', reject);
            child.once('exit', (code) => resolve(code ?? 1));
          })
        ),
    ),
  );
}

/**
 * As `run`, but a failure ends this program with what it was about.
 * @param {string} what
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function mustRun(what, command, args, options) {
  if (run(command, args, options) !== 0) throw new Error(`${what} failed.`);
}

/** Installs the packages that package-lock.json names, unless they are there. */
export function installPackages() {
  const lock = path.join(repo, 'package-lock.json');
  const installed = path.join(repo, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages…');
  mustRun('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/**
 * Ends a process that was started with `detached`, and whatever it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (isWindows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, signal);
  } catch {
    // Nothing of it is left.
  }
}

/**
 * Asks a process group to end, and makes it.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function endGroup(child) {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const late = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  }
  // What it started can outlive it.
  signalGroup(child, 'SIGKILL');
}

/**
 * Starts a process and waits for a line of its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ wait: RegExp, env?: NodeJS.ProcessEnv, what: string, milliseconds?: number }} options
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, match: RegExpExecArray }>}
 */
export function startAndWait(command, args, { wait, env, what, milliseconds = 60_000 }) {
  const child = spawn(command, args, {
    cwd: repo,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !isWindows,
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = () => {
      signalGroup(child, 'SIGKILL');
      reject(new Error(`${what} did not start:\n${output}`));
    };
    const timer = setTimeout(fail, milliseconds);
    child.once('error', reject);
    child.once('exit', fail);
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      const match = wait.exec(output);
      if (!match) return;
      clearTimeout(timer);
      child.removeListener('exit', fail);
      resolve({ child, match });
    });
  });
}
