import { afterAll, expect, test } from 'vitest';
import { hostile, HOSTILE } from './fixtures/hostile';
import { WizardBrowser, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

const VIEWS = [
  'aoai-private-endpoint',
  'diagnostics',
  'review',
  'review/aoai-public-access-disabled',
  'run',
  'verify',
  'setup',
];

test.each(HOSTILE.map((text) => [text.slice(0, 30), text] as const))(
  '%s is text and nothing but text',
  async (_, text) => {
    const wizard = await browser.open();
    for (const view of VIEWS) {
      await wizard.reload({ view, logOpen: true });
      await wizard.receive(hostile(text));
      expect(await wizard.page.locator('main').getAttribute('data-view')).toBe(view);
      expect(await wizard.page.evaluate(() => 'hacked' in window)).toBe(false);
      expect(await wizard.page.locator('#root img, #root script, #root svg[onload]').count()).toBe(0);
      expect(await wizard.page.locator('h1').textContent()).toBe(text.replace('\u202E', '[U+202E]'));
      expect(await scrolledSideways(wizard)).toEqual([]);
    }
    expect(wizard.complaints).toEqual([]);
    await wizard.close();
  },
);

test('marks that turn the writing direction are written out, except in what goes back to the host', async () => {
  const wizard = await browser.open({ state: hostile('safe\u202Egnp.exe'), memory: { view: 'setup' } });
  expect(await wizard.page.locator('#root').textContent()).not.toMatch(/\p{Bidi_Control}/u);
  await wizard.page.getByRole('textbox').first().fill('changed');
  await wizard.page.keyboard.press('Enter');
  expect(await wizard.intents()).toEqual([expect.objectContaining({ type: 'setRoleField', value: 'changed' })]);
  const kept = await wizard.page.getByRole('textbox').last().inputValue();
  expect(kept).toBe('safe\u202Egnp.exe');
  await wizard.close();
});

test('a name that ends a script or a JSON block leaves the bootstrap whole', async () => {
  const [, scriptEnd] = HOSTILE;
  const tricked = await WizardBrowser.start({ bootstrap: { bundle: { 'What will change': scriptEnd } } });
  const wizard = await tricked.open({ state: hostile('name'), memory: { view: 'aoai-private-endpoint' } });
  expect(await wizard.page.getByRole('heading', { name: scriptEnd }).isVisible()).toBe(true);
  expect(await wizard.page.evaluate(() => 'hacked' in window)).toBe(false);
  await wizard.close();
  await tricked.stop();
});

function scrolledSideways(wizard: WizardDriver): Promise<readonly string[]> {
  return wizard.page.evaluate(() =>
    ['html', 'main', 'nav', '.log-lines'].filter((selector) => {
      const element = document.querySelector(selector);
      return element !== null && element.scrollWidth > element.clientWidth;
    }),
  );
}
