import { afterAll, expect, test } from 'vitest';
import { busyAtStart, exposed, failedRun, finished, midRun, nothingYet, setupErrors } from './fixtures/states';
import { groupsOf, detailsOf, step } from './fixtures/steps';
import { WizardBrowser, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

const said = (wizard: WizardDriver): Promise<string | null> => wizard.page.locator('#announcements').textContent();
const view = (wizard: WizardDriver): Promise<string | null> => wizard.page.locator('main').getAttribute('data-view');

test('the page says that it is ready, once, and with its protocol', async () => {
  const wizard = await browser.open();
  const posted = await wizard.page.evaluate(() => (window as unknown as { posted: unknown[] }).posted);
  expect(posted).toEqual([{ type: 'ready', protocol: 4 }]);
  await wizard.close();
});

test('a state that is not newer than the one shown is ignored', async () => {
  const wizard = await browser.open({ state: finished(7) });
  await wizard.receive({ ...exposed(6), title: 'older' });
  await wizard.receive({ ...exposed(7), title: 'same' });
  expect(await wizard.page.locator('h1').textContent()).toBe('contoso-prod');
  await wizard.receive({ ...exposed(8), title: 'newer' });
  expect(await wizard.page.locator('h1').textContent()).toBe('newer');
  await wizard.close();
});

test('messages that the page does not know are ignored', async () => {
  const wizard = await browser.open({ state: exposed() });
  for (const message of [
    null,
    7,
    'state',
    {},
    { type: 'evil' },
    { type: 'state' },
    { type: 'state', state: null },
    { type: 'showView' },
  ]) {
    await wizard.deliver(message);
  }
  await wizard.showView('no-such-step');
  expect(await view(wizard)).toBe('aoai-network-default-deny');
  expect(wizard.complaints).toEqual([]);
  await wizard.close();
});

test('a new state leaves focus, scroll and open folds where they are', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'review' }, height: 600 });
  const long = wizard.page.locator('[data-change=subnet]');
  await long.locator('summary').click();
  await wizard.page.locator('main').evaluate((main) => main.scrollTo(0, 200));
  await wizard.receive({ ...exposed(2), subtitle: 'changed' });
  expect(await wizard.page.locator('.subtitle').textContent()).toBe('changed');
  expect(await long.evaluate((details: HTMLDetailsElement) => details.open)).toBe(true);
  expect(await wizard.page.locator('main').evaluate((main) => main.scrollTop)).toBe(200);
  expect(await long.locator('summary').evaluate((summary) => summary === document.activeElement)).toBe(true);
  await wizard.close();
});

test('the focus follows a step that moves to another group', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'setup' } });
  await wizard.entry('aoai-private-endpoint').focus();
  await wizard.receive(midRun());
  expect(await wizard.focused()).toBe('list:aoai-private-endpoint');
  await wizard.close();
});

test('the focus goes to the heading when what had it is gone, and never to the top of the page', async () => {
  const wizard = await browser.open({ state: midRun(), memory: { view: 'run' } });
  await wizard.button('Cancel').focus();
  await wizard.receive({ ...finished(3), can: { ...finished().can, undo: false } });
  expect(await wizard.focused()).toBe('view-heading');
  await wizard.close();
});

test('the live region speaks when the counts change or a run ends, and at no other time', async () => {
  const wizard = await browser.open({ state: exposed(1) });
  expect(await said(wizard)).toBe('');
  const seconds = { ...exposed().progress, sentence: '6 of 14 steps compliant, 1 unknown · checked 40 seconds ago' };
  await wizard.receive({ ...exposed(2), progress: seconds });
  expect(await said(wizard)).toBe('');
  await wizard.receive(midRun(3));
  expect(await said(wizard)).toBe('7 of 14 steps compliant, 1 unknown · about 3 minutes left');
  await wizard.receive({ ...midRun(4), log: [] });
  expect(await said(wizard)).toBe('7 of 14 steps compliant, 1 unknown · about 3 minutes left');
  await wizard.receive(failedRun(5));
  expect(await said(wizard)).toBe(failedRun().run?.sentence);
  expect(await wizard.page.locator('#announcements').getAttribute('role')).toBe('status');
  await wizard.close();
});

test('what was looked at, folded and opened survives a reload', async () => {
  const wizard = await browser.open({ state: exposed() });
  await wizard.entry('diagnostics').click();
  await wizard.entry('group:foundation').click();
  await wizard.entry('group:privateNetwork').click();
  await wizard.button('To do').click();
  await wizard.button('Show log').click();
  await wizard.page.reload();
  await wizard.receive(exposed());
  expect(await view(wizard)).toBe('diagnostics');
  expect(await wizard.entry('aoai-private-endpoint').count()).toBe(0);
  expect(await wizard.button('To do').getAttribute('aria-pressed')).toBe('true');
  await wizard.button('All steps').click();
  expect(await wizard.entry('vnet').isVisible()).toBe(true);
  expect(await wizard.page.getByRole('log').isVisible()).toBe(true);
  await wizard.close();
});

test('a reload while the host is still reading comes back to the same step', async () => {
  const wizard = await browser.open({ memory: { view: 'diagnostics' } });
  await wizard.receive(busyAtStart(1));
  await wizard.receive(exposed(2));
  expect(await view(wizard)).toBe('diagnostics');
  await wizard.close();
});

test('the memory of another setup, or of another shape, is not used', async () => {
  const other = await browser.open({
    memory: { setupUri: 'file:///other/ringfence.json', view: 'diagnostics' },
    state: exposed(),
  });
  expect(await view(other)).toBe('aoai-network-default-deny');
  const broken = await browser.open({
    memory: { folds: 'all' as unknown as Record<string, boolean>, view: 'diagnostics' },
    state: exposed(),
  });
  expect(await view(broken)).toBe('aoai-network-default-deny');
  await other.close();
  await broken.close();
});

test('the host can show a step or a review, and the focus goes to its heading', async () => {
  const wizard = await browser.open({ state: exposed() });
  await wizard.showView('diagnostics');
  expect(await wizard.heading().textContent()).toBe('Diagnostic settings for contoso-openai');
  expect(await wizard.focused()).toBe('view-heading');
  await wizard.showView('review');
  expect(await view(wizard)).toBe('review');
  expect(await wizard.focused()).toBe('view-heading');
  await wizard.showView('review/aoai-private-endpoint');
  expect(await view(wizard)).toMatch(/^review/);
  expect(await wizard.heading().textContent()).toContain('Private endpoint');
  await wizard.close();
});

test('a run that was asked for here is shown when it starts; one that was not leaves the view alone', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  await wizard.button('Apply this step').click();
  expect(await wizard.intents()).toEqual([{ type: 'apply', planId: 'plan-endpoint', confirmed: [] }]);
  await wizard.receive(midRun());
  expect(await view(wizard)).toBe('run');
  const other = await browser.open({ state: exposed(), memory: { view: 'diagnostics' } });
  await other.receive(midRun());
  expect(await view(other)).toBe('diagnostics');
  await wizard.close();
  await other.close();
});

test('the first verification is shown when it comes', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'diagnostics' } });
  await wizard.button('Verify from here').click();
  expect(await wizard.intents()).toEqual([{ type: 'verify' }]);
  await wizard.receive(finished(2));
  expect(await view(wizard)).toBe('verify');
  await wizard.close();
});

test('a step that is gone gives way to the first one that needs the user', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'diagnostics' } });
  const rest = [step('vnet', 'Virtual network', { state: 'todo' })];
  await wizard.receive({ ...exposed(2), groups: groupsOf(rest), steps: detailsOf(rest) });
  expect(await view(wizard)).toBe('vnet');
  await wizard.close();
});

test('a setup without steps starts at its form; an empty state and sixty steps are drawn without complaint', async () => {
  const wizard = await browser.open({ state: setupErrors(1) });
  expect(await view(wizard)).toBe('setup');
  await wizard.receive(nothingYet(2));
  const many = Array.from({ length: 60 }, (_, at) => step(`step-${at}`, `Step ${at}`, { state: 'todo' }));
  await wizard.receive({ ...exposed(3), groups: groupsOf(many), steps: detailsOf(many) });
  expect(await wizard.page.locator('nav [data-entry^="step-"]').count()).toBe(60);
  await wizard.entry('step-59').click();
  expect(await wizard.heading().textContent()).toBe('Step 59 for contoso-openai');
  expect(wizard.complaints).toEqual([]);
  await wizard.close();
});
