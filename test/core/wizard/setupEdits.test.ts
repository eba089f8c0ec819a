import { describe, expect, it } from 'vitest';
import { checkSetup } from '../../../src/core/setup/checkSetup';
import { presentForm } from '../../../src/vscode/wizard/presentForm';
import {
  chooseRole,
  chooseScenario,
  NEW_RESOURCE,
  setOption,
  setRoleField,
  skipStep,
  unskipStep,
} from '../../../src/vscode/wizard/setupEdits';
import { Snapshot } from '../../../src/core/resources/snapshot';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import { ID } from '../support/ids';
import { setup, setupFromNothing } from '../support/setups';
import { exposedWorld } from '../support/worlds';
import { english } from './support';

const world = exposedWorld();
const inventory = [TYPES.cognitiveAccount, TYPES.virtualNetwork, TYPES.privateEndpoint].reduce(
  (known, type) => known.withListing(type, { state: 'listed', resources: world.list(type) }),
  Snapshot.empty,
);

function form(candidate = setup()) {
  const checked = checkSetup(candidate);
  const faults = checked.ok ? [] : checked.faults;
  return presentForm({ candidate, faults, inventory, file: null, unsaved: true }, english);
}

describe('editing a setup in the form', () => {
  it('offers what the subscription has for a role, and a new resource', () => {
    const account = form().roles.find(({ role }) => role === 'openAi');
    expect(account?.choices.map(({ value }) => value)).toEqual([ID.account, NEW_RESOURCE]);
    expect(account?.value).toBe(ID.account);
  });

  it('gives a new resource fields, and an existing one none', () => {
    const candidate = chooseRole(setup(), 'virtualNetwork', NEW_RESOURCE, inventory);
    const fieldsOf = (role: string) => form(candidate).roles.find((field) => field.role === role)?.fields ?? [];
    expect(fieldsOf('virtualNetwork').map(({ name }) => name)).toEqual(['name', 'location', 'addressPrefixes']);
    expect(fieldsOf('openAi')).toEqual([]);
  });

  it('lets go of a subnet that is not in the network which is chosen now', () => {
    const candidate = chooseRole(setup(), 'virtualNetwork', ID.otherNetwork, inventory);
    expect(candidate.roles.privateEndpointSubnet).toBeUndefined();
  });

  it('moves what is to be created along when its resource group or its network is renamed', () => {
    const moved = setRoleField(setupFromNothing(), 'resourceGroup', 'name', 'rg-other', inventory);
    expect(moved.roles.virtualNetwork?.id).toContain('/resourceGroups/rg-other/');
    const renamed = setRoleField(moved, 'virtualNetwork', 'name', 'vnet-other', inventory);
    expect(renamed.roles.privateEndpointSubnet?.id).toContain('/virtualNetworks/vnet-other/subnets/');
    expect(checkSetup(renamed).ok).toBe(true);
  });

  it('shows what is wrong beside the field that it is wrong in, and keeps what was typed', () => {
    const fresh = chooseRole(setup(), 'virtualNetwork', NEW_RESOURCE, inventory);
    const candidate = setRoleField(fresh, 'virtualNetwork', 'addressPrefixes', '10.0.0.1/33', inventory);
    const field = form(candidate)
      .roles.find(({ role }) => role === 'virtualNetwork')
      ?.fields.find(({ name }) => name === 'addressPrefixes');
    expect(field?.value).toBe('10.0.0.1/33');
    expect(field?.error).toMatch(/must be an IPv4 range/);
  });

  it('asks for addresses only where some may still call, and checks each of them', () => {
    const optionsOf = (candidate: ReturnType<typeof setup>) => form(candidate).options.map(({ option }) => option);
    expect(optionsOf(setup())).not.toContain('allowedAddresses');
    const limited = setOption(setup(), 'publicAccess', 'selectedNetworks');
    expect(optionsOf(limited)).toContain('allowedAddresses');
    const wrong = form(setOption(limited, 'allowedAddresses', '203.0.113.7, 10.0.0.1'));
    expect(wrong.options.find(({ option }) => option === 'allowedAddresses')?.error).toMatch(/public IPv4/);
  });

  it('takes an emptied subdomain as none', () => {
    const named = setOption(setup(), 'customSubdomain', 'contoso-ai');
    expect(named.options.customSubdomain).toBe('contoso-ai');
    expect(setOption(named, 'customSubdomain', ' ').options).not.toHaveProperty('customSubdomain');
  });

  it('skips a step with its reason, and takes it up again', () => {
    const skipped = skipStep(setup(), 'aoai-disable-local-auth', 'later');
    expect(skipped.skip).toEqual({ 'aoai-disable-local-auth': 'later' });
    expect(unskipStep(skipped, 'aoai-disable-local-auth').skip).toEqual({});
  });

  it('ignores what names no scenario, role, field or option', () => {
    const candidate = setup();
    expect(chooseScenario(candidate, '__proto__')).toBe(candidate);
    expect(chooseRole(candidate, 'constructor', 'x', inventory)).toBe(candidate);
    expect(setRoleField(candidate, 'openAi', 'location', 'x', inventory)).toBe(candidate);
    expect(setOption(candidate, 'subscription', 'x')).toBe(candidate);
  });
});
