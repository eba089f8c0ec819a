import { cpSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../harness/stage';
import { RUN_MS, type Workbench } from '../harness/workbench';

const INTERRUPTED = /The run of .+ on contoso-prod was interrupted: [0-8] of 9 changes done/;

/** Each step of the journey stands on the one before, as a user's does. */
describe('a run whose extension host is killed, in a real VS Code', () => {
  const stage = new Stage('interrupted', 5);
  const { look, picture } = stage;
  let workbench: Workbench;
  let page: FrameLocator;

  beforeAll(async () => {
    const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'workspace', 'contoso');
    ({ workbench, page } = await stage.open((folder) => cpSync(fixture, folder, { recursive: true })));
  });
  afterEach(({ task }) => stage.keepFailure(task));
  afterAll(() => stage.close());

  it('says in the review that nothing is in the way, before anything begins', async () => {
    await page.getByRole('button', { name: 'Review and apply all: 9…' }).click();
    await page.getByText(/^(Nothing is in the way\.|Nothing is known to be in the way\.)/).waitFor();
    await page.getByText(/^It takes about \d+ min/).waitFor();
  });

  it('is legible in every theme with what was found', () => look('review'));

  it('begins', async () => {
    for (const box of await page.getByRole('checkbox').all()) await box.click();
    await page.getByRole('button', { name: /^Apply/ }).click();
    await page
      .getByText(/^[2-8] of 9 changes done/)
      .first()
      .waitFor();
  });

  it('is killed in the middle, and nothing goes on by itself in the reopened window', async () => {
    stage.killExtensionHost();
    await stage.hurry();
    await workbench.reload();
    await workbench.notification(INTERRUPTED).waitFor();
    await page.getByText(/^Interrupted: [0-8] of 9 changes done/).waitFor();
    for (const name of ['Resume', 'Take back…', 'Abandon'])
      await page.getByRole('button', { name, exact: true }).waitFor();
    await picture('offer');
  });

  it('is legible in every theme while it waits for an answer', () => look('interrupted'));

  it('is finished when somebody says so, and everything is compliant then', async () => {
    await workbench.notification(INTERRUPTED).getByRole('button', { name: 'Resume' }).click();
    await page.getByText('All 9 changes are done.').first().waitFor({ timeout: RUN_MS });
    await page
      .getByText(/^14 of 14 steps compliant/)
      .first()
      .waitFor();
  });

  it('is not asked about any more', async () => {
    await workbench.reload();
    await page
      .getByText(/^14 of 14 steps compliant/)
      .first()
      .waitFor();
    expect(await workbench.notification(INTERRUPTED).count()).toBe(0);
  });

  it('broke no Content-Security-Policy on the way', () => {
    expect(workbench.cspViolations).toEqual([]);
  });
});
