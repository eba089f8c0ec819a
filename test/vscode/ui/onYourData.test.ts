import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../harness/stage';
import { RUN_MS, type Workbench } from '../harness/workbench';

/** A run of a VPN gateway's half an hour takes seconds. */
const SPEED = 400;

/** Each step of the journey stands on the one before, as a user's does. */
describe('On Your Data in a real VS Code, on the sandbox', () => {
  const stage = new Stage('vscode-on-your-data', SPEED);
  const { look, picture, progress, chosen } = stage;
  let workbench: Workbench;
  let page: FrameLocator;
  let folder: string;
  let before: string;
  let total: string;

  const file = (): string => path.join(folder, 'ringfence.json');

  beforeAll(async () => {
    ({ workbench, page, folder } = await stage.open((workspace, { subscriptionId: subscription }) => {
      const setup = { version: 1, name: 'contoso-data', subscription, scenarios: ['private-access'] };
      writeFileSync(path.join(workspace, 'ringfence.json'), JSON.stringify(setup));
    }));
  });
  afterEach(({ task }) => stage.keepFailure(task));
  afterAll(() => stage.close());

  it('shows search, storage and web app in the tree, each with its steps', async () => {
    await workbench.openContainer('Ringfence');
    for (const name of ['contoso-openai', 'contoso-search', 'contosodocs', 'contoso-web']) {
      await workbench.row(new RegExp(`^${name}[\\w-]*: \\d+ of \\d+ steps compliant`)).waitFor();
    }
  });

  it('brings everything that the scenario needs when it is chosen', async () => {
    await page.getByRole('button', { name: 'Scenario and resources' }).click();
    await page.getByRole('checkbox', { name: 'On your data' }).click();
    await expect.poll(() => chosen('Azure AI Search service')).toMatch(/\/contoso-search$/);
    await expect.poll(() => chosen('Storage account')).toMatch(/\/contosodocs$/);
    await page
      .getByRole('main')
      .getByRole('button', { name: /^VPN for developers/ })
      .click();
    await page.getByRole('textbox', { name: 'Addresses of VPN clients' }).waitFor();
    await page
      .getByRole('main')
      .getByRole('button', { name: /^Web app/ })
      .click();
    await page.getByRole('combobox', { name: 'Subnet of the web app' }).waitFor();
    await look('setup');
  });

  it('offers who is signed in as a developer, and finds others by name', async () => {
    const people = page.getByRole('group', { name: 'Developers' });
    const section = page.getByRole('main').getByRole('button', { name: /^Developers and projects/ });
    if ((await section.getAttribute('aria-expanded')) === 'false') await section.click();
    await people.getByText('User, you').waitFor();
    await people.getByRole('textbox', { name: 'Add by name or object id' }).fill('Contoso AI');
    await workbench.page.keyboard.press('Enter');
    await people.getByRole('button', { name: 'Add Contoso AI Developers, Group' }).click();
    await people.getByRole('button', { name: 'Remove Contoso AI Developers, Group' }).waitFor();
    await picture('developers-dark');
  });

  it('saves the setup with what was proposed', async () => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved to ringfence.json.', { exact: true }).waitFor();
    const saved = JSON.parse(readFileSync(file(), 'utf8')) as { scenarios: string[]; roles: Record<string, unknown> };
    expect(saved.scenarios).toEqual(['private-access', 'on-your-data']);
    expect(Object.keys(saved.roles)).toEqual(expect.arrayContaining(['search', 'storage', 'vpnGateway', 'webApp']));
  });

  it('lists the steps in families, and the proof last', async () => {
    await page.getByRole('button', { name: /^Azure AI Search: \d+ of \d+ steps compliant/ }).waitFor();
    before = await progress();
    total = before.replace(/^\d+ of /, '');
    expect(Number(total)).toBeGreaterThan(50);
    await page.getByRole('button', { name: 'Not verified yet', exact: true }).click();
    await page.getByRole('main').getByRole('heading', { name: 'Not verified yet' }).waitFor();
    await look('start');
  });

  it('leads from a part of the picture to the step that it waits for', async () => {
    await page.getByRole('button', { name: /contoso-openai is to be allowed to call contoso-search/ }).click();
    await page
      .getByRole('main')
      .getByRole('heading', { name: /^Role-based access to Search/ })
      .waitFor();
    await picture('role-dark');
  });

  it('applies all of it after a review', async () => {
    await page.getByRole('button', { name: /^Review and apply all: / }).click();
    await page
      .getByRole('main')
      .getByRole('heading', { name: /^Changes to review: / })
      .waitFor();
    await look('review');
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
  });

  it('is compliant in every step then, in the wizard, in the tree and in the status bar', async () => {
    await expect.poll(progress).toBe(`${total} of ${total}`);
    await workbench.openContainer('Ringfence');
    await workbench.row(/^contoso-data: (\d+) of \1 steps compliant/).waitFor();
    for (const name of ['contoso-search', 'contosodocs', 'contoso-web', 'vpngw-vnet-app']) {
      await workbench.row(new RegExp(`^${name}: (\\d+) of \\1 steps compliant`)).waitFor();
    }
    expect(await workbench.page.locator('.statusbar').innerText()).toContain(`${total}/${total} Sandbox`);
    await look('done');
  });

  it('proves that the internet is refused on all three services, and that inside and the web app succeed', async () => {
    await page.getByRole('button', { name: 'Verify from here' }).click();
    await page.getByRole('main').getByRole('heading', { name: 'What the measurements say' }).waitFor();
    await page.getByText(/^(\d+) of \1 measurements are as expected\.$/).waitFor();
    for (const position of ['From the internet', /^Inside /, /^From the web app /]) {
      await page.getByRole('main').getByRole('heading', { name: position }).waitFor();
    }
    await look('proof');
    await page.getByRole('button', { name: /^From the web app .*: (\d+) of \1 measurements/ }).click();
    await page
      .getByRole('main')
      .getByRole('heading', { name: /^From the web app / })
      .waitFor();
    await picture('proof-web-app-dark');
  });

  it('saves the package for VPN clients, and says what to do with it', async () => {
    await page.getByRole('button', { name: 'Connect a client…' }).click();
    await picture('clients-dark');
    await page.getByRole('menuitem', { name: 'Download VPN client package…' }).click();
    const file = await workbench.saveWhereOffered(/-vpn-client\.zip$/);
    expect(path.dirname(file)).toBe(folder);
    await workbench.notification(/import AzureVPN\/azurevpnconfig\.xml/).waitFor();
    await expect.poll(() => existsSync(file)).toBe(true);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    await picture('vpn-package-dark');
  });

  it('copies a hosts-file block with every service, and a request without a key', async () => {
    await page.getByRole('button', { name: 'Connect a client…' }).click();
    await page.getByRole('menuitem', { name: 'Copy hosts-file block' }).click();
    await expect.poll(() => workbench.clipboard()).toMatch(/contoso-openai\.openai\.azure\.com\n/);
    const block = await workbench.clipboard();
    expect(block).toMatch(/contoso-search\.search\.windows\.net\n/);
    expect(block).toMatch(/contosodocs\.blob\.core\.windows\.net\n/);
    await page.getByRole('button', { name: 'Connect a client…' }).click();
    await page.getByRole('menuitem', { name: 'Copy inference request' }).click();
    await expect.poll(() => workbench.clipboard()).toMatch(/^TOKEN=\$\(az account get-access-token/);
    expect(await workbench.clipboard()).not.toMatch(/api-key/i);
  });

  it('takes all of it back but for what Azure cannot', async () => {
    await page.getByRole('button', { name: 'Undo last run…' }).click();
    await workbench.dialog(/Take this run back/).waitFor();
    await picture('undo-dialog-dark');
    await workbench.answerDialog(/Take this run back/, 'Take Back');
    await page
      .getByRole('main')
      .getByRole('heading', { name: /^Changes to take back: / })
      .waitFor();
    await page
      .getByText(/^All \d+ changes are done\.$/)
      .first()
      .waitFor({ timeout: RUN_MS });
    await expect.poll(progress).not.toBe(`${total} of ${total}`);
    expect(Number.parseInt(await progress(), 10)).toBeGreaterThanOrEqual(Number.parseInt(before, 10));
    await look('undone');
  });

  it('broke no Content-Security-Policy on the way', () => {
    expect(workbench.cspViolations).toEqual([]);
  });
});
