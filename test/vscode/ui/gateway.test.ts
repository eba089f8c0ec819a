import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../harness/stage';
import { RUN_MS, type Workbench } from '../harness/workbench';

/** The three quarters of an hour that API Management takes are seconds. */
const SPEED = 600;

/** The last two documents together, each step of the journey on the one before. */
describe('API gateway and AI Search hardening in a real VS Code, on the sandbox', () => {
  const stage = new Stage('vscode-gateway', SPEED);
  const { look, picture, progress, chosen } = stage;
  let workbench: Workbench;
  let page: FrameLocator;
  let folder: string;

  const file = (): string => path.join(folder, 'ringfence.json');

  beforeAll(async () => {
    ({ workbench, page, folder } = await stage.open((workspace, { subscriptionId: subscription }) => {
      const setup = { version: 1, name: 'contoso-edge', subscription, scenarios: ['api-gateway'] };
      writeFileSync(path.join(workspace, 'ringfence.json'), JSON.stringify(setup));
    }));
  });
  afterEach(({ task }) => stage.keepFailure(task));
  afterAll(() => stage.close());

  it('proposes what the documents need, and saves it', async () => {
    await workbench.openContainer('Ringfence');
    await workbench.row(/^contoso-edge/).waitFor();
    await page.getByRole('button', { name: 'Scenario and resources' }).click();
    await page.getByRole('checkbox', { name: 'AI Search hardening' }).click();
    await expect.poll(() => chosen('Azure AI Search service')).toMatch(/\/contoso-search$/);
    const section = page.getByRole('main').getByRole('button', { name: /^API gateway/ });
    if ((await section.getAttribute('aria-expanded')) === 'false') await section.click();
    await page.getByRole('combobox', { name: 'API Management', exact: true }).waitFor();
    await picture('setup-dark');
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
    await picture('review-dark');
  });

  it('applies all of it', async () => {
    for (const box of await page.getByRole('checkbox').all()) await box.click();
    await page.getByRole('button', { name: /^Apply changes: / }).click();
    await page
      .getByRole('main')
      .getByRole('heading', { name: /^Changes to apply: / })
      .waitFor();
    await picture('run-dark');
    await page
      .getByText(/^All \d+ changes are done\.$/)
      .first()
      .waitFor({ timeout: RUN_MS });
    await expect.poll(progress).toMatch(/^(\d+) of \1$/);
    await picture('done-dark');
  });

  it('proves that callers outside get an answer through the gateway and in no other way', async () => {
    await page.getByRole('button', { name: 'Verify from here' }).click();
    await page.getByRole('main').getByRole('heading', { name: 'What the measurements say' }).waitFor();
    await page.getByText(/^(\d+) of \1 measurements are as expected\.$/).waitFor();
    await look('proof');
    await page.getByRole('button', { name: /^From the internet: (\d+) of \1 measurements/ }).click();
    await picture('proof-internet-dark');
  });

  it('takes all of it back, locks first', async () => {
    await page.getByRole('button', { name: 'Undo last run…' }).click();
    await workbench.dialog(/Take this run back/).waitFor();
    await picture('undo-dialog-dark');
    await workbench.answerDialog(/Take this run back/, 'Take Back');
    await page
      .getByText(/^All \d+ changes are done\.$/)
      .first()
      .waitFor({ timeout: RUN_MS });
    await picture('undone-dark');
  });

  it('broke no Content-Security-Policy on the way', () => {
    expect(workbench.cspViolations).toEqual([]);
  });
});
