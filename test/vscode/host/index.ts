import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** What VS Code loads in its extension host: runs the suites beside it and fails where one of them does. */
export async function run(): Promise<void> {
  const report = process.env['RINGFENCE_TEST_REPORT'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    forbidOnly: process.env['CI'] !== undefined,
    ...(report ? { reporter: 'json', reporterOptions: { output: report } } : { reporter: 'spec' }),
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`Failed: ${failures}`);
}
