// @ts-check
/**
 * `npm run test:faults -- --runs N --seed S`: N voyages through all weathers, from seed S on, on all cores. Each applies
 * a scenario on the sandbox while requests are refused, lost and delayed and the client is killed, and has to end in the
 * same state as without. The last line is a summary; a seed that failed can be sailed again by itself.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { repo } from './lib/run.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const [runs, seed] = [wholeNumber('runs', values.runs), wholeNumber('seed', values.seed)];

const MOST_PROBLEMS = 8;
const LONGEST_PROBLEM = 600;

/** @typedef {{ seed: number, scenario: string, rate: number, andBack: boolean, problems: string[], lives: number, requests: number, faults: Record<string, number>, milliseconds: number }} Voyage */

const bundle = path.join(repo, 'out', 'faults', 'fleet.mjs');
await build({
  absWorkingDir: repo,
  entryPoints: ['test/faults/fleet.ts'],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
  packages: 'external',
});

const began = performance.now();
const processes = Math.min(availableParallelism(), runs);
/** @type {Voyage[]} */
const voyages = [];
const ends = await Promise.all(Array.from({ length: processes }, (_, at) => sail(at)));
report();
process.exitCode = ends.every((code) => code === 0) && voyages.length === runs && failed().length === 0 ? 0 : 1;

/** @param {number} at */
async function sail(at) {
  const own = Math.ceil((runs - at) / processes);
  const args = [bundle, String(seed + at), String(own), String(processes)];
  const fleet = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise((resolve) => fleet.on('close', resolve));
  for await (const line of createInterface({ input: fleet.stdout })) {
    /** @type {Voyage} */
    const voyage = JSON.parse(line);
    voyages.push(voyage);
    tell(voyage);
  }
  return closed;
}

/** @param {Voyage} voyage */
function tell({ seed: own, scenario, rate, andBack, problems, lives, requests, faults }) {
  const met = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const way = andBack ? 'there and back' : 'there';
  const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => `\n  ${problem.slice(0, LONGEST_PROBLEM)}`);
  const more = problems.length > shown.length ? `\n  and ${problems.length - shown.length} more` : '';
  const end = problems.length === 0 ? 'ok' : `FAILED${shown.join('')}${more}`;
  const count = `${voyages.length}/${runs}`;
  console.log(
    `${count} seed ${own}: ${scenario}, ${way}, rate ${rate}, lives ${lives}, faults ${met}, requests ${requests}: ${end}`,
  );
}

function failed() {
  return voyages.filter(({ problems }) => problems.length > 0);
}

function report() {
  /** @type {Record<string, number>} */
  const met = {};
  for (const { faults } of voyages)
    for (const [kind, count] of Object.entries(faults)) met[kind] = (met[kind] ?? 0) + count;
  const sum = (/** @type {(voyage: Voyage) => number} */ of) =>
    voyages.reduce((total, voyage) => total + of(voyage), 0);
  const kinds = Object.entries(met).map(([kind, count]) => `${kind} ${count}`);
  console.log(`\nfaults met: ${kinds.join(', ') || 'none'}`);
  const bad = failed().map((voyage) => voyage.seed);
  if (bad.length > 0) console.log(`failed seeds: ${bad.sort((left, right) => left - right).join(' ')}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${voyages.length} of ${runs} voyages, seeds ${seed} to ${seed + runs - 1}: ${voyages.length - bad.length} ended well, ${bad.length} did not; ${sum(({ lives }) => lives)} lives, ${sum(({ requests }) => requests)} requests, ${seconds} s`,
  );
}

/**
 * @param {string} name
 * @param {string} value
 */
function wholeNumber(name, value) {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`--${name} is a whole number from 1 on.`);
  process.exit(2);
}
