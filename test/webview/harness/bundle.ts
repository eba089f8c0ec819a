import { build } from 'esbuild';

export interface Bundle {
  readonly js: string;
  readonly css: string;
}

/** Builds a page as it ships: one script and one style sheet, minified. */
export async function bundle(entry: string): Promise<Bundle> {
  const result = await build({
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
