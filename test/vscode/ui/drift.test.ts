import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { Stage } from '../harness/stage';
import type { Workbench } from '../harness/workbench';

const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'workspace', 'contoso');
const { subscription } = JSON.parse(readFileSync(path.join(fixture, 'ringfence.json'), 'utf8')) as {
  subscription: string;
};

const ROW = /^Public access disabled of contoso-openai: no longer compliant/;
const NEWS = /contoso-prod has changed without Ringfence\. No longer compliant: .*Public access disabled/;

describe('a change that somebody makes by hand, in a real VS Code', () => {
  const stage = new Stage('drift', 20, 'hardened');
  const { look, picture } = stage;
  let workbench: Workbench;
  let page: FrameLocator;

  beforeAll(async () => {
    ({ workbench, page } = await stage.open((folder) => cpSync(fixture, folder, { recursive: true })));
    // So often that a test can wait for it.
    stage.changeSettings({ 'ringfence.refreshMinutes': 0.05 });
  });
  afterEach(({ task }) => stage.keepFailure(task));
  afterAll(() => stage.close());

  it('begins where everything is as it should be', async () => {
    await page
      .getByText(/^14 of 14 steps compliant/)
      .first()
      .waitFor();
    await workbench.openContainer('Ringfence');
    await workbench.expand(/^contoso-openai: /);
    await workbench.row(/^Public access disabled of contoso-openai: Compliant/).waitFor();
  });

  it('is told without anybody having asked, in the tree, in the status bar and once in words', async () => {
    const account = `/subscriptions/${subscription}/resourceGroups/rg-contoso-ai/providers/Microsoft.CognitiveServices/accounts/contoso-openai`;
    await stage.changeByHand(account, '2024-10-01', { properties: { publicNetworkAccess: 'Enabled' } });
    await workbench.notification(NEWS).waitFor();
    await workbench.row(ROW).waitFor();
    await workbench.page.locator('.statusbar .warning-kind').getByText('/14 Sandbox').waitFor();
    await picture('told');
  });

  it('is shown in the wizard, and no longer marked once somebody has seen it', async () => {
    await workbench.notification(NEWS).getByRole('button', { name: 'Show' }).click();
    await page.getByRole('heading', { name: 'Public access disabled: contoso-openai' }).waitFor();
    await page.getByText(/^This was compliant, and is not any more/).waitFor();
    await workbench.row(ROW).waitFor({ state: 'detached' });
    await workbench.row(/^Public access disabled of contoso-openai: To do/).waitFor();
  });

  it('is legible in every theme', () => look('deviating'));
});
