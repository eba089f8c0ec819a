import { afterAll, expect, test } from 'vitest';
import { LOOKS } from './fixtures/looks';
import { exposed } from './fixtures/states';
import { WizardBrowser, type OpenOptions, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

/** Sizes of windows. A page that is zoomed to 200 % has half as many CSS pixels in the same window. */
const WINDOWS: Readonly<Record<string, OpenOptions>> = {
  'at 600 px': { width: 600, height: 800 },
  'at 200 % zoom': { width: 1180, height: 880, zoom: 2 },
  'at 400 % zoom': { width: 1280, height: 1024, zoom: 4 },
  'in a low window': { width: 1000, height: 380 },
};

test('every view fits the window, however small that is, and is accessible in the smallest', async () => {
  const wizard = await browser.open({ width: 320, height: 640 });
  const wrong: Record<string, readonly string[]> = {};
  const note = (where: string, found: readonly string[]): void => {
    if (found.length > 0) wrong[where] = found;
  };
  for (const [name, { state, ...memory }] of Object.entries(LOOKS)) {
    await wizard.resize({ width: 320, height: 640 });
    await wizard.reload(memory);
    await wizard.receive(state);
    await wizard.screenshot(`${name}-at-320-px`, true);
    note(`${name} at 320 px`, await overflowing(wizard));
    note(`${name} at 320 px, for axe`, await wizard.violations());
    for (const [size, options] of Object.entries(WINDOWS)) {
      await wizard.resize(options);
      note(`${name} ${size}`, await overflowing(wizard));
    }
  }
  expect(wrong).toEqual({});
  await wizard.close();
}, 240_000);

test('a page that is opened in a zoomed window fits it as one that is zoomed later', async () => {
  const wizard = await browser.open({ width: 1180, height: 880, zoom: 2, state: exposed(), memory: { view: 'setup' } });
  expect(await overflowing(wizard)).toEqual([]);
  await wizard.screenshot('setup-at-200-zoom', true);
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
