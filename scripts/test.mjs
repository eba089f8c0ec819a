// @ts-check
/**
 * `npm test`: everything, from nothing. Installs what it needs, and runs the stages in order, the fast ones first, up to
 * the first that fails.
 *
 *     npm test [-- --only stage,stage]
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages, repo, run, runTogether } from './lib/run.mjs';

const reports = path.join(repo, 'out', 'reports');
const bin = (/** @type {string} */ name) => path.join(repo, 'node_modules', name);

/** @typedef {{ passed: number, failed: number }} Counts */

/** @type {Readonly<Record<string, () => Counts | Promise<Counts>>>} */
const STAGES = {
  check: () => checks(['typecheck', 'check:lint', 'check:format']),
  core: () => vitest('core', ['--project', 'core', '--project', 'editor', '--project', 'local']),
  sandbox: () => vitest('sandbox', ['--project', 'sandbox']),
  package: () => check(process.execPath, ['scripts/package.mjs']),
  project: () => vitest('project', ['--project', 'project']),
  contract: () => vitest('contract', ['--project', 'contract']),
  faults: () => vitest('faults', ['--project', 'faults']),
  webview: () => vitest('webview', ['--project', 'webview']),
  host: async () => (await import('./lib/hostSuite.mjs')).runHostSuite(),
  ui: () => vitest('ui', ['--config', 'test/vscode/vitest.config.mts']),
};

/** The stages that need a tool which no package brings. */
const NEED = { chromium: ['webview', 'host', 'ui'], vscode: ['host', 'ui'] };

/**
 * Begins to install the tools that some stages need.
 * @param {readonly string[]} stages
 * @returns {Promise<void>} is rejected where one cannot be had
 */
async function installTools(stages) {
  const tools = Object.entries(NEED).filter(([, needing]) => needing.some((name) => stages.includes(name)));
  const codes = await runTogether(tools.map(([tool]) => [process.execPath, ['scripts/installTool.mjs', tool]]));
  const [missing] = tools.filter((_, index) => codes[index] !== 0);
  if (missing) throw new Error(`The tests lack ${missing[0]}: node scripts/installTool.mjs ${missing[0]} says why.`);
}

/**
 * A stage of scripts that each need one processor only.
 * @param {readonly string[]} scripts
 * @returns {Promise<Counts>}
 */
async function checks(scripts) {
  const codes = await runTogether(scripts.map((script) => ['npm', ['run', '-s', script]]));
  const passed = codes.filter((code) => code === 0).length;
  return { passed, failed: codes.length - passed };
}

/**
 * A stage that is one check: it passes or it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Counts}
 */
function check(command, args) {
  return run(command, args) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Counts}
 */
function vitest(name, args) {
  const report = path.join(reports, `${name}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = run(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...args, ...reporters]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests === 0 && (exitCode !== 0 || numPassedTests === 0) ? 1 : numFailedTests;
  return { passed: numPassedTests, failed };
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const wanted = values.only?.split(',') ?? Object.keys(STAGES);
  const unknown = wanted.filter((name) => !(name in STAGES));
  if (unknown.length > 0)
    throw new Error(`The stages are ${Object.keys(STAGES).join(', ')}; not ${unknown.join(', ')}.`);
  mkdirSync(reports, { recursive: true });
  // The early stages need none of them, and waiting for the network takes no processor.
  const tools = installTools(wanted);
  tools.catch(() => undefined);
  installPackages();
  const results = [];
  for (const [name, stage] of Object.entries(STAGES).filter(([stageName]) => wanted.includes(stageName))) {
    console.log(`\n== ${name}`);
    const started = performance.now();
    const counts = await afterTools(name, stage, tools).catch((error) => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
    results.push({ name, seconds: (performance.now() - started) / 1000, ...counts });
    if (counts.failed > 0) break;
  }
  await tools.catch(() => undefined);
  return summarize(results);
}

/**
 * Runs a stage, once its tools are there.
 * @param {string} name
 * @param {() => Counts | Promise<Counts>} stage
 * @param {Promise<void>} tools
 * @returns {Promise<Counts>}
 */
async function afterTools(name, stage, tools) {
  if (Object.values(NEED).some((needing) => needing.includes(name))) await tools;
  return stage();
}

/** @param {readonly (Counts & { name: string, seconds: number })[]} results */
function summarize(results) {
  console.log('');
  for (const { name, passed, failed, seconds } of results) {
    const verdict = failed > 0 ? 'FAILED' : 'ok';
    console.log(
      `${name.padEnd(10)} ${verdict.padEnd(7)} ${String(passed).padStart(5)} ${seconds.toFixed(1).padStart(7)} s`,
    );
  }
  const total = (/** @type {'passed' | 'failed'} */ key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
