// @ts-check
/**
 * Installs one of the tools that the tests need besides packages, unless it is there.
 *
 *     node scripts/installTool.mjs chromium | vscode
 */
import { ensureChromium } from './lib/chromium.mjs';
import { installServer } from './lib/vscodeServer.mjs';

/** @type {Readonly<Record<string, () => unknown>>} */
const TOOLS = { chromium: ensureChromium, vscode: installServer };

try {
  const install = TOOLS[process.argv[2] ?? ''];
  if (install === undefined) throw new Error(`The tools are ${Object.keys(TOOLS).join(' and ')}.`);
  install();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
