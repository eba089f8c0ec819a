// Writes what is derived from the source: the JSON schema of ringfence.json, the English sentences, the table of steps.
// `npm run generate`; with `-- --check` it writes nothing and fails where a file is out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const BUNDLE = 'out/generate.mjs';

await build({
  entryPoints: ['scripts/generate/documents.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile: BUNDLE,
  logLevel: 'warning',
});
const { generateDocuments } = await import(pathToFileURL(BUNDLE).href);

for (const [path, content] of generateDocuments(process.cwd())) {
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (present === content) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is out of date: run npm run generate.`);
    process.exitCode = 1;
    continue;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  console.log(`${path} was written.`);
}
