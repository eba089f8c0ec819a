import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom. The messages teach: they say where the code belongs instead. */
const layers = [
  {
    target: './src/core',
    from: './src',
    except: ['./core'],
    message: 'core is pure: pass what it needs through a port in src/core/ports.ts.',
  },
  {
    target: './src/azure',
    from: './src',
    except: ['./azure', './core'],
    message: 'azure implements the ports of core and knows nothing of its callers.',
  },
  {
    target: './src/local',
    from: './src',
    except: ['./local', './core'],
    message: 'local implements the ports of core on this machine and knows nothing of its callers.',
  },
  {
    target: './src/sandbox',
    from: './src',
    except: ['./sandbox', './core/resources'],
    message: 'the sandbox is the other side of the wire: it may only share resource ids and wire types.',
  },
  {
    target: './src/protocol',
    from: './src',
    except: ['./protocol', './core'],
    message: 'the protocol is made of values and core types.',
  },
  {
    target: './src/cli',
    from: ['./src/vscode', './src/protocol'],
    message: 'the command line has no editor: put shared code in core.',
  },
  {
    target: './webview',
    from: './src',
    except: ['./protocol', './core/text.ts'],
    message: 'the page renders what the host sent: it imports the protocol and Text, nothing else of src.',
  },
  {
    target: './src',
    from: ['./test', './bench', './webview'],
    message: 'production code does not import tests or the page.',
  },
];

const toolkitOnlyInKit = {
  group: ['@vscode/webview-ui-toolkit', '@vscode/webview-ui-toolkit/*'],
  message: 'only webview/ui/kit.ts imports the toolkit, so that replacing it is one file.',
};
const noVscode = { group: ['vscode'], message: "only src/vscode and src/extension.ts import 'vscode'." };
const noAzure = {
  group: ['@azure/*'],
  allowTypeImports: true,
  message: 'SDKs load lazily: import them in src/azure/adapters or src/azure/credentials only.',
};
const noNode = { group: ['node:*', 'fs', 'path', 'os', 'http'], message: 'this layer runs in a browser: use a port.' };

const restrict = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});

export default tseslint.config(
  {
    ignores: ['dist/**', 'out/**', '.vscode-test/**', 'node_modules/**', 'test/fixtures/**', 'test/vscode/fixtures/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mjs', '.js'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones: layers }],
      'import-x/no-mutable-exports': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Program > VariableDeclaration[kind="let"]',
          message: 'no mutable module globals: build a service.',
        },
        { selector: 'ExportAllDeclaration', message: 'no barrels: import from the file that declares it.' },
        { selector: 'TSEnumDeclaration', message: 'use a union of string literals.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      ...restrict(toolkitOnlyInKit, noVscode, noAzure),
    },
  },
  {
    files: ['src/core/**', 'src/protocol/**'],
    rules: {
      ...restrict(toolkitOnlyInKit, noVscode, { ...noAzure, allowTypeImports: false }, noNode),
      'no-restricted-globals': [
        'error',
        ...['fetch', 'setTimeout', 'setInterval', 'Date', 'navigator', 'self'].map((name) => ({
          name,
          message: 'core has no clock and no I/O of its own: use a port.',
        })),
      ],
    },
  },
  { files: ['src/sandbox/**'], rules: restrict(toolkitOnlyInKit, noVscode, { ...noAzure, allowTypeImports: false }) },
  { files: ['src/azure/adapters/**', 'src/azure/credentials/**'], rules: restrict(toolkitOnlyInKit, noVscode) },
  { files: ['src/vscode/**', 'src/extension.ts'], rules: restrict(toolkitOnlyInKit, noAzure) },
  { files: ['webview/**'], rules: restrict(toolkitOnlyInKit, noVscode, noAzure, noNode) },
  { files: ['webview/ui/kit.ts'], rules: restrict(noVscode, noAzure, noNode) },
  {
    files: ['**/*.mjs', '**/vitest.config.mts'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'URLSearchParams',
          'setTimeout',
          'clearTimeout',
          'fetch',
          'AbortSignal',
          'performance',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'import-x/no-default-export': 'off', 'no-console': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: { 'max-lines-per-function': 'off', 'no-console': 'off', '@typescript-eslint/no-restricted-imports': 'off' },
  },
);
