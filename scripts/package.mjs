// @ts-check
/** Packages the extension into out/ringfence.vsix, from what is built. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { mustRun, repo } from './lib/run.mjs';

mkdirSync(path.join(repo, 'out'), { recursive: true });
const vsce = path.join(repo, 'node_modules', '@vscode', 'vsce', 'vsce');
const out = path.join('out', 'ringfence.vsix');
mustRun('vsce package', process.execPath, [vsce, 'package', '--no-dependencies', '--out', out]);
