import { afterAll, expect, test } from 'vitest';
import { LOOKS } from './fixtures/looks';
import { exposed } from './fixtures/states';
import { THEME_NAMES, type ThemeName } from './harness/theme';
import { WizardBrowser } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

test('every view is accessible and within its policy in every theme, which can change while it is shown', async () => {
  const wizard = await browser.open();
  const wrong: Record<string, readonly string[]> = {};
  const look = async (name: string, theme: ThemeName): Promise<void> => {
    await wizard.wear(theme);
    await wizard.screenshot(`${name}-${theme}`);
    // A theme is nothing but looks: what the page is made of is the same in each.
    const violations = await wizard.violations({ ofLooksOnly: theme !== THEME_NAMES[0] });
    if (violations.length > 0) wrong[`${name} in ${theme}`] = violations;
  };
  for (const [name, { state, ...memory }] of Object.entries(LOOKS)) {
    await wizard.reload(memory);
    await wizard.receive(state);
    for (const theme of THEME_NAMES) await look(name, theme);
  }
  expect(wrong).toEqual({});
  expect(wizard.complaints).toEqual([]);
  await wizard.close();
}, 240_000);

test.each(THEME_NAMES)('a page that is opened in %s wears it', async (theme) => {
  const wizard = await browser.open({ theme, state: exposed() });
  const colour = await wizard.page.evaluate(() => getComputedStyle(document.body).color);
  const worn = await browser.open({ state: exposed() });
  await worn.wear(theme);
  expect(await worn.page.evaluate(() => getComputedStyle(document.body).color)).toBe(colour);
  await worn.close();
  await wizard.close();
});
