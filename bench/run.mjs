/**
 * Measures what users feel: judging and planning by the number of resources, loading the extension and each SDK, and a
 * whole run on the sandbox. `npm run bench`. Numbers are for comparing one machine with itself; nothing fails by them.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNS = 7;

function median(values) {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
}

/** Milliseconds and memory of a fresh process that loads one file. */
function load(file) {
  const code = `const before = process.memoryUsage().rss; const start = performance.now(); require(${JSON.stringify(file)});
    process.stdout.write(JSON.stringify([performance.now() - start, process.memoryUsage().rss - before]) + '\\n'); process.exit(0);`;
  const output = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1));
}

const folder = await mkdtemp(join(tmpdir(), 'ringfence-bench-'));
try {
  const outfile = join(folder, 'evaluate.cjs');
  await build({
    entryPoints: ['bench/evaluate.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    mainFields: ['module', 'main'],
  });
  process.stdout.write(execFileSync(process.execPath, ['--expose-gc', outfile], { encoding: 'utf8' }));

  console.log('\nloading a bundle (median of %d fresh processes)', RUNS);
  for (const name of [
    'sandbox',
    'azure-resources',
    'azure-network',
    'azure-private-dns',
    'azure-cognitive-services',
    'azure-identity',
  ]) {
    const file = join(process.cwd(), 'dist', `${name}.js`);
    const { size } = await stat(file);
    const samples = Array.from({ length: RUNS }, () => load(file));
    const [time, memory] = [0, 1].map((index) => median(samples.map((sample) => sample[index])));
    console.log(
      `${name.padEnd(26)} ${(size / 1024).toFixed(0).padStart(6)} KB ${time.toFixed(0).padStart(6)} ms ${(memory / 1048576).toFixed(0).padStart(5)} MB`,
    );
  }

  console.log('\nwhole commands on a fresh sandbox (median of %d)', RUNS);
  for (const args of [['check'], ['plan'], ['apply', '--yes', '--state', folder]]) {
    const times = Array.from({ length: RUNS }, () => {
      const start = performance.now();
      try {
        execFileSync(process.execPath, ['dist/cli.js', ...args, '--sandbox', 'exposed', '--format', 'json'], {
          stdio: 'ignore',
        });
      } catch {
        // `check` ends with 1 on an exposed world; the time counts all the same.
      }
      return performance.now() - start;
    });
    console.log(`${args[0].padEnd(26)} ${median(times).toFixed(0).padStart(6)} ms`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
