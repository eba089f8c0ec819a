// @ts-check
import { build } from 'esbuild';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from './chromium.mjs';
import { repo } from './run.mjs';
import { startServer } from './vscodeServer.mjs';

/**
 * The suite inside the extension host: in VS Code desktop where that can be had, else in VS Code's server with its
 * workbench in Chromium. `VSCODE_TEST_HOST=desktop|server` chooses one.
 */

const suites = path.join(repo, 'test', 'vscode', 'host');
const compiled = path.join(repo, 'out', 'test', 'host');
const TIMEOUT_MS = 180_000;

/** @returns {Promise<{ passed: number, failed: number }>} */
export async function runHostSuite() {
  await compile();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ringfence-host-'));
  const workspace = path.join(folder, 'workspace');
  cpSync(path.join(repo, 'test', 'vscode', 'fixtures', 'workspace'), workspace, { recursive: true });
  const report = path.join(folder, 'report.json');
  const env = { RINGFENCE_TEST_REPORT: report, ...(process.env.CI ? { CI: process.env.CI } : {}) };
  try {
    const desktop = await findDesktop();
    console.log(desktop ? `In VS Code desktop: ${desktop}` : 'In VS Code’s server, with Chromium');
    const exitCode = await (desktop ? runOnDesktop(desktop, workspace, env) : runOnServer(workspace, env));
    return readReport(report, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function compile() {
  rmSync(compiled, { recursive: true, force: true });
  const entryPoints = readdirSync(suites).map((name) => path.join(suites, name));
  await build({
    entryPoints,
    outdir: compiled,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
}

/** @returns {Promise<string | undefined>} */
async function findDesktop() {
  const wanted = process.env.VSCODE_TEST_HOST;
  if (wanted === 'server') return undefined;
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay && wanted !== 'desktop') return undefined;
  try {
    // Asked first, because without a network the download only gives up after several tries.
    const releases = 'https://update.code.visualstudio.com/api/releases/stable';
    await fetch(releases, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    return await downloadAndUnzipVSCode({ cachePath: path.join(repo, '.vscode-test') });
  } catch (error) {
    if (wanted === 'desktop') throw error;
    return undefined;
  }
}

/**
 * @param {string} executable
 * @param {string} workspace
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<number>}
 */
async function runOnDesktop(executable, workspace, env) {
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: repo,
      extensionTestsPath: path.join(compiled, 'index.js'),
      extensionTestsEnv: env,
      launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
    });
  } catch (error) {
    console.error(String(error));
    return 1;
  }
}

/**
 * @param {string} workspace
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<number>}
 */
async function runOnServer(workspace, env) {
  const server = await startServer({ testDriver: true, env });
  /** @type {string[]} */
  const errors = [];
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    /** The workbench's own complaints say something only where the suite does not. */
    const collectErrors = (/** @type {string} */ type, /** @type {readonly unknown[]} */ values) => {
      if (type === 'error') errors.push(values.join(' '));
    };
    /** @type {Promise<number>} */
    const ended = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The suite did not end in time.')), TIMEOUT_MS);
      // VS Code calls these two where the window has them.
      const finish = (/** @type {number} */ code) => (clearTimeout(timer), resolve(code));
      page
        .exposeFunction('codeAutomationExit', finish)
        .then(() => page.exposeFunction('codeAutomationLog', collectErrors))
        .then(() =>
          page.goto(
            server.url(workspace, {
              extensionDevelopmentPath: server.uri(repo),
              extensionTestsPath: server.uri(path.join(compiled, 'index.js')),
            }),
          ),
        )
        .catch(reject);
    });
    return await ended;
  } catch (error) {
    console.error(errors.join('\n'));
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {string} file
 * @param {number} exitCode
 */
function readReport(file, exitCode) {
  if (!existsSync(file)) throw new Error(`The suite wrote no report (exit code ${exitCode}): it did not run.`);
  const { stats, tests } = JSON.parse(readFileSync(file, 'utf8'));
  for (const { title, err, duration } of tests) {
    console.log(`  ${err.message === undefined ? 'ok  ' : 'FAIL'} ${title} (${duration ?? 0} ms)`);
    if (err.stack) console.log(err.stack.replace(/^/gm, '       '));
  }
  const failed = stats.failures + (exitCode !== 0 && stats.failures === 0 ? 1 : 0);
  return { passed: stats.passes, failed };
}
