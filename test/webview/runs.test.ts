import { afterAll, expect, test } from 'vitest';
import type { WizardState } from '../../src/protocol/wizardState';
import { deviating, elsewhere, interrupted, lookedAhead } from './fixtures/decisions';
import { blocked, clear, looking } from './fixtures/preflights';
import { exposed, failedRun, finished } from './fixtures/states';
import { WizardBrowser } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

test('a page that opens on an interrupted run shows it first, with the three choices', async () => {
  const wizard = await browser.open({ state: interrupted(), memory: { view: 'aoai-private-endpoint' } });
  await expect.poll(() => wizard.page.locator('main').getAttribute('data-view')).toBe('run');
  expect(await wizard.button('Resume').isEnabled()).toBe(true);
  await wizard.button('Abandon').click();
  await wizard.button('Take back…').click();
  expect(await wizard.intents()).toEqual([
    { type: 'abandonRun', runId: 'run-1' },
    { type: 'undoRun', runId: 'run-1' },
  ]);
  await wizard.close();
});

test('an interrupted run that comes to light later takes nobody away from what they look at', async () => {
  const wizard = await browser.open({ state: exposed(1), memory: { view: 'aoai-private-endpoint' } });
  await wizard.receive(interrupted(2));
  expect(await wizard.page.locator('main').getAttribute('data-view')).toBe('aoai-private-endpoint');
  expect(await wizard.entry('run').textContent()).toContain('Interrupted run');
  await wizard.close();
});

test('a run that failed offers what is left to do, and each error its next action', async () => {
  const wizard = await browser.open({ state: failedRun(), memory: { view: 'run' } });
  await wizard.button(/^Retry the rest: Create the private DNS zone/).click();
  expect(await wizard.intents()).toEqual([{ type: 'resumeRun', runId: 'run-1' }]);
  await wizard.close();
});

test('choices wait while the host is busy', async () => {
  const state = failedRun();
  const wizard = await browser.open({
    state: { ...state, can: { ...state.can, decide: false } },
    memory: { view: 'run' },
  });
  for (const name of ['Retry the rest', 'Take back what was done…', 'Leave it'])
    expect(await wizard.button(name).isDisabled()).toBe(true);
  await wizard.close();
});

test('an error can be answered by a sign-in, or by a look at the new plan, where there is one', async () => {
  const withAction = (kind: 'signIn' | 'review', plan: WizardState['plan']): WizardState => {
    const state = failedRun();
    if (state.run === null) throw new Error('The fixture lacks the run.');
    const changes = state.run.changes.map((row) =>
      row.error === null ? row : { ...row, error: { ...row.error, action: { kind, label: kind } } },
    );
    return { ...state, plan, run: { ...state.run, changes } };
  };
  const signIn = await browser.open({ state: withAction('signIn', null), memory: { view: 'run' } });
  await signIn.button(/^signIn: /).click();
  expect(await signIn.intents()).toEqual([{ type: 'problemAction', command: 'signIn' }]);
  const review = await browser.open({ state: withAction('review', failedRun().plan), memory: { view: 'run' } });
  await review.button(/^review: /).click();
  await expect.poll(() => review.page.locator('main').getAttribute('data-view')).toBe('review');
  const none = await browser.open({ state: withAction('review', null), memory: { view: 'run' } });
  expect(await none.button(/^review: /).count()).toBe(0);
  await Promise.all([signIn.close(), review.close(), none.close()]);
});

test('the details of an error are folded, and the host is asked to copy them', async () => {
  const wizard = await browser.open({ state: failedRun(), memory: { view: 'run' } });
  const copy = wizard.button('Copy the details of Create the private DNS zone');
  expect(await copy.isVisible()).toBe(false);
  await wizard.page.getByText('Details for support').click();
  await copy.click();
  expect(await wizard.intents()).toEqual([{ type: 'copyError', change: 'zone' }]);
  await wizard.close();
});

test('somebody else who is at it is named, and the user decides', async () => {
  const wizard = await browser.open({ state: elsewhere(), memory: { view: 'setup' } });
  expect(await wizard.page.getByRole('alert').textContent()).toContain('on build-07');
  await wizard.button('Not now').click();
  await wizard.button('Try again').click();
  await wizard.receive(elsewhere(2));
  await wizard.button('Go on anyway').click();
  expect(await wizard.intents()).toEqual([
    { type: 'answerObstacle', answer: 'dismiss' },
    { type: 'answerObstacle', answer: 'tryAgain' },
    { type: 'answerObstacle', answer: 'goOn' },
  ]);
  await wizard.close();
});

test('a review has the host look ahead once, and again when the host has forgotten what it found', async () => {
  const wizard = await browser.open({ state: exposed(1), memory: { view: 'review' } });
  const ask = { type: 'lookAhead', planId: 'plan-7' };
  await wizard.receive(exposed(2));
  expect(await wizard.intents()).toEqual([ask]);
  await wizard.receive(lookedAhead(clear, 3));
  await wizard.receive(lookedAhead(clear, 4));
  expect(await wizard.intents()).toEqual([ask]);
  await wizard.receive(exposed(5));
  expect(await wizard.intents()).toEqual([ask, ask]);
  await wizard.close();
});

test('nothing is applied while the host looks ahead, nor while something is in the way and nobody has insisted', async () => {
  const wizard = await browser.open({ state: lookedAhead(looking), memory: { view: 'review' } });
  for (const box of await wizard.page.getByRole('checkbox').all()) await box.click();
  const apply = wizard.button('Apply changes: 6');
  expect(await apply.isDisabled()).toBe(true);
  expect(await wizard.page.getByText('What is in the way is being looked up.').isVisible()).toBe(true);
  await wizard.receive(lookedAhead(blocked, 2));
  expect(await apply.isDisabled()).toBe(true);
  await wizard.page.getByRole('checkbox', { name: 'Apply although this was found.' }).click();
  await apply.click();
  expect(await wizard.intents()).toEqual([
    { type: 'apply', planId: 'plan-7', confirmed: ['lockout', 'keys', 'despitePreflight'] },
  ]);
  await wizard.close();
});

test('what is in the way stands before what has to be agreed to, the worst first, each with what to do', async () => {
  const wizard = await browser.open({ state: lookedAhead(blocked), memory: { view: 'review' } });
  const section = wizard.page.getByRole('region', { name: 'Before it begins' });
  expect(await section.getByRole('status').textContent()).toContain('Things in the way: 2');
  const items = await section.getByRole('listitem').allTextContents();
  expect(items.map((item) => /In the way|Worth a look|Cannot tell/.exec(item)?.[0])).toEqual([
    'In the way',
    'In the way',
    'Worth a look',
    'Cannot tell',
  ]);
  expect(items[0]).toContain('Ask an owner of rg-network');
  const order = await wizard.page.evaluate(() => {
    const [found, agreed] = ['.preflight', '.confirmations'].map((part) => document.querySelector(part));
    return found?.compareDocumentPosition(agreed as Node);
  });
  expect(order).toBe(4);
  await wizard.close();
});

test('a plan that was refused leads to its review, which says why', async () => {
  const wizard = await browser.open({ state: exposed(1), memory: { view: 'aoai-private-endpoint' } });
  await wizard.button('Apply this step').click();
  const [intent] = await wizard.intents();
  if (intent?.type !== 'apply') throw new Error('Nothing was applied.');
  await wizard.receive({ ...exposed(2), preflights: { [intent.planId]: blocked }, refused: intent.planId });
  await expect.poll(() => wizard.page.locator('main').getAttribute('data-view')).toBe('review/aoai-private-endpoint');
  expect(await wizard.page.getByText('Azure would refuse this plan.').isVisible()).toBe(true);
  await wizard.close();
});

test('a step that is no longer compliant says so, and the host is told when somebody is there to see it', async () => {
  const wizard = await browser.open({ state: deviating(), memory: { view: 'aoai-public-access-disabled' } });
  expect(await wizard.page.getByText('This was compliant, and is not any more.').isVisible()).toBe(true);
  expect(await wizard.intents()).toEqual([]);
  await wizard.page.mouse.move(300, 300);
  await wizard.page.mouse.move(310, 310);
  expect(await wizard.intents()).toEqual([{ type: 'looked', step: 'aoai-public-access-disabled' }]);
  await wizard.close();
});

test('a step that somebody goes to has been looked at', async () => {
  const wizard = await browser.open({ state: deviating(), memory: { view: 'setup' } });
  await wizard.showView('aoai-public-access-disabled');
  expect(await wizard.intents()).toEqual([{ type: 'looked', step: 'aoai-public-access-disabled' }]);
  await wizard.close();
});

test('a step that a run has made can be taken back by itself', async () => {
  const state = finished();
  const detail = state.steps['aoai-private-endpoint'];
  if (detail === undefined) throw new Error('The fixture lacks the step.');
  const wizard = await browser.open({
    state: { ...state, steps: { ...state.steps, [detail.step]: { ...detail, canUndo: true } } },
    memory: { view: detail.step },
  });
  await wizard.button('Take this step back…').click();
  expect(await wizard.intents()).toEqual([{ type: 'undoStep', step: detail.step }]);
  const without = await browser.open({ state, memory: { view: detail.step } });
  expect(await without.button('Take this step back…').count()).toBe(0);
  await Promise.all([wizard.close(), without.close()]);
});
