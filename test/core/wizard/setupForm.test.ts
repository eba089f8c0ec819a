import { describe, expect, it } from 'vitest';
import type { Principal, Setup } from '../../../src/core/setup/setup';
import { checkSetup } from '../../../src/core/setup/checkSetup';
import type { FormField, RoleField } from '../../../src/protocol/setupForm';
import { NO_SEARCH, type PeopleSearchState } from '../../../src/vscode/setups/peopleSearch';
import { presentForm } from '../../../src/vscode/wizard/form/presentForm';
import { addPerson, removePerson, setOption } from '../../../src/vscode/wizard/form/optionEdits';
import { chooseRole, LEFT_OUT, NEW_RESOURCE, setRoleField } from '../../../src/vscode/wizard/form/roleEdits';
import { skipStep, toggleScenario, unskipStep } from '../../../src/vscode/wizard/form/setupEdits';
import { dataWorld, emptyDataWorld } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { inventoryOf } from '../support/reading';
import { dataSetup, dataSetupFromNothing, DEVELOPER, setup, setupFromNothing } from '../support/setups';
import { exposedWorld } from '../support/worlds';
import { BUILDERS, DANA, english } from './support';

const inventory = inventoryOf(exposedWorld());
const dataInventory = inventoryOf(dataWorld());
const nothing = inventoryOf(emptyDataWorld());

interface Given {
  readonly signedIn?: Principal;
  readonly search?: PeopleSearchState;
}

function form(candidate: Setup = setup(), known = inventory, { signedIn, search = NO_SEARCH }: Given = {}) {
  const checked = checkSetup(candidate);
  const faults = checked.ok ? [] : checked.faults;
  return presentForm({ candidate, faults, inventory: known, signedIn, search, file: null, unsaved: true }, english);
}

function fieldsOf(...given: Parameters<typeof form>): readonly FormField[] {
  return form(...given).sections.flatMap(({ fields }) => fields);
}

function roleOf(role: string, ...given: Parameters<typeof form>): RoleField | undefined {
  return fieldsOf(...given).find((field): field is RoleField => field.kind === 'role' && field.role === role);
}

function optionOf(option: string, ...given: Parameters<typeof form>) {
  return fieldsOf(...given).find((field) => field.kind !== 'role' && field.option === option);
}

describe('the roles in the form', () => {
  it('offer what the subscription has, and a new resource', () => {
    const account = roleOf('openAi');
    expect(account?.choices.map(({ value }) => value)).toEqual([ID.account, NEW_RESOURCE]);
    expect(account?.value).toBe(ID.account);
  });

  it('are those of the chosen scenarios, and the optional ones can be left out', () => {
    const rolesOf = (candidate: Setup) =>
      fieldsOf(candidate, dataInventory).flatMap((field) => (field.kind === 'role' ? [field] : []));
    expect(rolesOf(setup()).map(({ role }) => role)).not.toContain('search');
    const optional = rolesOf(dataSetup()).filter(({ choices }) => choices.some(({ value }) => value === LEFT_OUT));
    expect(optional.map(({ role }) => role)).toEqual(['vpnGateway', 'gatewaySubnet', 'webApp', 'webAppSubnet']);
  });

  it('give a new resource fields, and an existing one none', () => {
    const candidate = chooseRole(setup(), 'virtualNetwork', NEW_RESOURCE, inventory);
    const names = (role: string) => roleOf(role, candidate)?.fields.map(({ name }) => name);
    expect(names('virtualNetwork')).toEqual(['name', 'location', 'addressPrefixes']);
    expect(names('openAi')).toEqual([]);
  });

  it('ask for every property of everything that can be created', () => {
    const asked = fieldsOf(dataSetupFromNothing(), nothing).flatMap((field) =>
      field.kind === 'role' ? field.fields.map(({ name, value }) => [`${field.role}.${name}`, value]) : [],
    );
    for (const [role, binding] of Object.entries(dataSetupFromNothing().roles)) {
      for (const property of Object.keys(binding?.create ?? {})) {
        expect(asked.map(([name]) => name)).toContain(`${role}.${property}`);
      }
    }
    expect(asked.filter(([, value]) => value === '')).toEqual([]);
  });

  it('let go of a subnet that is not in the network which is chosen now', () => {
    const candidate = chooseRole(setup(), 'virtualNetwork', ID.otherNetwork, inventory);
    expect(candidate.roles.privateEndpointSubnet).toBeUndefined();
  });

  it('move what is to be created along when its resource group or its network is renamed', () => {
    const moved = setRoleField(setupFromNothing(), 'resourceGroup', 'name', 'rg-other', inventory);
    expect(moved.roles.virtualNetwork?.id).toContain('/resourceGroups/rg-other/');
    const renamed = setRoleField(moved, 'virtualNetwork', 'name', 'vnet-other', inventory);
    expect(renamed.roles.privateEndpointSubnet?.id).toContain('/virtualNetworks/vnet-other/subnets/');
    expect(checkSetup(renamed).ok).toBe(true);
  });

  it('keep a name that was emptied until another is typed, and accept no resource without one', () => {
    for (const role of ['resourceGroup', 'virtualNetwork', 'privateEndpointSubnet']) {
      const emptied = setRoleField(setupFromNothing(), role, 'name', '', inventory);
      expect(checkSetup(emptied).ok, role).toBe(false);
      expect(roleOf(role, emptied)?.fields.find(({ name }) => name === 'name')?.error).toBe('A name is needed.');
      expect(roleOf(role, emptied)?.error).toBeNull();
      const typed = setRoleField(emptied, role, 'name', 'another', inventory);
      expect(typed.roles).toEqual(setRoleField(setupFromNothing(), role, 'name', 'another', inventory).roles);
    }
  });

  it('show what is wrong beside the field that it is wrong in, and keep what was typed', () => {
    const fresh = chooseRole(setup(), 'virtualNetwork', NEW_RESOURCE, inventory);
    const candidate = setRoleField(fresh, 'virtualNetwork', 'addressPrefixes', '10.0.0.1/33', inventory);
    const field = roleOf('virtualNetwork', candidate)?.fields.find(({ name }) => name === 'addressPrefixes');
    expect(field?.value).toBe('10.0.0.1/33');
    expect(field?.error).toMatch(/must be an IPv4 range/);
  });
});

describe('a gateway and a web app', () => {
  it('bring the subnet that they come in through, with a range of its own, and addresses for VPN clients', () => {
    const without = setup({ scenarios: ['on-your-data'], roles: setupFromNothing().roles });
    const withVpn = chooseRole(without, 'vpnGateway', NEW_RESOURCE, inventory);
    const both = chooseRole(withVpn, 'webApp', NEW_RESOURCE, inventory);
    expect(both.roles.gatewaySubnet?.id).toMatch(/\/subnets\/GatewaySubnet$/);
    expect(both.options.vpnClientAddressPool).toMatch(/^172\.16\./);
    const { privateEndpointSubnet, gatewaySubnet, webAppSubnet } = both.roles;
    const ranges = [privateEndpointSubnet, gatewaySubnet, webAppSubnet].map((subnet) => subnet?.create?.addressPrefix);
    expect(new Set(ranges).size).toBe(3);
    expect(checkSetup(both)).toMatchObject({ ok: true });
  });

  it('take an existing subnet of the right kind before they propose a new one', () => {
    const { gatewaySubnet: _one, vpnGateway: _two, ...roles } = dataSetup().roles;
    const candidate = chooseRole({ ...dataSetup(), roles }, 'vpnGateway', NEW_RESOURCE, dataInventory);
    expect(candidate.roles.gatewaySubnet).toEqual({ id: DATA.gatewaySubnet });
  });

  it('take their subnet and the addresses along when they are left out', () => {
    const candidate = chooseRole(dataSetup(), 'vpnGateway', LEFT_OUT, dataInventory);
    expect(candidate.roles).not.toHaveProperty('vpnGateway');
    expect(candidate.roles).not.toHaveProperty('gatewaySubnet');
    expect(candidate.options).not.toHaveProperty('vpnClientAddressPool');
    expect(checkSetup(candidate).ok).toBe(true);
    expect(roleOf('vpnGateway', candidate, dataInventory)?.value).toBe(LEFT_OUT);
    expect(optionOf('vpnClientAddressPool', candidate, dataInventory)).toBeUndefined();
  });

  it('show a range that lies over another beside its own field', () => {
    const fresh = dataSetupFromNothing();
    const taken = fresh.roles.privateEndpointSubnet?.create?.addressPrefix ?? '';
    const candidate = setRoleField(fresh, 'webAppSubnet', 'addressPrefix', taken, nothing);
    const field = roleOf('webAppSubnet', candidate, nothing)?.fields.find(({ name }) => name === 'addressPrefix');
    expect(field?.error).toMatch(/lies over the range of another subnet/);
  });

  it('show VPN addresses that lie in the network beside their own field, with the section open', () => {
    const fresh = dataSetupFromNothing();
    const [space = ''] = fresh.roles.virtualNetwork?.create?.addressPrefixes ?? [];
    const candidate = setOption(fresh, 'vpnClientAddressPool', space);
    expect(optionOf('vpnClientAddressPool', candidate, dataInventory)).toMatchObject({
      error: expect.stringMatching(/range of their own/) as string,
    });
    const vpn = form(candidate, dataInventory).sections.find(({ section }) => section === 'vpn');
    expect(vpn?.folded).toBe(false);
  });
});

describe('the options in the form', () => {
  it('ask for addresses only where some may still call, and check each of them', () => {
    expect(optionOf('allowedAddresses')).toBeUndefined();
    const limited = setOption(setup(), 'publicAccess', 'selectedNetworks');
    expect(optionOf('allowedAddresses', limited)).toBeDefined();
    const wrong = setOption(limited, 'allowedAddresses', '203.0.113.7, 10.0.0.1');
    expect(optionOf('allowedAddresses', wrong)).toMatchObject({
      error: expect.stringMatching(/public IPv4/) as string,
    });
  });

  it('take an emptied subdomain as none', () => {
    const named = setOption(setup(), 'customSubdomain', 'contoso-ai');
    expect(named.options.customSubdomain).toBe('contoso-ai');
    expect(setOption(named, 'customSubdomain', ' ').options).not.toHaveProperty('customSubdomain');
  });

  it('can each be changed by the field that shows it', () => {
    const toggles = fieldsOf(dataSetup(), dataInventory).flatMap((field) => (field.kind === 'toggle' ? [field] : []));
    expect(toggles.length).toBeGreaterThanOrEqual(8);
    for (const { option, checked } of toggles) {
      const changed = setOption(dataSetup(), option, String(!checked));
      expect(optionOf(option, changed, dataInventory), option).toMatchObject({ checked: !checked });
      expect(setOption(changed, option, String(checked)), option).toEqual(dataSetup());
    }
  });

  it('name an index with the usual field for groups, which can be changed, and forget both when it is emptied', () => {
    const named = setOption(dataSetup(), 'documentAccess.index', 'contracts');
    expect(named.options.documentAccess).toEqual({ index: 'contracts', field: 'group_ids' });
    const other = setOption(named, 'documentAccess.field', 'allowed groups');
    expect(optionOf('documentAccess.field', other, dataInventory)).toMatchObject({
      error: expect.stringMatching(/name of an index field/) as string,
    });
    expect(setOption(other, 'documentAccess.index', '').options).not.toHaveProperty('documentAccess');
  });

  it('say of a setup that is wrong elsewhere what is wrong, though no field is about it', () => {
    const { problems } = form(setup({ skip: { 'no-such-step': 'because' } }));
    expect(problems).toEqual(['“no-such-step” is not a step that Ringfence knows.']);
    expect(form().problems).toEqual([]);
  });
});

describe('developers', () => {
  it('are offered with who is signed in first, then with what was found, without those that are chosen', () => {
    const search = {
      option: 'developers',
      search: 'a',
      found: [DANA, BUILDERS, DEVELOPER],
      state: 'done',
      failure: '',
    } as const;
    const field = optionOf('developers', dataSetup(), dataInventory, { signedIn: DANA, search });
    expect(field).toMatchObject({
      people: [{ name: 'Ada', detail: 'User' }],
      suggestions: [
        { name: 'Dana Contoso', detail: 'User, you' },
        { name: 'AI builders', detail: 'Group' },
      ],
    });
    expect(optionOf('project', dataSetup(), dataInventory, { signedIn: DANA, search })).toMatchObject({
      suggestions: [],
      search: '',
    });
  });

  it('are added once, whatever the casing of their id, and removed', () => {
    const added = addPerson(dataSetup(), 'developers', BUILDERS);
    expect(added.options.developers).toEqual([DEVELOPER, BUILDERS]);
    expect(addPerson(added, 'developers', { ...BUILDERS, id: BUILDERS.id.toUpperCase() })).toBe(added);
    expect(removePerson(added, 'developers', DEVELOPER.id.toUpperCase()).options.developers).toEqual([BUILDERS]);
  });

  it('are refused with a sentence beside the list where the id is none', () => {
    const wrong = addPerson(dataSetup(), 'developers', { id: 'me', type: 'User' });
    expect(optionOf('developers', wrong, dataInventory)).toMatchObject({
      error: expect.stringMatching(/must be a GUID/) as string,
    });
  });

  it('are not the project, of which there is one', () => {
    const candidate = addPerson(dataSetup(), 'project', BUILDERS);
    expect(optionOf('project', candidate, dataInventory)).toMatchObject({ canAdd: false, suggestions: [] });
    expect(removePerson(candidate, 'project', BUILDERS.id)).toEqual(dataSetup());
  });

  it('that could not be looked up say why, and that an id does without', () => {
    const search = {
      option: 'developers',
      search: 'da',
      found: [],
      state: 'failed',
      failure: 'Insufficient privileges.',
    } as const;
    expect(optionOf('developers', dataSetup(), dataInventory, { search })).toMatchObject({
      searchSentence: expect.stringMatching(/Insufficient privileges\. An object id works without it\.$/) as string,
    });
  });
});

describe('the setup in the form', () => {
  it('can have several scenarios, and always has one', () => {
    const both = toggleScenario(setup(), 'on-your-data', true);
    expect(both.scenarios).toEqual(['private-access', 'on-your-data']);
    const one = toggleScenario(both, 'private-access', false);
    expect(one.scenarios).toEqual(['on-your-data']);
    expect(toggleScenario(one, 'on-your-data', false)).toBe(one);
  });

  it('skips a step with its reason, and takes it up again', () => {
    const skipped = skipStep(setup(), 'aoai-disable-local-auth', 'later');
    expect(skipped.skip).toEqual({ 'aoai-disable-local-auth': 'later' });
    expect(unskipStep(skipped, 'aoai-disable-local-auth').skip).toEqual({});
  });

  it('ignores what names no scenario, role, field or option', () => {
    const candidate = setup();
    expect(toggleScenario(candidate, '__proto__', true)).toBe(candidate);
    expect(chooseRole(candidate, 'constructor', 'x', inventory)).toBe(candidate);
    expect(setRoleField(candidate, 'openAi', 'location', 'x', inventory)).toBe(candidate);
    expect(setRoleField(setupFromNothing(), 'openAi', 'addressPrefix', 'x', inventory)).toEqual(setupFromNothing());
    expect(setOption(candidate, 'subscription', 'x')).toBe(candidate);
    expect(setOption(candidate, 'constructor', 'x')).toBe(candidate);
    expect(addPerson(candidate, 'constructor', BUILDERS)).toBe(candidate);
  });
});
