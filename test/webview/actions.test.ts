import { afterAll, expect, test } from 'vitest';
import type { WizardState } from '../../src/protocol/wizardState';
import { exposed, failedRun, midRun, onYourData, problemAtStart } from './fixtures/states';
import { WizardBrowser, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

const isEnabled = (wizard: WizardDriver, name: string | RegExp): Promise<boolean> => wizard.button(name).isEnabled();

test('a plan can be applied only when every confirmation is ticked', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'review' } });
  const boxes = wizard.page.getByRole('checkbox');
  const canApply = () => isEnabled(wizard, 'Apply changes: 6');
  expect(await canApply()).toBe(false);
  await boxes.first().click();
  expect(await canApply()).toBe(false);
  expect(await wizard.page.getByText('Confirmations still to tick: 1').isVisible()).toBe(true);
  await boxes.last().click();
  await expect.poll(canApply).toBe(true);
  await boxes.first().click();
  await wizard.page.keyboard.press('Control+Enter');
  expect(await wizard.wishes()).toEqual([]);
  await expect.poll(canApply).toBe(false);
  await wizard.close();
});

test('apply names the plan and what was agreed to, and nothing else; a second click sends nothing', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'review' } });
  for (const box of await wizard.page.getByRole('checkbox').all()) await box.click();
  await wizard.button('Apply changes: 6').dblclick();
  await wizard.page.keyboard.press('Control+Enter');
  expect(await wizard.wishes()).toEqual([{ type: 'apply', planId: 'plan-7', confirmed: ['lockout', 'keys'] }]);
  await wizard.close();
});

test('what was agreed to for one plan does not count for another', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'review' } });
  for (const box of await wizard.page.getByRole('checkbox').all()) await box.click();
  await wizard.receive({ ...exposed(2), log: [] });
  await expect.poll(() => isEnabled(wizard, 'Apply changes: 6')).toBe(true);
  await wizard.receive(withPlan(exposed(3), 'plan-8'));
  await expect.poll(() => isEnabled(wizard, 'Apply changes: 6')).toBe(false);
  expect(await wizard.page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  await wizard.close();
});

test('a plan with a change that cannot be shown cannot be applied, and says so', async () => {
  const state = exposed();
  const detail = state.steps['aoai-private-dns-zone'];
  if (detail === undefined) throw new Error('The fixture lacks the step.');
  const steps = { ...state.steps, [detail.step]: { ...detail, planChangeIds: ['zone', 'not-described'] } };
  const wizard = await browser.open({ state: { ...state, steps }, memory: { view: 'review/aoai-private-dns-zone' } });
  expect(await isEnabled(wizard, /^Apply changes/)).toBe(false);
  expect(await wizard.page.getByText('Some changes of this plan cannot be shown here').isVisible()).toBe(true);
  await wizard.close();
});

test('a step that needs others first is reviewed with all of them before it is applied', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-public-access-disabled' } });
  await wizard.button('Review and apply with what it needs first…').click();
  expect(await wizard.wishes()).toEqual([]);
  expect(await wizard.page.locator('.change').count()).toBe(4);
  await wizard.page.getByRole('checkbox').click();
  await wizard.button('Apply changes: 4').click();
  expect(await wizard.wishes()).toEqual([{ type: 'apply', planId: 'plan-public-access', confirmed: ['lockout'] }]);
  await wizard.close();
});

test('the buttons come back when the host does not answer', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  await wizard.page.clock.install();
  await wizard.button('Apply this step').click();
  await expect.poll(() => isEnabled(wizard, 'Apply this step')).toBe(false);
  await wizard.page.clock.runFor(9_000);
  expect(await isEnabled(wizard, 'Apply this step')).toBe(false);
  await wizard.page.clock.runFor(2_000);
  await expect.poll(() => isEnabled(wizard, 'Apply this step')).toBe(true);
  await wizard.close();
});

test('nothing can be applied while the host says that it cannot', async () => {
  const state = { ...exposed(), can: { ...exposed().can, apply: false } };
  const wizard = await browser.open({ state, memory: { view: 'aoai-private-endpoint' } });
  expect(await isEnabled(wizard, 'Apply this step')).toBe(false);
  expect(await isEnabled(wizard, 'Review and apply 6 changes…')).toBe(false);
  await wizard.close();
});

test('every button asks the host for what it says', async () => {
  const wizard = await browser.open({ state: failedRun(), memory: { view: 'aoai-network-default-deny' } });
  await wizard.button('Skip…').click();
  await wizard.page.getByText('Check again').click();
  await wizard.page.getByText('How to limit Azure OpenAI to a VNet, step 1').click();
  for (const item of ['Copy hosts-file block', 'Add to hosts file…']) {
    await wizard.button('Connect a client…').click();
    await wizard.page.getByRole('menuitem', { name: item }).click();
  }
  await wizard.button('Show log').click();
  await wizard.page.getByText('Open the full log').click();
  await wizard.button('Undo last run…').click();
  expect(await wizard.intents()).toEqual([
    { type: 'skipStep', step: 'aoai-network-default-deny' },
    { type: 'refresh' },
    { type: 'openLink', linkId: 'aoai-network-default-deny-1' },
    { type: 'copy', what: 'hosts' },
    { type: 'addToHostsFile' },
    { type: 'showLog' },
    { type: 'undoRun', runId: 'run-1' },
  ]);
  expect(wizard.page.url()).not.toContain('#');
  await wizard.close();
});

test('what a client needs is in one menu, as far as the host offers it', async () => {
  const wizard = await browser.open({ state: onYourData() });
  const items = async (): Promise<readonly string[]> => {
    const labels = await wizard.page.getByRole('menuitem').allTextContents();
    return labels.map((label) => label.trim());
  };
  await wizard.button('Connect a client…').click();
  expect(await items()).toEqual([
    'Download VPN client package…',
    'Add to hosts file…',
    'Copy hosts-file block',
    'Copy inference request',
    'Copy document filter',
  ]);
  await wizard.page.getByRole('menuitem', { name: 'Download VPN client package…' }).click();
  for (const item of ['Copy inference request', 'Copy document filter']) {
    await wizard.button('Connect a client…').click();
    await wizard.page.getByRole('menuitem', { name: item }).click();
  }
  expect(await wizard.intents()).toEqual([
    { type: 'downloadVpnClient' },
    { type: 'copy', what: 'inferenceRequest' },
    { type: 'copy', what: 'documentFilter' },
  ]);
  await wizard.close();
});

test('an active run can be cancelled, one that failed continued, and a problem acted upon', async () => {
  const active = await browser.open({ state: midRun(), memory: { view: 'run' } });
  await active.button('Cancel').click();
  expect(await active.intents()).toEqual([{ type: 'cancelRun', runId: 'run-1' }]);
  const failed = await browser.open({ state: failedRun(), memory: { view: 'run' } });
  await failed.button('Retry the rest').click();
  expect(await failed.intents()).toEqual([{ type: 'resumeRun', runId: 'run-1' }]);
  const problem = await browser.open({ state: problemAtStart() });
  await problem.button('Sign in').click();
  expect(await problem.intents()).toEqual([{ type: 'problemAction', command: 'signIn' }]);
  await Promise.all([active.close(), failed.close(), problem.close()]);
});

test('a skipped step says why and can be taken up again', async () => {
  const state = exposed();
  const detail = state.steps['aoai-disable-local-auth'];
  if (detail === undefined) throw new Error('The fixture lacks the step.');
  const steps = { ...state.steps, [detail.step]: { ...detail, skipped: 'A batch job still uses its key.' } };
  const wizard = await browser.open({ state: { ...state, steps }, memory: { view: detail.step } });
  expect(await wizard.page.getByText('Skipped: A batch job still uses its key.').isVisible()).toBe(true);
  await wizard.button('Stop skipping').click();
  expect(await wizard.intents()).toEqual([{ type: 'unskipStep', step: detail.step }]);
  await wizard.close();
});

test("the page's own words are shown in the user's language", async () => {
  const french = await WizardBrowser.start({
    bootstrap: {
      locale: 'fr',
      bundle: { 'What will change': 'Ce qui va changer', 'Apply this step': 'Appliquer cette étape' },
    },
  });
  const wizard = await french.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  expect(await wizard.page.locator('html').getAttribute('lang')).toBe('fr');
  expect(await wizard.page.getByRole('heading', { name: 'Ce qui va changer' }).isVisible()).toBe(true);
  expect(await wizard.button('Appliquer cette étape').isVisible()).toBe(true);
  await wizard.close();
  await french.stop();
});

function withPlan(state: WizardState, planId: string): WizardState {
  return state.plan === null ? state : { ...state, plan: { ...state.plan, planId } };
}
