// @ts-check
/**
 * `npm start`: the main job on the sandbox, from nothing. Installs and builds, starts the sandbox, prints the checklist,
 * and opens the wizard: in VS Code desktop where there is one, otherwise in VS Code's server, at an address that it
 * prints. Ctrl+C ends all of it.
 *
 *     npm start [-- --port N] [--world NAME] [--browser]
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { endGroup, installPackages, mustRun, repo, run } from './lib/run.mjs';
import { startSandboxProcess } from './lib/sandbox.mjs';
import { startServer } from './lib/vscodeServer.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '' },
    world: { type: 'string', default: 'exposed' },
    browser: { type: 'boolean', default: false },
  },
});
const port = Number(values.port || 0);
if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port must be a port number.');

/** @type {(() => Promise<void>)[]} */
const cleanups = [];

/** @param {number} code */
async function stop(code) {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  process.exit(code);
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  void stop(1);
});

async function main() {
  installPackages();
  mustRun('The build', process.execPath, ['esbuild.mjs']);
  const sandbox = await startSandboxProcess({ world: values.world });
  cleanups.push(sandbox.stop);
  const folder = workspaceFor(sandbox.subscriptionId);
  console.log(`\nThe checklist of the sandbox (${values.world}):\n`);
  run(process.execPath, ['dist/cli.js', 'check', '--sandbox', sandbox.endpoint, '--scenario', 'private-access'], {
    env: { ...process.env, ...sandbox.env },
  });
  const desktop = values.browser || values.port ? undefined : findDesktop();
  if (desktop) await openDesktop(desktop, folder, sandbox.env);
  else await openBrowser(folder, sandbox.env);
}

/**
 * A folder with a setup for the sandbox, in which nothing is decided but where to look.
 * @param {string} subscription
 */
function workspaceFor(subscription) {
  const folder = path.join(repo, '.vscode-test', 'try');
  mkdirSync(folder, { recursive: true });
  const setup = { version: 1, name: 'ringfence', subscription, scenarios: ['private-access'] };
  writeFileSync(path.join(folder, 'ringfence.json'), `${JSON.stringify(setup, undefined, 2)}\n`);
  return folder;
}

/** VS Code desktop, where there is one and something to show it on. */
function findDesktop() {
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  if (process.platform === 'linux' && !display) return undefined;
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  const found = spawnSync('code', ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' });
  return found.status === 0 ? 'code' : undefined;
}

/**
 * @param {string} executable
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} env
 */
async function openDesktop(executable, folder, env) {
  console.log('\nOpening the wizard in VS Code. Close its window or press Ctrl+C to end.');
  const profile = path.join(repo, '.vscode-test', 'desktop');
  const args = ['--new-window', '--wait', '--disable-workspace-trust', `--user-data-dir=${profile}`];
  const child = spawn(executable, [...args, `--extensionDevelopmentPath=${repo}`, folder], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32',
  });
  cleanups.push(() => endGroup(child));
  child.once('exit', () => void stop(0));
}

/**
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} env
 */
async function openBrowser(folder, env) {
  const server = await startServer({ port, linkedExtension: repo, waitsForWindow: true, env });
  cleanups.push(server.stop);
  console.log('\nOpen the wizard in a browser. Press Ctrl+C to end.\n');
  console.log(server.url(folder));
}
