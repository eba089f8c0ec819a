import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type Server } from '../../../scripts/lib/vscodeServer.mjs';
import { launchBrowser } from '../harness/browser';
import { openWorkbench, type Workbench } from '../harness/workbench';

const repo = path.resolve(import.meta.dirname, '..', '..', '..');

/** With a stand-in for Microsoft's sign-in, whose tokens no Azure accepts. */
describe('signing in, in a real VS Code', () => {
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringfence-signin-'));
    server = await startServer({
      vsix: path.join(repo, 'out', 'ringfence.vsix'),
      builtin: {
        'microsoft-authentication': path.join(import.meta.dirname, '..', 'fixtures', 'microsoft-authentication'),
      },
    });
    browser = await launchBrowser();
    workbench = await openWorkbench(browser, server, folder);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks nobody before somebody asks for it', async () => {
    await workbench.openContainer('Ringfence');
    await workbench.page.getByRole('button', { name: 'Sign in to Azure' }).waitFor();
    expect(await workbench.dialog(/sign in/).count()).toBe(0);
  });

  it('takes a sign-in that is declined for an answer', async () => {
    await workbench.page.getByRole('button', { name: 'Sign in to Azure' }).click();
    await workbench.answerDialog(/wants to sign in using Microsoft/, 'Cancel');
    await workbench.notification(/You are not signed in/).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('says why Azure gave it nothing, and goes on from there', async () => {
    await workbench.command('Ringfence: Sign In to Azure…');
    await workbench.answerDialog(/wants to sign in using Microsoft/, 'Allow');
    await workbench.notification(/The subscriptions could not be listed: ./).waitFor();
    await workbench.page.getByRole('button', { name: 'Choose a subscription' }).waitFor();
  });
});
