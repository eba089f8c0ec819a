import { afterAll, beforeEach, expect, test } from 'vitest';
import { WizardBrowser, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start({ entry: 'test/webview/harness/kitPage.ts' });
const opened: WizardDriver[] = [];
afterAll(() => browser.stop());
beforeEach(async () => {
  for (const page of opened.splice(0)) await page.close();
});

async function openKit(): Promise<WizardDriver> {
  const kit = await browser.open();
  opened.push(kit);
  return kit;
}

const called = (kit: WizardDriver): Promise<unknown> =>
  kit.page.evaluate(() => (window as unknown as { called: unknown[] }).called);

test('a button has its role and name, works with Enter and Space, and not while it is disabled', async () => {
  const kit = await openKit();
  await kit.button('Do it').focus();
  await kit.page.keyboard.press('Enter');
  await kit.page.keyboard.press('Space');
  expect(await called(kit)).toEqual(['button', 'button']);
  await kit.button('Not now').click({ force: true });
  expect(await kit.button('Not now').isDisabled()).toBe(true);
  expect(await called(kit)).toEqual(['button', 'button']);
});

test('a button that opens something says so on the element that has the focus', async () => {
  const kit = await openKit();
  expect(await kit.page.getByRole('button', { name: 'More', expanded: false }).getAttribute('aria-haspopup')).toBe(
    'menu',
  );
});

test('a link is a link, calls back, and goes nowhere', async () => {
  const kit = await openKit();
  const before = kit.page.url();
  await kit.page.getByRole('link', { name: 'Read more' }).click();
  expect(await called(kit)).toEqual(['link']);
  expect(kit.page.url()).toBe(before);
});

test('a checkbox has its state and calls back with the new one', async () => {
  const kit = await openKit();
  const box = kit.page.getByRole('checkbox', { name: 'I agree' });
  expect(await box.isChecked()).toBe(false);
  await box.focus();
  await kit.page.keyboard.press('Space');
  expect(await called(kit)).toEqual([true]);
});

test('a dropdown has its name and value, and is chosen from with the keyboard', async () => {
  const kit = await openKit();
  const list = kit.page.getByRole('combobox', { name: 'Region' });
  await expect.poll(() => list.evaluate((field: HTMLSelectElement) => field.value)).toBe('west');
  await list.focus();
  await kit.page.keyboard.press('ArrowUp');
  expect(await called(kit)).toEqual(['east']);
});

test('a text field has its name, its value, its error, and calls back when the user has finished', async () => {
  const kit = await openKit();
  const field = kit.page.getByRole('textbox', { name: 'Address' });
  await expect.poll(() => field.inputValue()).toBe('10.0.0.0/99');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.evaluate((input) => input.ariaDescribedByElements?.[0]?.textContent)).toBe('Too long.');
  await field.fill('10.0.0.0/16');
  expect(await called(kit)).toEqual([]);
  await kit.page.keyboard.press('Enter');
  expect(await called(kit)).toEqual(['10.0.0.0/16']);
});

test('the busy ring is silent', async () => {
  const kit = await openKit();
  expect(await kit.page.getByRole('alert').count()).toBe(0);
});

test('together they are accessible and within the policy', async () => {
  const kit = await openKit();
  expect(await kit.violations({ except: ['region', 'landmark-one-main', 'page-has-heading-one'] })).toEqual([]);
  expect(kit.complaints).toEqual([]);
});
