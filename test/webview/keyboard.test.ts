import { afterAll, expect, test } from 'vitest';
import { exposed, failedRun } from './fixtures/states';
import { WizardBrowser, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

const press = async (wizard: WizardDriver, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await wizard.page.keyboard.press(key);
};

test('a keyboard alone is enough to read a step, review the plan, agree and apply', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'setup' } });
  await wizard.entry('setup').focus();
  await press(wizard, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  expect(await wizard.heading().textContent()).toBe('Network rules deny by default for contoso-openai');
  expect(await wizard.focused()).toBe('view-heading');

  await tabTo(wizard, 'footer-review');
  await press(wizard, 'Enter');
  expect(await wizard.heading().textContent()).toBe('Review 6 changes');
  await tabTo(wizard, 'confirm-lockout');
  await press(wizard, 'Space', 'Tab', 'Space');
  await tabTo(wizard, 'review-apply');
  await press(wizard, 'Enter');
  expect(await wizard.wishes()).toEqual([{ type: 'apply', planId: 'plan-7', confirmed: ['lockout', 'keys'] }]);
  expect(wizard.complaints).toEqual([]);
  await wizard.close();
});

test('everything that can be clicked in a step is reached by Tab, in the order in which it is read', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  await wizard.entry('aoai-private-endpoint').focus();
  const reached: string[] = [];
  for (let step = 0; step < 12; step++) {
    await press(wizard, 'Tab');
    reached.push(
      await wizard.page.evaluate(() => document.activeElement?.textContent?.trim().split('\n')[0]?.trim() ?? ''),
    );
  }
  expect(reached).toEqual([
    'How to limit Azure OpenAI to a VNet, step 2',
    'Use Azure OpenAI on your data securely',
    'Create',
    'Apply this step',
    'Skip…',
    'Copy…',
    'pe-contoso-openai',
    'Review and apply 6 changes…',
    'Verify from here',
    'Connect a client…',
    'Show log',
    expect.any(String),
  ]);
  await wizard.close();
});

test('the list is one Tab stop, and arrows, Home, End, j and k move in it without leaving the step that is shown', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  expect(await wizard.page.locator('nav [data-entry][tabindex="0"]').count()).toBe(1);
  await wizard.entry('aoai-private-endpoint').focus();
  await press(wizard, 'ArrowDown');
  expect(await wizard.focused()).toBe('list:aoai-private-dns-zone');
  await press(wizard, 'j', 'j', 'k');
  expect(await wizard.focused()).toBe('list:private-path');
  await press(wizard, 'End');
  expect(await wizard.focused()).toBe('list:verify');
  await press(wizard, 'ArrowDown');
  expect(await wizard.focused()).toBe('list:verify');
  await press(wizard, 'Home');
  expect(await wizard.focused()).toBe('list:setup');
  expect(await wizard.page.locator('nav [data-entry][tabindex="0"]').count()).toBe(1);
  expect(await wizard.entry('aoai-private-endpoint').getAttribute('aria-current')).toBe('step');
  await wizard.close();
});

test('left folds a group or goes up to it, right unfolds it', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  await wizard.entry('aoai-private-dns-zone').focus();
  await press(wizard, 'ArrowLeft');
  expect(await wizard.focused()).toBe('list:group:privateNetwork');
  await press(wizard, 'ArrowLeft');
  expect(await wizard.entry('aoai-private-dns-zone').count()).toBe(0);
  expect(await wizard.entry('group:privateNetwork').getAttribute('aria-expanded')).toBe('false');
  await press(wizard, 'ArrowRight');
  expect(await wizard.entry('aoai-private-dns-zone').isVisible()).toBe(true);
  await wizard.close();
});

test('the list can be cut to what is to do, with the step that is shown, and back', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-custom-subdomain' } });
  await wizard.button('To do').focus();
  await press(wizard, 'Enter');
  expect(await wizard.entry('aoai-managed-identity').count()).toBe(0);
  expect(await wizard.entry('group:foundation').count()).toBe(0);
  expect(await wizard.entry('aoai-custom-subdomain').isVisible()).toBe(true);
  expect(await wizard.entry('diagnostics').isVisible()).toBe(true);
  await wizard.button('All steps').click();
  expect(await wizard.entry('aoai-managed-identity').isVisible()).toBe(true);
  await wizard.close();
});

test('a group in which nothing is to do starts folded, unless what is shown is in it', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  expect(await wizard.entry('group:foundation').getAttribute('aria-expanded')).toBe('false');
  await wizard.showView('vnet');
  expect(await wizard.entry('group:foundation').getAttribute('aria-expanded')).toBe('true');
  expect(await wizard.entry('vnet').getAttribute('aria-current')).toBe('step');
  await wizard.close();
});

test('Escape leaves a review for where it was opened from, and a step for its entry in the list', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-public-access-disabled' } });
  await wizard.button('Review and apply with what it needs first…').click();
  expect(await wizard.page.locator('main').getAttribute('data-view')).toBe('review/aoai-public-access-disabled');
  await press(wizard, 'Escape');
  expect(await wizard.page.locator('main').getAttribute('data-view')).toBe('aoai-public-access-disabled');
  expect(await wizard.focused()).toBe('view-heading');
  await press(wizard, 'Escape');
  expect(await wizard.focused()).toBe('list:aoai-public-access-disabled');
  await wizard.close();
});

test('Ctrl+Enter applies a review, but not before everything is agreed to', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'review' } });
  await press(wizard, 'Tab', 'Control+Enter');
  expect(await wizard.wishes()).toEqual([]);
  for (const box of await wizard.page.getByRole('checkbox').all()) await box.click();
  await press(wizard, 'Control+Enter');
  expect(await wizard.wishes()).toEqual([{ type: 'apply', planId: 'plan-7', confirmed: ['lockout', 'keys'] }]);
  await wizard.close();
});

test('the copy menu opens on its first item, is walked with the arrows, and Escape brings back its button', async () => {
  const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
  await wizard.page.locator('[data-focus=step-copy]').focus();
  await press(wizard, 'Enter');
  const items = wizard.page.getByRole('menuitem');
  await expect.poll(() => items.count()).toBe(2);
  await press(wizard, 'ArrowDown', 'ArrowDown', 'ArrowUp');
  expect(await items.last().evaluate((item) => item === document.activeElement)).toBe(true);
  await press(wizard, 'Escape');
  expect(await items.count()).toBe(0);
  expect(await wizard.focused()).toBe('step-copy');
  await press(wizard, 'Enter', 'Enter');
  expect(await wizard.wishes()).toEqual([{ type: 'copy', what: 'findings', step: 'aoai-private-endpoint' }]);
  await wizard.close();
});

test('a fold of a diff and of an error opens with the keyboard', async () => {
  const wizard = await browser.open({ state: failedRun(), memory: { view: 'run' } });
  const details = wizard.page.locator('.run-error details');
  await details.locator('summary').focus();
  await press(wizard, 'Enter');
  expect(await details.locator('pre').isVisible()).toBe(true);
  expect(await details.locator('pre').textContent()).toContain('Correlation id');
  await wizard.close();
});

/** Presses Tab until the element with this key has the focus; fails after a walk round the page. */
async function tabTo(wizard: WizardDriver, key: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    if ((await wizard.focused()) === key) return;
    await press(wizard, 'Tab');
  }
  throw new Error(`Tab does not reach ${key}.`);
}
