import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical in a webview's document, in sentences; and whether it looked at contrast at all. */
export async function scan(frame: Frame): Promise<{ violations: readonly string[]; sawContrast: boolean }> {
  await frame.evaluate(source);
  const results = await frame.evaluate(async (): Promise<AxeResults> => {
    // A webview is transparent over the workbench; axe would take that for white.
    const { style } = document.documentElement;
    style.setProperty('background-color', 'var(--vscode-editor-background)');
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    const found = await axe.run();
    style.removeProperty('background-color');
    return found;
  });
  const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return {
    violations: serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`)),
    sawContrast: [...results.passes, ...results.violations].some(({ id }) => id === 'color-contrast'),
  };
}
