import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Server } from '../../../scripts/lib/vscodeServer.mjs';

/** A machine that is busy with another test takes its time. */
const PATIENCE_MS = 60_000;

/** How long a whole run may take to be over. */
export const RUN_MS = 150_000;

/** Opens VS Code's workbench on a folder, and waits until the extensions' commands and views are there. */
export async function openWorkbench(browser: Browser, server: Server, folder: string): Promise<Workbench> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://${server.address}` });
  const workbench = new Workbench(await context.newPage());
  await workbench.page.goto(server.url(folder), { waitUntil: 'commit' });
  await workbench.settled();
  return workbench;
}

/** Drives the workbench as a user would: by what is written on it. */
export class Workbench {
  /** What some document's Content-Security-Policy refused. */
  readonly cspViolations: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (!/Content Security Policy/.test(message.text())) return;
      this.cspViolations.push(`${message.location().url}: ${message.text()}`);
    });
  }

  async settled(): Promise<void> {
    const loaded = (): boolean => performance.getEntriesByName('code/didLoadExtensions').length > 0;
    await this.page.waitForFunction(loaded);
  }

  /** Reloads the window: the extension host ends and another one starts. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'commit' });
    await this.settled();
  }

  /** Opens a view container from the activity bar. */
  async openContainer(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${title}`) });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.sidebar .composite.title').getByText(title).first().waitFor();
  }

  row(name: string | RegExp): Locator {
    return this.page.locator('.sidebar').getByRole('treeitem', { name }).first();
  }

  expand(name: string | RegExp): Promise<void> {
    return this.fold(name, 'true');
  }

  collapse(name: string | RegExp): Promise<void> {
    return this.fold(name, 'false');
  }

  private async fold(name: string | RegExp, expanded: 'true' | 'false'): Promise<void> {
    const row = this.row(name);
    if ((await row.getAttribute('aria-expanded')) !== expanded) await row.locator('.monaco-tl-twistie').click();
    await this.page.waitForFunction(([element, wanted]) => element?.getAttribute('aria-expanded') === wanted, [
      await row.elementHandle(),
      expanded,
    ] as const);
  }

  async inlineAction(row: string | RegExp, action: string | RegExp): Promise<void> {
    await this.row(row).hover();
    await this.row(row).getByRole('button', { name: action }).click();
  }

  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-box input');
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list').getByRole('option', { name: title }).first().click();
  }

  dialog(message: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: message });
  }

  async answerDialog(message: string | RegExp, button: string): Promise<void> {
    await this.dialog(message).getByRole('button', { name: button, exact: true }).click();
  }

  /**
   * Agrees to what VS Code's own dialog for a file to save to offers, once that is a path of this form: it shows the
   * folder before the name. @returns the path.
   */
  async saveWhereOffered(form: RegExp): Promise<string> {
    const input = this.page.locator('.quick-input-widget:visible input').first();
    await input.waitFor();
    await expect.poll(() => input.inputValue()).toMatch(form);
    const offered = await input.inputValue();
    await this.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    return offered;
  }

  notification(message: RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: message });
  }

  /** The document of the webview in front: VS Code nests two frames. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  async webviewFrame(): Promise<Frame> {
    const inner = this.page.frameLocator('iframe.webview.ready').locator('iframe#active-frame');
    const frame = await (await inner.elementHandle())?.contentFrame();
    if (!frame) throw new Error('The webview has no document.');
    return frame;
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
