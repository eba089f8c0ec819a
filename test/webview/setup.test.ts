import { afterAll, expect, test } from 'vitest';
import type { FormField, RoleField } from '../../src/protocol/setupForm';
import type { WizardState } from '../../src/protocol/wizardState';
import { exposed, onYourData, setupErrors } from './fixtures/states';
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
  await wizard.page.getByRole('checkbox', { name: 'On your data' }).click();
  await dropdown(wizard, 'Azure OpenAI account').click();
  await wizard.screenshot('setup-dropdown');
  await wizard.page.getByRole('option', { name: /fabrikam/ }).click();
  await input(wizard, 'Name').fill('vnet-hub');
  await input(wizard, 'Address space').focus();
  await input(wizard, 'Allowed addresses').fill('203.0.113.7');
  await wizard.page.keyboard.press('Enter');
  expect(await wizard.intents()).toEqual([
    { type: 'toggleScenario', scenario: 'on-your-data', chosen: true },
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
  await dropdown(wizard, 'Azure OpenAI account').click();
  await wizard.page.keyboard.press('ArrowDown');
  await wizard.receive(withRole(exposed(2), 'openAi', { value: 'new' }));
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
  const choices = [
    { value: 'other', label: 'other' },
    { value: '/accounts/contoso-openai', label: 'contoso-openai' },
  ];
  await wizard.receive(withRole(exposed(2), 'openAi', { choices, value: 'other' }));
  await expect.poll(() => dropdown(wizard, 'Azure OpenAI account').textContent()).toContain('other');
  await expect
    .poll(() => dropdown(wizard, 'Azure OpenAI account').evaluate((field: HTMLSelectElement) => field.value))
    .toBe('other');
  await wizard.close();
});

test('a dropdown shows the same choice again when it was away and has come back', async () => {
  const wizard = await openForm();
  const value = () => dropdown(wizard, 'Azure OpenAI account').evaluate((field: HTMLSelectElement) => field.value);
  await wizard.receive(withRole(exposed(2), 'openAi', { choices: [{ value: 'new', label: 'Create a new one' }] }));
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

test('several scenarios can be chosen together, each with what it is for', async () => {
  const wizard = await openForm(onYourData());
  const boxes = wizard.page.getByRole('group', { name: 'Scenarios' }).getByRole('checkbox');
  expect(await boxes.count()).toBe(2);
  expect(await wizard.page.getByText('The account, its search service and its storage.').isVisible()).toBe(true);
  await boxes.first().click();
  expect(await wizard.intents()).toEqual([{ type: 'toggleScenario', scenario: 'private-access', chosen: false }]);
  await wizard.close();
});

test('a section that is folded says what is chosen in it, and stays as the user has folded it', async () => {
  const wizard = await openForm(onYourData());
  const webApp = wizard.page.getByRole('button', { name: 'Web app left out' });
  expect(await webApp.getAttribute('aria-expanded')).toBe('false');
  expect(await dropdown(wizard, 'Web app').count()).toBe(0);
  await webApp.click();
  expect(await dropdown(wizard, 'Web app').isVisible()).toBe(true);
  await wizard.receive(onYourData(6));
  await wizard.settle();
  expect(await dropdown(wizard, 'Web app').isVisible()).toBe(true);
  await wizard.close();
});

test('a property with few values is chosen, a toggle is switched, each with the name of what it changes', async () => {
  const wizard = await openForm(onYourData());
  await dropdown(wizard, 'Tier').click();
  await wizard.page.getByRole('option', { name: 'standard' }).click();
  await wizard.page.getByRole('checkbox', { name: 'Defender watches' }).click();
  expect(await wizard.intents()).toEqual([
    { type: 'setRoleField', role: 'search', name: 'sku', value: 'standard' },
    { type: 'setOption', option: 'defender', value: 'false' },
  ]);
  await wizard.close();
});

test('people are looked up, added and removed, and every button says whom it is about', async () => {
  const wizard = await openForm(onYourData());
  await input(wizard, 'Add by name or object id').fill('pipeline');
  await wizard.page.keyboard.press('Enter');
  await wizard.button('Add AI builders, Group').click();
  await wizard.button('Remove Dana Contoso, User, you').click();
  expect(await wizard.intents()).toEqual([
    { type: 'findPeople', option: 'developers', search: 'pipeline' },
    {
      type: 'addPerson',
      option: 'developers',
      id: '11111111-0000-4000-8000-000000000002',
      kind: 'Group',
      name: 'AI builders',
    },
    { type: 'removePerson', option: 'developers', id: '11111111-0000-4000-8000-000000000001' },
  ]);
  await wizard.close();
});

test('what is wrong and belongs to no field is said above the fields', async () => {
  const wizard = await openForm(setupErrors());
  expect(await wizard.page.getByText('“vnet-gone” is not a step that Ringfence knows.').isVisible()).toBe(true);
  await wizard.close();
});

function withRole(state: WizardState, role: string, parts: Partial<RoleField>): WizardState {
  const change = (field: FormField): FormField =>
    field.kind === 'role' && field.role === role ? { ...field, ...parts } : field;
  const sections = state.setup.sections.map((section) => ({ ...section, fields: section.fields.map(change) }));
  return { ...state, setup: { ...state.setup, sections } };
}

function withName(state: WizardState, value: string): WizardState {
  const roles = state.setup.sections.flatMap(({ fields }) => fields);
  const network = roles.find((field): field is RoleField => field.kind === 'role' && field.role === 'virtualNetwork');
  const fields = (network?.fields ?? []).map((field) => (field.name === 'name' ? { ...field, value } : field));
  return withRole(state, 'virtualNetwork', { fields });
}
