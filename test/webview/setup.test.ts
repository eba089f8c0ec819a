import { afterAll, expect, test } from 'vitest';
import type { SetupForm, WizardState } from '../../src/protocol/wizardState';
import { exposed, setupErrors } from './fixtures/states';
import { WizardBrowser, type WizardDriver } from './harness/wizard';

const browser = await WizardBrowser.start();
afterAll(() => browser.stop());

const dropdown = (wizard: WizardDriver, name: string) => wizard.page.getByRole('combobox', { name, exact: true });
const input = (wizard: WizardDriver, name: string) => wizard.page.getByRole('textbox', { name, exact: true });

async function openForm(state: WizardState = exposed()): Promise<WizardDriver> {
  return browser.open({ state, memory: { view: 'setup' } });
}

test('the fields show what the host has chosen', async () => {
  const wizard = await openForm();
  await expect
    .poll(() => dropdown(wizard, 'Azure OpenAI account').evaluate((field: HTMLSelectElement) => field.value))
    .toBe('/accounts/contoso-openai');
  await expect
    .poll(() => dropdown(wizard, 'Virtual network').evaluate((field: HTMLSelectElement) => field.value))
    .toBe('new');
  await expect.poll(() => input(wizard, 'Address space').inputValue()).toBe('10.3.0.0/16');
  expect(await wizard.intents()).toEqual([]);
  await wizard.close();
});

test('every choice goes to the host as it is made, a text when it is finished', async () => {
  const wizard = await openForm();
  await dropdown(wizard, 'Scenario').click();
  await wizard.page.getByRole('option', { name: 'On your data' }).click();
  await dropdown(wizard, 'Azure OpenAI account').click();
  await wizard.screenshot('setup-dropdown');
  await wizard.page.getByRole('option', { name: /fabrikam/ }).click();
  await input(wizard, 'Name').fill('vnet-hub');
  await input(wizard, 'Address space').focus();
  await input(wizard, 'Allowed addresses').fill('203.0.113.7');
  await wizard.page.keyboard.press('Enter');
  expect(await wizard.intents()).toEqual([
    { type: 'chooseScenario', scenario: 'on-your-data' },
    { type: 'chooseRole', role: 'openAi', value: '/accounts/fabrikam-openai' },
    { type: 'setRoleField', role: 'virtualNetwork', name: 'name', value: 'vnet-hub' },
    { type: 'setOption', option: 'allowedAddresses', value: '203.0.113.7' },
  ]);
  await wizard.close();
});

test('a state that arrives in the middle of a word does not touch the word', async () => {
  const wizard = await openForm();
  await input(wizard, 'Name').fill('vnet-h');
  await wizard.receive(withName(exposed(2), 'renamed-elsewhere'));
  await wizard.settle();
  expect(await input(wizard, 'Name').inputValue()).toBe('vnet-h');
  await wizard.page.keyboard.type('ub');
  expect(await input(wizard, 'Name').inputValue()).toBe('vnet-hub');
  await wizard.close();
});

test('a state that arrives while a list is open does not choose from it', async () => {
  const wizard = await openForm();
  const { setup } = exposed();
  await dropdown(wizard, 'Azure OpenAI account').click();
  await wizard.page.keyboard.press('ArrowDown');
  const roles = setup.roles.map((role) => (role.role === 'openAi' ? { ...role, value: 'new' } : role));
  await wizard.receive({ ...exposed(2), setup: { ...setup, roles } });
  await wizard.settle();
  expect(await wizard.page.getByRole('option', { selected: true, name: /fabrikam/ }).isVisible()).toBe(true);
  await wizard.page.keyboard.press('Enter');
  expect(await wizard.intents()).toEqual([{ type: 'chooseRole', role: 'openAi', value: '/accounts/fabrikam-openai' }]);
  await wizard.close();
});

test('a value that the host changed is shown in a field that nobody is editing', async () => {
  const wizard = await openForm();
  await expect.poll(() => input(wizard, 'Name').inputValue()).toBe('vnet-app');
  await wizard.receive(withName(exposed(2), 'vnet-renamed'));
  await expect.poll(() => input(wizard, 'Name').inputValue()).toBe('vnet-renamed');
  await wizard.close();
});

test('a dropdown shows the new choice when the choices change with it', async () => {
  const wizard = await openForm();
  const { setup } = exposed();
  const roles = setup.roles.map((role) =>
    role.role === 'openAi'
      ? { ...role, choices: [{ value: 'other', label: 'other' }, ...role.choices], value: 'other' }
      : role,
  );
  await wizard.receive({ ...exposed(2), setup: { ...setup, roles } });
  await expect.poll(() => dropdown(wizard, 'Azure OpenAI account').textContent()).toContain('other');
  await expect
    .poll(() => dropdown(wizard, 'Azure OpenAI account').evaluate((field: HTMLSelectElement) => field.value))
    .toBe('other');
  await wizard.close();
});

test('a dropdown shows the same choice again when it was away and has come back', async () => {
  const wizard = await openForm();
  const { setup } = exposed();
  const without = setup.roles.map((role) => ({
    ...role,
    choices: role.choices.filter(({ value }) => value !== role.value),
  }));
  const value = () => dropdown(wizard, 'Azure OpenAI account').evaluate((field: HTMLSelectElement) => field.value);
  await wizard.receive({ ...exposed(2), setup: { ...setup, roles: without } });
  await expect.poll(() => dropdown(wizard, 'Azure OpenAI account').textContent()).not.toContain('contoso-openai');
  await wizard.receive(exposed(3));
  await expect.poll(value).toBe('/accounts/contoso-openai');
  await wizard.close();
});

test('an error stands beside its field and is read out with it', async () => {
  const wizard = await openForm(setupErrors());
  const error = '10.3.0.0/99 is not an address range: the prefix is 0 to 32.';
  expect(await wizard.page.getByText(error).isVisible()).toBe(true);
  expect(await input(wizard, 'Address space').getAttribute('aria-invalid')).toBe('true');
  const described = await input(wizard, 'Address space').evaluate((field) =>
    field.ariaDescribedByElements?.[0]?.textContent?.trim(),
  );
  expect(described).toBe(error);
  expect(await dropdown(wizard, 'Azure OpenAI account').getAttribute('aria-invalid')).toBe('true');
  const about = await dropdown(wizard, 'Azure OpenAI account').getAttribute('aria-describedby');
  expect(await wizard.page.locator(`#${about}`).textContent()).toContain('Choose the account to secure.');
  await wizard.close();
});

test('nothing is shown as chosen where nothing is', async () => {
  const wizard = await openForm(setupErrors());
  await expect.poll(() => dropdown(wizard, 'Azure OpenAI account').textContent()).toContain('Choose…');
  expect(await wizard.intents()).toEqual([]);
  await wizard.close();
});

test('a setup is saved only where there is something to save, and says where it is kept', async () => {
  const saved = await openForm();
  expect(await saved.button('Save').isEnabled()).toBe(false);
  expect(await saved.page.getByText('Saved to ringfence.json.').isVisible()).toBe(true);
  await saved.button('Open the file').click();
  expect(await saved.intents()).toEqual([{ type: 'openSetupFile' }]);
  const unsaved = await openForm(setupErrors());
  await unsaved.button('Save').click();
  expect(await unsaved.intents()).toEqual([{ type: 'saveSetup' }]);
  await Promise.all([saved.close(), unsaved.close()]);
});

function withName(state: WizardState, value: string): WizardState {
  const rename = (role: SetupForm['roles'][number]): SetupForm['roles'][number] => ({
    ...role,
    fields: role.fields.map((field) => (field.name === 'name' ? { ...field, value } : field)),
  });
  return { ...state, setup: { ...state.setup, roles: state.setup.roles.map(rename) } };
}
