import { courseOf, Estates, sail } from './support/course';

/** One process of the fleet: sails every n-th seed, and tells of each voyage in a line of JSON. `fleet FIRST RUNS STEP` */
const [first = 1, runs = 1, step = 1] = process.argv.slice(2).map(Number);
const estates = new Estates();
for (let seed = first; seed < first + runs * step; seed += step) {
  const course = courseOf(seed);
  const began = performance.now();
  const log = await sail(course, estates).catch((error: unknown) => ({
    problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    lives: 0,
    requests: 0,
    faults: {},
  }));
  const milliseconds = Math.round(performance.now() - began);
  process.stdout.write(`${JSON.stringify({ ...course, ...log, milliseconds })}\n`);
}
await estates.close();
process.exit();
