/**
 * Builds what ships: the extension, its services and the command line, each SDK family in a file of its own that is
 * loaded when it is first needed, the sandbox, and the page.
 */
import { build } from 'esbuild';
import { readFile, rm } from 'node:fs/promises';

const production = process.argv.includes('--production');

/** Source modules that are always imported dynamically, and the file that each becomes. */
const lazy = {
  'src/azure/adapters/network.ts': 'azure-network',
  'src/azure/adapters/privateDns.ts': 'azure-private-dns',
  'src/azure/adapters/cognitiveServices.ts': 'azure-cognitive-services',
  'src/azure/adapters/resources.ts': 'azure-resources',
  'src/azure/adapters/search.ts': 'azure-search',
  'src/azure/adapters/storage.ts': 'azure-storage',
  'src/azure/adapters/appService.ts': 'azure-app-service',
  'src/azure/adapters/authorization.ts': 'azure-authorization',
  'src/azure/credentials/identity.ts': 'azure-identity',
  'src/sandbox/sandbox.ts': 'sandbox',
  'src/vscode/services.ts': 'services',
};

/** Turns `import('./adapters/network')` into a load of `./azure-network.js`, and refuses a static import of the same. */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(builder) {
    builder.onResolve({ filter: /^\.{1,2}\// }, async (args) => {
      if (args.pluginData === 'resolved' || args.kind === 'entry-point') return undefined;
      const found = await builder.resolve(args.path, {
        resolveDir: args.resolveDir,
        kind: args.kind,
        importer: args.importer,
        pluginData: 'resolved',
      });
      const source = found.path.slice(process.cwd().length + 1);
      const output = lazy[source];
      if (output === undefined) return undefined;
      if (args.kind !== 'dynamic-import') {
        return { errors: [{ text: `${source} is a lazy bundle: import() it (from ${args.importer})` }] };
      }
      return { path: `./${output}.js`, external: true };
    });
  },
};

/** The page and the extension's own bundle hold nothing of these, whoever imports them. */
const refuse = (filter, why) => ({
  name: 'refuse',
  setup(builder) {
    builder.onResolve({ filter }, (args) => ({ errors: [{ text: `${args.path} in ${args.importer}: ${why}` }] }));
  },
});

const refuseSdks = refuse(/^@azure\//, 'SDKs are loaded lazily, in their own bundle');

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
  charset: 'utf8',
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // ES modules where a package has them: they shake, and some CommonJS builds cannot be bundled.
  mainFields: ['module', 'main'],
  plugins: [lazyBundles],
};

await rm('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...node,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    plugins: [lazyBundles, refuseSdks],
  }),
  build({
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    define: { VERSION: JSON.stringify(version) },
    banner: { js: '#!/usr/bin/env node' },
  }),
  ...Object.entries(lazy).map(([source, output]) =>
    build({
      ...node,
      entryPoints: [source],
      outfile: `dist/${output}.js`,
      external: ['vscode'],
      plugins: output === 'services' ? [lazyBundles, refuseSdks] : [lazyBundles],
    }),
  ),
  build({
    ...common,
    entryPoints: { webview: 'webview/main.ts' },
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    plugins: [refuse(/^(vscode|node:.*|@azure\/.*)$/, 'the page runs in a browser')],
  }),
]);
