import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxProcess, type RunningSandbox } from '../../../scripts/lib/sandbox.mjs';
import { startServer, type Server } from '../../../scripts/lib/vscodeServer.mjs';
import { launchBrowser } from '../harness/browser';
import { lookInEveryTheme } from '../harness/themes';
import { openWorkbench, type Workbench } from '../harness/workbench';

const repo = path.resolve(import.meta.dirname, '..', '..', '..');
const screenshots = path.join(repo, 'out', 'screenshots', 'vscode-gateway');
/** The three quarters of an hour that API Management takes are seconds. */
const SPEED = 600;
const RUN_MS = 110_000;

/** The last two documents together, each step of the journey on the one before. */
describe('API gateway and AI Search hardening in a real VS Code, on the sandbox', () => {
  let sandbox: RunningSandbox;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let page: FrameLocator;
  let folder: string;

  const file = (): string => path.join(folder, 'ringfence.json');
  const look = (moment: string): Promise<void> => lookInEveryTheme(workbench, server, screenshots, moment);
  const picture = (name: string): Promise<unknown> =>
    workbench.page.screenshot({ path: path.join(screenshots, `${name}-dark.png`) });
  const chosen = (role: string): Promise<string> =>
    page.getByRole('combobox', { name: role, exact: true }).evaluate((list: HTMLSelectElement) => list.value);
  const progress = async (): Promise<string> => {
    const sentence = await page
      .getByText(/^\d+ of \d+ steps compliant/)
      .first()
      .innerText();
    return /^\d+ of \d+/.exec(sentence)?.[0] ?? '';
  };

  beforeAll(async () => {
    rmSync(screenshots, { recursive: true, force: true });
    mkdirSync(screenshots, { recursive: true });
    sandbox = await startSandboxProcess({ world: 'exposed', speed: SPEED });
    folder = mkdtempSync(path.join(tmpdir(), 'ringfence-workspace-'));
    const { subscriptionId: subscription } = sandbox;
    writeFileSync(
      file(),
      JSON.stringify({ version: 1, name: 'contoso-edge', subscription, scenarios: ['api-gateway'] }),
    );
    server = await startServer({ vsix: path.join(repo, 'out', 'ringfence.vsix'), env: sandbox.env });
    browser = await launchBrowser();
    workbench = await openWorkbench(browser, server, folder);
    page = workbench.webview();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const name = `FAILED ${task.name.replace(/\W+/g, '-')}.png`;
    await workbench.page.screenshot({ path: path.join(screenshots, name) });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await sandbox?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('proposes what the documents need, and saves it', async () => {
    await workbench.openContainer('Ringfence');
    await workbench.row(/^contoso-edge/).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Scenario and resources' }).click({ timeout: 60_000 });
    await page.getByRole('checkbox', { name: 'AI Search hardening' }).click();
    await expect.poll(() => chosen('Azure AI Search service')).toMatch(/\/contoso-search$/);
    const section = page.getByRole('main').getByRole('button', { name: /^API gateway/ });
    if ((await section.getAttribute('aria-expanded')) === 'false') await section.click();
    await page.getByRole('combobox', { name: 'API Management', exact: true }).waitFor();
    await picture('setup');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved to ringfence.json.', { exact: true }).waitFor();
    const saved = JSON.parse(readFileSync(file(), 'utf8')) as { scenarios: string[]; roles: Record<string, unknown> };
    expect(saved.scenarios).toEqual(['api-gateway', 'ai-search']);
    expect(Object.keys(saved.roles)).toEqual(
      expect.arrayContaining(['apiManagement', 'applicationGateway', 'keyVault', 'logAnalyticsWorkspace', 'search']),
    );
  });

  it('draws the way in before it is built', async () => {
    await page.getByRole('button', { name: 'Not verified yet', exact: true }).click();
    await page.getByRole('main').getByRole('heading', { name: 'Not verified yet' }).waitFor();
    await look('start');
  });

  it('says before it starts what takes long and what costs money', async () => {
    await page.getByRole('button', { name: /^Review and apply all: / }).click();
    await page
      .getByRole('main')
      .getByRole('heading', { name: /^Changes to review: / })
      .waitFor();
    await page
      .getByText(/about \d+ min/)
      .first()
      .waitFor();
    await picture('review');
  });

  it('applies all of it', async () => {
    for (const box of await page.getByRole('checkbox').all()) await box.click();
    await page.getByRole('button', { name: /^Apply changes: / }).click();
    await page
      .getByRole('main')
      .getByRole('heading', { name: /^Applying, changes: / })
      .waitFor();
    await picture('run');
    await page
      .getByText(/^All \d+ changes are done\.$/)
      .first()
      .waitFor({ timeout: RUN_MS });
    await expect.poll(progress, { timeout: 30_000 }).toMatch(/^(\d+) of \1$/);
    await picture('done');
  });

  it('proves that callers outside get an answer through the gateway and in no other way', async () => {
    await page.getByRole('button', { name: 'Verify from here' }).click();
    await page
      .getByRole('main')
      .getByRole('heading', { name: 'What the measurements say' })
      .waitFor({ timeout: 60_000 });
    await page.getByText(/^(\d+) of \1 measurements are as expected\.$/).waitFor();
    await look('proof');
    await page.getByRole('button', { name: /^From the internet: (\d+) of \1 measurements/ }).click();
    await picture('proof-internet');
  });

  it('takes all of it back, locks first', async () => {
    await page.getByRole('button', { name: 'Undo last run…' }).click();
    await workbench.dialog(/Take this run back/).waitFor();
    await picture('undo-dialog');
    await workbench.answerDialog(/Take this run back/, 'Take Back');
    await page
      .getByText(/^All \d+ changes are done\.$/)
      .first()
      .waitFor({ timeout: RUN_MS });
    await picture('undone');
  });

  it('broke no Content-Security-Policy on the way', () => {
    expect(workbench.cspViolations).toEqual([]);
  });
});
