import { build as esbuild } from 'esbuild';

export interface Bundle {
  readonly js: string;
  readonly css: string;
}

const built = new Map<string, Promise<Bundle>>();

/** The page as it ships, built once: one script and one style sheet, minified. */
export function bundle(entry: string): Promise<Bundle> {
  const building = built.get(entry) ?? build(entry);
  built.set(entry, building);
  return building;
}

async function build(entry: string): Promise<Bundle> {
  const result = await esbuild({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    legalComments: 'none',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    outdir: 'unused',
    write: false,
  });
  const find = (extension: string): string =>
    result.outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  return { js: find('.js'), css: find('.css') };
}
