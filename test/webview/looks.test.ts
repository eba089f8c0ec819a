import { afterAll, expect, test } from 'vitest';
import { LOOKS } from './fixtures/looks';
import { THEME_NAMES, type ThemeName } from './harness/theme';
import { WizardBrowser } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

test.each(THEME_NAMES)('in %s every view is accessible and within its policy', async (theme: ThemeName) => {
  const wizard = await browser.open({ theme });
  const wrong: Record<string, readonly string[]> = {};
  for (const [name, { state, ...memory }] of Object.entries(LOOKS)) {
    await wizard.reload(memory);
    await wizard.receive(state);
    await wizard.screenshot(`${name}-${theme}`);
    // A theme is nothing but looks: what the page is made of is the same in each.
    const violations = await wizard.violations({ ofLooksOnly: theme !== THEME_NAMES[0] });
    if (violations.length > 0) wrong[name] = violations;
  }
  expect(wrong).toEqual({});
  expect(wizard.complaints).toEqual([]);
  await wizard.close();
});
