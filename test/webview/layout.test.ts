import { afterAll, expect, test } from 'vitest';
import { LOOKS } from './fixtures/looks';
import { exposed } from './fixtures/states';
import { WizardBrowser, type OpenOptions, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

const WINDOWS: Readonly<Record<string, OpenOptions>> = {
  'at 320 px': { width: 320, height: 640 },
  'at 600 px': { width: 600, height: 800 },
  'at 200 % zoom': { width: 1180, height: 880, zoom: 2 },
  'at 400 % zoom': { width: 1280, height: 1024, zoom: 4 },
  'in a low window': { width: 1000, height: 380 },
};

const PICTURED = new Set(['at 320 px', 'at 200 % zoom']);

test.each(Object.entries(WINDOWS))('%s every view fits the width', async (size, options) => {
  const wizard = await browser.open(options);
  const wrong: Record<string, readonly string[]> = {};
  for (const [name, { state, ...memory }] of Object.entries(LOOKS)) {
    await wizard.reload(memory);
    await wizard.receive(state);
    if (PICTURED.has(size)) await wizard.screenshot(`${name}-${size.replaceAll(/[^a-z0-9]+/g, '-')}`, true);
    const sticksOut = await overflowing(wizard);
    if (sticksOut.length > 0) wrong[name] = sticksOut;
  }
  expect(wrong).toEqual({});
  await wizard.close();
});

test('at 320 px every view is accessible', async () => {
  const wizard = await browser.open({ width: 320, height: 640 });
  const wrong: Record<string, readonly string[]> = {};
  for (const [name, { state, ...memory }] of Object.entries(LOOKS)) {
    await wizard.reload(memory);
    await wizard.receive(state);
    const violations = await wizard.violations();
    if (violations.length > 0) wrong[name] = violations;
  }
  expect(wrong).toEqual({});
  await wizard.close();
});

test('below 700 px the list of steps is a choice above the detail, and choosing shows the step', async () => {
  const wizard = await browser.open({ width: 600, height: 800, state: exposed(), memory: { view: 'setup' } });
  const select = wizard.page.getByRole('combobox', { name: 'Show' });
  expect(await wizard.entry('aoai-private-endpoint').isVisible()).toBe(false);
  await select.selectOption('aoai-public-access-disabled');
  expect(await wizard.heading().textContent()).toBe('Public access disabled for contoso-openai');
  expect(await wizard.focused()).toBe('view-heading');
  expect(await select.inputValue()).toBe('aoai-public-access-disabled');
  await wizard.close();
});

test('from 700 px on the list stands beside the detail', async () => {
  const wizard = await browser.open({ width: 700, height: 800, state: exposed() });
  expect(await wizard.entry('aoai-private-endpoint').isVisible()).toBe(true);
  expect(await wizard.page.getByRole('combobox', { name: 'Show' }).isVisible()).toBe(false);
  await wizard.close();
});

test('the connection is in sight wherever the page is scrolled to', async () => {
  const wizard = await browser.open({ width: 480, height: 640, state: exposed(), memory: { view: 'review' } });
  await wizard.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  expect(await wizard.page.getByText('Sandbox', { exact: true }).first().isVisible()).toBe(true);
  const box = await wizard.page.locator('.badge').boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  await wizard.close();
});

test('with forced colors the page stays accessible', async () => {
  const wizard = await browser.open({ forcedColors: true, state: exposed() });
  await wizard.screenshot('step-forced-colors');
  // The colours are the system's then; what axe computes from ours means nothing.
  expect(await wizard.violations({ except: ['color-contrast'] })).toEqual([]);
  await wizard.close();
});

/** Elements that stick out of the window to the right, and parts that would have to be scrolled sideways. */
function overflowing(wizard: WizardDriver): Promise<readonly string[]> {
  return wizard.page.evaluate(() => {
    const name = (element: Element): string => `${element.tagName} ${element.getAttribute('class') ?? element.id}`;
    const scrolled = ['html', 'main', 'nav', '.log-lines']
      .flatMap((selector) => [...document.querySelectorAll(selector)])
      .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth > 0);
    const outside = [...document.querySelectorAll('#root *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.right > window.innerWidth + 1;
    });
    return [...scrolled, ...outside].map(name);
  });
}
