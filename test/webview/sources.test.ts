import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bundle } from './harness/bundle';
import { THEMES } from './harness/theme';

const FOLDER = path.resolve(import.meta.dirname, '../../webview');
const BUDGET = 400 * 1024;

const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|css)$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(FOLDER, file), 'utf8') }));

test('the page as it ships is smaller than its budget', async () => {
  const { js } = await bundle(path.join(FOLDER, 'main.ts'));
  expect(js.length).toBeGreaterThan(0);
  expect(js.length).toBeLessThan(BUDGET);
});

test('no source turns data into markup, opens an address, or reaches for the network', () => {
  const forbidden =
    /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|document\.write|\beval\b|\bfetch\(|XMLHttpRequest|WebSocket|window\.open|location\.|https?:\/\//;
  const offenders = sources.filter(({ text }) => forbidden.test(text)).map(({ file }) => file);
  expect(offenders).toEqual([]);
});

test('every variable of VS Code that the styles read exists in some theme of VS Code', () => {
  const known = new Set(Object.values(THEMES).flatMap(({ variables }) => Object.keys(variables)));
  const read = sources.flatMap(({ text }) => text.match(/--vscode-[\w-]+/g) ?? []);
  expect(read.length).toBeGreaterThan(0);
  expect(read.filter((name) => !known.has(name))).toEqual([]);
});

test('colours are written only as fall-backs of theme variables', () => {
  const styles = sources.filter(({ file }) => file.endsWith('.css') && !file.endsWith('base.css'));
  const offenders = styles.filter(({ text }) => /#[0-9a-f]{3,8}\b|rgba?\(/i.test(text)).map(({ file }) => file);
  expect(offenders).toEqual([]);
});
