import path from 'node:path';
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';
import type { Server } from '../../../scripts/lib/vscodeServer.mjs';
import { scan } from './axe';
import type { Workbench } from './workbench';

/** Colour themes, each with what VS Code tells a webview of it. */
const THEMES = [
  ['Default Dark Modern', 'vscode-dark', 'dark'],
  ['Default Light Modern', 'vscode-light', 'light'],
  ['Default High Contrast', 'vscode-high-contrast', 'hc-dark'],
  ['Default High Contrast Light', 'vscode-high-contrast-light', 'hc-light'],
] as const;

/** Looks at tree and wizard in every theme: no serious finding, and a picture for people. */
export async function lookInEveryTheme(
  workbench: Workbench,
  server: Server,
  screenshots: string,
  moment: string,
): Promise<void> {
  for (const [theme, kind, name] of THEMES) {
    server.changeSettings({ 'workbench.colorTheme': theme });
    const frame = await waitForKind(workbench, kind);
    await workbench.page.screenshot({ path: path.join(screenshots, `${moment}-${name}.png`) });
    const { violations, sawContrast } = await scan(frame, theme !== THEMES[0][0]);
    expect(violations, `${moment} in ${theme}`).toEqual([]);
    expect(sawContrast, 'the contrast rule applied').toBe(true);
  }
  server.changeSettings({});
  await waitForKind(workbench, THEMES[0][1]);
}

async function waitForKind(workbench: Workbench, kind: string): Promise<Frame> {
  const frame = await workbench.webviewFrame();
  await frame.waitForFunction((expected) => document.body.dataset['vscodeThemeKind'] === expected, kind);
  return frame;
}
