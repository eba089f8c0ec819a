// @ts-check
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repo, endGroup, signalGroup, startAndWait } from './run.mjs';

/**
 * A real VS Code for machines that have none: its server and its workbench, as the npm package `code-server` carries
 * them. The server inside is started directly, because only that has a way to run tests in the extension host.
 */

/** Builds of VS Code on npm, each with the Node.js that it was made for. */
const BUILDS = {
  newest: { codeServer: '4.139.1', node: '24.21.0' },
};
const build = BUILDS.newest;

const root = path.join(process.env.VSCODE_TEST_CACHE ?? path.join(repo, '.vscode-test'), `server-${build.codeServer}`);
const vscodeFolder = path.join(root, 'node_modules', 'code-server', 'lib', 'vscode');
const platform = process.platform === 'win32' ? 'win' : process.platform;
const nodePackage = `node-${platform}-${process.arch}`;
const ownNode = process.versions.node.split('.')[0] === build.node.split('.')[0];
const nodeBinary = ownNode
  ? process.execPath
  : path.join(root, 'node_modules', nodePackage, 'bin', platform === 'win' ? 'node.exe' : 'node');

/** Installs VS Code's server from npm, once. */
export function installServer() {
  const marker = path.join(root, '.complete');
  if (existsSync(marker) && existsSync(nodeBinary)) return;
  console.log(`Installing VS Code (code-server ${build.codeServer} from npm)…`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeJson(path.join(root, 'package.json'), {
    private: true,
    dependencies: { 'code-server': build.codeServer, ...(ownNode ? {} : { [nodePackage]: build.node }) },
  });
  for (const folder of [root, vscodeFolder, path.join(vscodeFolder, 'extensions')]) npmInstall(folder);
  replaceNativeModules();
  writeFileSync(marker, '');
}

/** @param {string} folder */
function npmInstall(folder) {
  const flags = [
    '--ignore-scripts',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--engine-strict=false',
  ];
  const result = spawnSync('npm', ['install', ...flags], { cwd: folder, stdio: 'inherit', shell: platform === 'win' });
  if (result.status !== 0) throw new Error(`npm install failed in ${folder}.`);
}

/** Two of its modules exist as C++ sources only. Without the logger, output channels would stay empty. */
function replaceNativeModules() {
  const modules = path.join(vscodeFolder, 'node_modules', '@vscode');
  writeFileSync(path.join(modules, 'spdlog', 'index.js'), SPDLOG);
  const watchdog = path.join(modules, 'native-watchdog');
  if (existsSync(watchdog)) {
    writeFileSync(
      path.join(watchdog, 'index.js'),
      'exports.start = () => {};\nexports.exit = (code) => process.exit(code);\n',
    );
  }
}

/** What VS Code uses of its logger, in plain JavaScript. */
const SPDLOG = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(file) {
    this.file = file;
    this.level = 2;
    this.raw = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, '');
  }
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().slice(0, 23).replace('T', ' ');
    fs.appendFileSync(this.file, this.raw ? message : time + ' [' + levels[level] + '] ' + message + '\\n');
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.raw = false; }
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
for (const [level, name] of ['trace', 'debug', 'info', 'warn', 'error', 'critical'].entries()) {
  Logger.prototype[name] = function (message) { this.write(level, message); };
}
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = exports.setFlushOn = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (_name, file) => new Logger(file);
`;

/**
 * @typedef {object} ServerOptions
 * @property {number} [port] 0 for any
 * @property {string} [vsix] a package to install before the start
 * @property {string} [linkedExtension] the folder of an extension to use as it is
 * @property {Readonly<Record<string, string>>} [builtin] folders to use in the place of built-in extensions
 * @property {boolean} [waitsForWindow] does not end by itself when nobody has opened a window for some minutes
 * @property {boolean} [testDriver] lets the page's address name tests for the extension host; hides notifications
 * @property {Readonly<Record<string, unknown>>} [settings] the user's settings
 * @property {Readonly<Record<string, string>>} [env] for the extension host
 * @property {string} [dataFolder] where VS Code keeps what it knows; a fresh one by default, removed at the end
 */

/**
 * @typedef {object} Server
 * @property {string} address `127.0.0.1:PORT`
 * @property {(folder: string, payload?: Readonly<Record<string, string>>) => string} url the workbench's address
 * @property {(file: string) => string} uri how the workbench names a file of this machine
 * @property {(values: Readonly<Record<string, unknown>>) => void} changeSettings while VS Code runs
 * @property {() => number} killExtensionHosts without a chance to clean up; says how many there were
 * @property {() => Promise<void>} stop
 */

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
};

/**
 * Starts VS Code's server on 127.0.0.1, behind a random token.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  installServer();
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(os.tmpdir(), 'ringfence-vscode-'));
  const extensions = path.join(dataFolder, 'extensions');
  mkdirSync(extensions, { recursive: true });
  writeJson(path.join(dataFolder, 'data', 'User', 'settings.json'), { ...SETTINGS, ...options.settings });
  const main = path.join(vscodeFolder, 'out', 'server-main.js');
  const common = [
    '--server-data-dir',
    dataFolder,
    '--extensions-dir',
    extensions,
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
  ];
  if (options.vsix) installVsix(main, common, options.vsix);
  if (options.linkedExtension) linkExtension(extensions, options.linkedExtension);
  const token = randomBytes(16).toString('hex');
  const args = [
    main,
    ...common,
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token],
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ...(options.builtin ? ['--builtin-extensions-dir', replaceBuiltin(dataFolder, options.builtin)] : []),
    '--disable-workspace-trust',
    // Whoever was killed without a chance to stop it leaves a server that ends by itself.
    ...(options.waitsForWindow ? [] : ['--enable-remote-auto-shutdown']),
    ...['--reconnection-grace-time', '30'],
  ];
  const { child, match } = await startAndWait(nodeBinary, args, {
    wait: /Extension host agent listening on (\d+)/,
    env: { ...process.env, ...options.env },
    what: 'VS Code’s server',
  });
  const onExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', onExit);
  const address = `127.0.0.1:${match[1]}`;
  return {
    address,
    url: (folder, payload = {}) => workbenchUrl(address, token, folder, payload),
    uri: (file) => `vscode-remote://${address}${encodeURI(file)}`,
    changeSettings: (values) => writeJson(path.join(dataFolder, 'data', 'Machine', 'settings.json'), values),
    killExtensionHosts: () => killExtensionHosts(child.pid ?? 0),
    async stop() {
      process.removeListener('exit', onExit);
      await endGroup(child);
      if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/**
 * Kills every extension host among the processes that a server has started.
 * @param {number} server
 * @returns {number}
 */
function killExtensionHosts(server) {
  const listing = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout;
  const processes = listing.split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
  const descendants = new Set([server]);
  for (const { pid, parent } of processes.sort((left, right) => left.pid - right.pid)) {
    if (descendants.has(parent)) descendants.add(pid);
  }
  const hosts = processes.filter(({ pid, args }) => descendants.has(pid) && args.includes('--type=extensionHost'));
  for (const { pid } of hosts) process.kill(pid, 'SIGKILL');
  return hosts.length;
}

/**
 * @param {string} main
 * @param {readonly string[]} common
 * @param {string} vsix
 */
function installVsix(main, common, vsix) {
  const result = spawnSync(nodeBinary, [main, ...common, '--install-extension', vsix], { encoding: 'utf8' });
  if (result.status !== 0 || !/successfully installed/.test(result.stdout)) {
    throw new Error(`VS Code does not install ${vsix}:\n${result.stdout}${result.stderr}`);
  }
}

/**
 * @param {string} extensions
 * @param {string} folder
 */
function linkExtension(extensions, folder) {
  const link = path.join(extensions, 'ringfence.ringfence-0.0.0');
  rmSync(link, { recursive: true, force: true });
  // With a list of installed extensions there, a folder that is not on it is not looked at.
  for (const name of readdirSync(extensions)) {
    if (!statSync(path.join(extensions, name)).isDirectory()) rmSync(path.join(extensions, name));
  }
  symlinkSync(folder, link, 'junction');
}

/**
 * VS Code's built-in extensions as a folder of links, some of them to other folders.
 * @param {string} dataFolder
 * @param {Readonly<Record<string, string>>} replacements
 */
function replaceBuiltin(dataFolder, replacements) {
  const from = path.join(vscodeFolder, 'extensions');
  const to = path.join(dataFolder, 'builtin');
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const target = replacements[name] ?? path.join(from, name);
    if (statSync(target).isDirectory()) symlinkSync(target, path.join(to, name), 'junction');
  }
  return to;
}

/**
 * @param {string} address
 * @param {string} token
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} payload
 */
function workbenchUrl(address, token, folder, payload) {
  const query = new URLSearchParams({ tkn: token, folder });
  const entries = Object.entries({ skipWelcome: 'true', skipReleaseNotes: 'true', ...payload });
  query.set('payload', JSON.stringify(entries));
  return `http://${address}/?${query}`;
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}
