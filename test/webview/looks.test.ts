import { afterAll, describe, expect, test } from 'vitest';
import { LOOKS } from './fixtures/looks';
import { THEME_NAMES, type ThemeName } from './harness/theme';
import { WizardBrowser } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

describe.each(THEME_NAMES)('in %s', (theme: ThemeName) => {
  test.each(Object.entries(LOOKS))('%s is accessible and within its policy', async (name, { state, ...memory }) => {
    const wizard = await browser.open({ theme, memory });
    await wizard.receive(state);
    await wizard.screenshot(`${name}-${theme}`);
    expect(await wizard.violations()).toEqual([]);
    expect(wizard.complaints).toEqual([]);
    await wizard.close();
  });
});
