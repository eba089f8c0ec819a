import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../harness/stage';
import { RUN_MS, type Workbench } from '../harness/workbench';

const HOSTILE = '<img src=x onerror=alert(1)> $(trash) ${env:HOME}';

const HOSTILE_ROW = /^<img src=x onerror/;

/** Each step of the journey stands on the one before, as a user's does. */
describe('the main job in a real VS Code, on the sandbox', () => {
  const stage = new Stage('vscode', 5);
  const { look, picture } = stage;
  let workbench: Workbench;
  let page: FrameLocator;
  let folder: string;

  beforeAll(async () => {
    ({ workbench, page, folder } = await stage.open((workspace) =>
      cpSync(path.join(import.meta.dirname, '..', 'fixtures', 'workspace'), workspace, { recursive: true }),
    ));
  });
  afterEach(({ task }) => stage.keepFailure(task));
  afterAll(() => stage.close());

  it('opens the wizard by itself, with the roles filled in by discovery', async () => {
    await page.getByRole('button', { name: 'Review and apply all: 9…' }).waitFor();
    await page
      .getByText(/^5 of 14 steps compliant/)
      .first()
      .waitFor();
    await page.getByText('Sandbox', { exact: true }).first().waitFor();
  });

  it('shows the subscription’s resources with their steps in the tree, marked as the sandbox', async () => {
    await workbench.openContainer('Ringfence');
    await workbench.row(/^Sandbox/).waitFor();
    await workbench.expand(/^contoso-openai: /);
    await workbench.row(/^Public access disabled of contoso-openai: To do/).waitFor();
    await workbench.page.getByRole('button', { name: /Ringfence.*Sandbox/ }).waitFor();
  });

  it('shows a hostile name in the tree and in the wizard as the text that it is', async () => {
    await workbench.collapse(/^contoso-prod: /);
    const label = workbench.page.locator('.sidebar').getByText(HOSTILE, { exact: true }).first();
    await label.waitFor();
    expect(await label.locator('img').count()).toBe(0);
    await workbench.inlineAction(HOSTILE_ROW, 'Open Wizard');
    await page.getByRole('heading', { level: 1, name: HOSTILE }).waitFor();
    await workbench.command('View: Close Editor');
    await page.getByRole('heading', { level: 1, name: 'contoso-prod' }).waitFor();
  });

  it('saves the roles that it has proposed to the file, when told to', async () => {
    const file = path.join(folder, 'contoso', 'ringfence.json');
    await page.getByRole('button', { name: 'Scenario and resources' }).click();
    await page.getByText('Changed since it was saved to contoso/ringfence.json.').waitFor();
    await picture('setup-dark');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved to contoso/ringfence.json.', { exact: true }).waitFor();
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { roles: { openAi: { id: string } } };
    expect(saved.roles.openAi.id).toMatch(/\/accounts\/contoso-openai$/);
  });

  it('opens a step of the tree in the wizard', async () => {
    await workbench.row(/^Private endpoint of Azure OpenAI of contoso-openai: To do/).click();
    await page.getByRole('heading', { name: 'Private endpoint of Azure OpenAI: contoso-openai' }).waitFor();
    await page.getByText('pe-contoso-openai').first().waitFor();
  });

  it('is legible in every theme before the run', () => look('start'));

  it('begins a plan only when it was reviewed and everything was agreed to', async () => {
    await page.getByRole('button', { name: 'Review and apply all: 9…' }).click();
    await page.getByRole('heading', { name: 'Changes to review: 9' }).waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.click();
    await picture('review-dark');
    await page.getByRole('button', { name: /^Apply/ }).click();
    await page.getByRole('heading', { name: 'Changes to apply: 9' }).waitFor();
    const underWay = page.getByText(/^[2-8] of 9 changes done/).first();
    await underWay.waitFor();
  });

  it('counts the same in the wizard, in the tree and in the status bar while it runs', async () => {
    await workbench.row(/^contoso-prod: ([6-9]|1[0-3]) of 14 steps compliant/).waitFor();
    await expect
      .poll(async () => {
        const sentence = await page
          .getByText(/^\d+ of 14 steps compliant/)
          .first()
          .innerText();
        const status = await workbench.page.locator('.statusbar').innerText();
        return status.includes(`${/^\d+/.exec(sentence)?.[0] ?? ''}/14 Sandbox`);
      })
      .toBe(true);
    await workbench.row(/^contoso-openai: [3-9] of 10 steps compliant/).waitFor();
  });

  it('is legible in every theme during the run', () => look('run'));

  it('finds an interrupted run again after a reload of the window', async () => {
    await page
      .getByText(/^[1-8] of 9 changes done/)
      .first()
      .waitFor();
    await workbench.reload();
    await page.getByText(/^Interrupted: [1-8] of 9 changes done/).waitFor();
  });

  it('continues it to the end, and every step is compliant then', async () => {
    await stage.hurry();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('All 9 changes are done.').first().waitFor({ timeout: RUN_MS });
    await page
      .getByText(/^14 of 14 steps compliant/)
      .first()
      .waitFor();
    await workbench.openContainer('Ringfence');
    await workbench.row(/^contoso-openai: (\d+) of \1 steps compliant/).waitFor();
  });

  it('measures that the internet is refused and the network is answered', async () => {
    await page.getByRole('button', { name: 'Verify from here' }).click();
    await page.getByRole('heading', { name: 'What the measurements say' }).waitFor();
    await page.getByText('3 of 3 measurements are as expected.').waitFor();
  });

  it('is legible in every theme after the run', () => look('done'));

  it('copies a block for the hosts file', async () => {
    await page.getByRole('button', { name: 'Connect a client…' }).click();
    await page.getByRole('menuitem', { name: 'Copy hosts-file block' }).click();
    await expect.poll(() => workbench.clipboard()).toMatch(/^# BEGIN ringfence [\w.-]+\n/);
    const lines = (await workbench.clipboard()).trim().split('\n');
    expect(lines.slice(1, -1)).toEqual([expect.stringMatching(/^10\.3\.\d+\.\d+ contoso-openai\.openai\.azure\.com$/)]);
  });

  it('shows what the hosts file would become, and writes nothing for a sandbox', async () => {
    const before = readFileSync('/etc/hosts', 'utf8');
    await page.getByRole('button', { name: 'Connect a client…' }).click();
    await page.getByRole('menuitem', { name: 'Add to hosts file…' }).click();
    const dialog = workbench.dialog(/This is only a preview/);
    await dialog.getByText(/stays as it is/).waitFor();
    await picture('hosts-file');
    await workbench.answerDialog(/This is only a preview/, 'OK');
    await workbench.command('View: Close Editor');
    expect(readFileSync('/etc/hosts', 'utf8')).toBe(before);
  });

  it('takes the run back, after saying what goes and what stays', async () => {
    await page.getByRole('button', { name: 'Undo last run…' }).click();
    await workbench
      .dialog(/Take this run back/)
      .getByText(/Delete: Private endpoint of Azure OpenAI \(pe-contoso-openai\)/)
      .waitFor();
    await workbench.answerDialog(/Take this run back/, 'Take Back');
    await page.getByRole('heading', { name: 'Changes to take back: 9' }).waitFor();
    await page.getByText('All 9 changes are done.').first().waitFor({ timeout: RUN_MS });
    await page
      .getByText(/^5 of 14 steps compliant/)
      .first()
      .waitFor();
  });

  it('broke no Content-Security-Policy on the way', () => {
    expect(workbench.cspViolations).toEqual([]);
  });
});
