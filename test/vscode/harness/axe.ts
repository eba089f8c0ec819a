import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';
import { RULES_OF_LOOKS } from '../../webview/harness/axeRules';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds serious or critical in a webview's document, in sentences; and whether it looked at contrast at all.
 * @param ofLooksOnly Only what a theme can break.
 */
export async function scan(
  frame: Frame,
  ofLooksOnly: boolean,
): Promise<{ violations: readonly string[]; sawContrast: boolean }> {
  await frame.evaluate(source);
  const results = await frame.evaluate(async (options): Promise<AxeResults> => {
    // A webview is transparent over the workbench; axe would take that for white.
    const { style } = document.documentElement;
    style.setProperty('background-color', 'var(--vscode-editor-background)');
    const { axe } = globalThis as unknown as { axe: typeof Axe };
    const found = await axe.run(document, options);
    style.removeProperty('background-color');
    return found;
  }, optionsFor(ofLooksOnly));
  const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return {
    violations: serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`)),
    sawContrast: [...results.passes, ...results.violations].some(({ id }) => id === 'color-contrast'),
  };
}

function optionsFor(ofLooksOnly: boolean): RunOptions {
  // What is right is not told of in full: that takes longer than finding out.
  return { resultTypes: ['violations'], ...(ofLooksOnly ? { runOnly: RULES_OF_LOOKS } : {}) };
}
