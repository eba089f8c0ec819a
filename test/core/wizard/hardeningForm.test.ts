import { describe, expect, it } from 'vitest';
import { checkSetup } from '../../../src/core/setup/checkSetup';
import { ROLES } from '../../../src/core/setup/roles';
import { SCENARIO_IDS, type ScenarioId } from '../../../src/core/setup/scenarios';
import { API_MANAGEMENT_SKUS, DEFAULT_OPTIONS, SEARCH_SKUS, type Setup } from '../../../src/core/setup/setup';
import type { FormField, FormSection, RoleField } from '../../../src/protocol/setupForm';
import { NO_SEARCH } from '../../../src/vscode/setups/peopleSearch';
import { allRoles, withProposals } from '../../../src/vscode/setups/proposeRoles';
import { addPerson, removePerson, setOption } from '../../../src/vscode/wizard/form/optionEdits';
import { presentForm } from '../../../src/vscode/wizard/form/presentForm';
import { chooseRole, LEFT_OUT, NEW_RESOURCE, setRoleField } from '../../../src/vscode/wizard/form/roleEdits';
import { dataWorld, emptyDataWorld } from '../support/dataWorlds';
import { DATA } from '../support/ids';
import { inventoryOf } from '../support/reading';
import { setup } from '../support/setups';
import { BUILDERS, DANA, english } from './support';

const nothing = inventoryOf(emptyDataWorld());
const services = inventoryOf(dataWorld());

/** A setup for these scenarios in which everything that can be created is to be. */
function fresh(scenarios: readonly ScenarioId[], options: Partial<Setup['options']> = {}, inventory = nothing): Setup {
  const undecided = setup({ scenarios, roles: {}, options });
  return withProposals(undecided, inventory, allRoles(scenarios));
}

function sectionsOf(candidate: Setup, inventory = nothing): readonly FormSection[] {
  const checked = checkSetup(candidate);
  const faults = checked.ok ? [] : checked.faults;
  const form = presentForm(
    { candidate, faults, inventory, signedIn: DANA, search: NO_SEARCH, file: null, unsaved: true },
    english,
  );
  expect(form.problems).toEqual([]);
  return form.sections;
}

function fieldsOf(...given: Parameters<typeof sectionsOf>): readonly FormField[] {
  return sectionsOf(...given).flatMap(({ fields }) => fields);
}

function roleOf(role: string, ...given: Parameters<typeof sectionsOf>): RoleField | undefined {
  return fieldsOf(...given).find((field): field is RoleField => field.kind === 'role' && field.role === role);
}

function optionOf(option: string, candidate: Setup, inventory = nothing, kind?: FormField['kind']) {
  return fieldsOf(candidate, inventory).find(
    (field) => field.kind !== 'role' && field.option === option && (kind ?? field.kind) === field.kind,
  );
}

const idsOf = (sections: readonly FormSection[]) => sections.map(({ section }) => section);

describe('the sections of the form', () => {
  it.each<[ScenarioId, readonly string[]]>([
    ['private-access', ['services', 'network', 'access', 'more']],
    ['on-your-data', ['services', 'network', 'access', 'vpn', 'webApp', 'people', 'aiSearch', 'more']],
    ['api-gateway', ['services', 'network', 'access', 'apiGateway', 'protection', 'more']],
    ['ai-search', ['services', 'network', 'access', 'people', 'aiSearch', 'protection', 'more']],
  ])('of %s are those that it has something to ask in', (scenario, sections) => {
    expect(idsOf(sectionsOf(fresh([scenario])))).toEqual(sections);
  });

  it('ask for every role of every scenario and combination once, and for no other role', () => {
    for (const scenarios of [...SCENARIO_IDS.map((id) => [id]), SCENARIO_IDS]) {
      const asked = fieldsOf(fresh(scenarios)).flatMap((field) => (field.kind === 'role' ? field.role : []));
      const wanted = ROLES.filter((role) => role.scenarios.some((id) => scenarios.includes(id))).map(({ id }) => id);
      expect(asked.toSorted(), scenarios.join()).toEqual(wanted.toSorted());
    }
  });

  it('ask for nothing twice where all scenarios are chosen, and fold what a newcomer can leave', () => {
    const sections = sectionsOf(fresh(SCENARIO_IDS, { apiKeys: 'keep' }), services);
    const options = sections.flatMap(({ fields }) =>
      fields.flatMap((field) => (field.kind === 'role' ? field.role : `${field.kind} ${field.option}`)),
    );
    expect(new Set(options).size).toBe(options.length);
    const folded = sections.filter((each) => each.folded);
    expect(idsOf(folded)).toEqual(['vpn', 'webApp', 'aiSearch', 'protection', 'more']);
    expect(folded.filter(({ section, summary }) => section !== 'more' && summary === '')).toEqual([]);
  });

  it('ask for every option that a setup has, but for what only other fields lead to', () => {
    const everything = fresh(SCENARIO_IDS, {
      apiKeys: 'keep',
      publicAccess: 'selectedNetworks',
      allowedAddresses: ['203.0.113.7'],
      developers: [DANA],
      documentAccess: { index: 'contracts', field: 'group_ids' },
      indexReaders: [{ index: 'contracts', principal: DANA }],
    });
    const asked = new Set(
      fieldsOf(everything).flatMap((field) => (field.kind === 'role' ? [] : (field.option.split('.')[0] ?? ''))),
    );
    const others = ['customSubdomain', 'vpnClientAddressPool', 'project', 'gatewayHostName', 'gatewayCertificate'];
    const known = [...Object.keys(DEFAULT_OPTIONS), 'documentAccess', 'alertEmail', ...others];
    expect([...asked].toSorted()).toEqual(known.toSorted());
  });
});

describe('the API gateway', () => {
  it('stays open while API Management is to be created, because only the user knows who publishes it', () => {
    const candidate = fresh(['api-gateway']);
    const gateway = sectionsOf(candidate).find(({ section }) => section === 'apiGateway');
    expect(gateway).toMatchObject({ folded: false });
    expect(gateway?.summary).toMatch(/^apim-ringfence-\w+ and agw-vnet-ringfence$/);
    const names = roleOf('apiManagement', candidate)?.fields.map(({ name }) => name);
    expect(names).toEqual(['name', 'location', 'sku', 'publisherName', 'publisherEmail']);
  });

  it('says before anything is planned that it takes 45 minutes and costs money', () => {
    const gateway = sectionsOf(fresh(['api-gateway'])).find(({ section }) => section === 'apiGateway');
    expect(gateway?.help).toMatch(/cost by the hour.*45 minutes/);
  });

  it('offers the tiers of the service that is meant', () => {
    const tiers = (role: string) =>
      roleOf(role, fresh(SCENARIO_IDS))
        ?.fields.find(({ name }) => name === 'sku')
        ?.choices.map(({ value }) => value);
    expect(tiers('apiManagement')).toEqual(API_MANAGEMENT_SKUS);
    expect(tiers('search')).toEqual(SEARCH_SKUS);
  });

  it('refuses an address of the publisher that is none, beside its field', () => {
    const candidate = setRoleField(fresh(['api-gateway']), 'apiManagement', 'publisherEmail', 'nobody', nothing);
    const field = roleOf('apiManagement', candidate)?.fields.find(({ name }) => name === 'publisherEmail');
    expect(field?.error).toMatch(/e-mail address/);
  });

  it('brings each service the subnet that it stands in', () => {
    const empty = setup({ scenarios: ['api-gateway'] });
    const one = chooseRole(empty, 'apiManagement', NEW_RESOURCE, services);
    const both = chooseRole(one, 'applicationGateway', NEW_RESOURCE, services);
    expect(both.roles.apiManagementSubnet?.id).toMatch(/\/subnets\/snet-apim$/);
    expect(both.roles.applicationGatewaySubnet?.id).toMatch(/\/subnets\/snet-appgw$/);
  });

  it('can do without a key vault and without logs', () => {
    const candidate = fresh(['api-gateway']);
    const optional = fieldsOf(candidate).flatMap((field) =>
      field.kind === 'role' && field.choices.some(({ value }) => value === LEFT_OUT) ? field.role : [],
    );
    expect(optional).toEqual(['keyVault', 'logAnalyticsWorkspace']);
    const without = chooseRole(candidate, 'logAnalyticsWorkspace', LEFT_OUT, nothing);
    expect(sectionsOf(without).find(({ section }) => section === 'protection')?.summary).toBe('no logs');
  });

  it('checks the host name, the certificate and the address for alerts beside their fields', () => {
    for (const [option, wrong] of [
      ['gatewayHostName', 'not a name'],
      ['gatewayCertificate', 'a/b'],
      ['alertEmail', 'nobody'],
    ] as const) {
      const candidate = setOption(fresh(['api-gateway']), option, wrong);
      expect(optionOf(option, candidate), option).toMatchObject({ value: wrong, error: expect.any(String) as string });
      expect(setOption(candidate, option, ' ').options, option).not.toHaveProperty(option);
    }
  });
});

describe('AI Search in the form', () => {
  it('offers private links to what the setup has', () => {
    const links = (candidate: Setup) =>
      fieldsOf(candidate).flatMap((field) =>
        field.kind === 'toggle' && /^(searchLinks|sharedPrivateLink)/.test(field.option) ? field.option : [],
      );
    expect(links(fresh(['ai-search']))).toEqual([]);
    expect(links(fresh(SCENARIO_IDS))).toEqual([
      'sharedPrivateLink',
      'searchLinks.storage',
      'searchLinks.keyVault',
      'searchLinks.webApp',
    ]);
  });

  it('takes a web app for skills without a way into the network', () => {
    const candidate = chooseRole(fresh(['ai-search']), 'webApp', DATA.site, services);
    expect(candidate.roles.webApp).toEqual({ id: DATA.site });
    expect(candidate.roles).not.toHaveProperty('webAppSubnet');
    expect(checkSetup(candidate).ok).toBe(true);
    expect(optionOf('searchLinks.webApp', candidate, services)).toBeDefined();
  });

  it('keeps its links in one order, whatever the order of the clicks', () => {
    const late = setOption(setOption(fresh(SCENARIO_IDS), 'searchLinks.webApp', 'true'), 'searchLinks.storage', 'true');
    expect(late.options.searchLinks).toEqual(['storage', 'webApp']);
    expect(setOption(late, 'searchLinks.webApp', 'false').options.searchLinks).toEqual(['storage']);
  });

  it('asks for addresses where only the service stays open to some', () => {
    const candidate = setOption(fresh(['ai-search']), 'searchPublicAccess', 'selectedNetworks');
    expect(optionOf('allowedAddresses', candidate)).toBeDefined();
    expect(optionOf('publicAccess', candidate)).toBeUndefined();
  });

  it('has toggles and choices that each change what they show', () => {
    const candidate = fresh(SCENARIO_IDS);
    for (const field of fieldsOf(candidate)) {
      if (field.kind === 'toggle') {
        const changed = setOption(candidate, field.option, String(!field.checked));
        expect(optionOf(field.option, changed), field.option).toMatchObject({ checked: !field.checked });
      }
      if (field.kind === 'choice') {
        for (const { value } of field.choices) {
          const changed = setOption(candidate, field.option, value);
          expect(optionOf(field.option, changed), field.option).toMatchObject({ value, error: null });
        }
      }
    }
  });

  it('asks when keys were replaced only where keys are kept, and takes an emptied date as none', () => {
    const kept = setOption(fresh(['ai-search']), 'apiKeys', 'keep');
    expect(optionOf('keysRotated.search', fresh(['ai-search']))).toBeUndefined();
    // Callers of API Management need theirs in any case.
    expect(optionOf('keysRotated.apiManagement', fresh(['api-gateway']))).toMatchObject({ value: '' });
    const dated = setOption(kept, 'keysRotated.search', '2026-11-22');
    expect(optionOf('keysRotated.search', dated)).toMatchObject({ value: '2026-11-22', error: null });
    const wrong = setOption(kept, 'keysRotated.search', 'yesterday');
    expect(optionOf('keysRotated.search', wrong)).toMatchObject({ error: expect.stringMatching(/date/) as string });
    expect(setOption(wrong, 'keysRotated.search', '').options.keysRotated).toEqual({});
  });
});

describe('an index that only some may read', () => {
  const named = setOption(fresh(['ai-search']), 'indexReaders.0', ' contracts ');

  it('is named first, and no setup is accepted before somebody may read it', () => {
    expect(checkSetup(named).ok).toBe(false);
    const people = optionOf('indexReaders.0', named, nothing, 'people');
    expect(people).toMatchObject({ label: 'Readers of contracts', people: [], error: expect.any(String) as string });
    expect(sectionsOf(named).find(({ section }) => section === 'aiSearch')?.folded).toBe(false);
    const read = addPerson(named, 'indexReaders.0', DANA);
    expect(checkSetup(read).ok).toBe(true);
    expect(read.options.indexReaders).toEqual([{ index: 'contracts', principal: DANA }]);
    expect(addPerson(read, 'indexReaders.0', { ...DANA, id: DANA.id.toUpperCase() }).options).toEqual(read.options);
  });

  it('keeps its place beside others, its people when it is renamed, and takes them along when it is emptied', () => {
    const both = setOption(addPerson(named, 'indexReaders.0', DANA), 'indexReaders.1', 'invoices');
    const shared = addPerson(addPerson(both, 'indexReaders.1', BUILDERS), 'indexReaders.0', BUILDERS);
    expect(shared.options.indexReaders.map(({ index }) => index)).toEqual(['contracts', 'contracts', 'invoices']);
    const renamed = setOption(shared, 'indexReaders.0', 'deals');
    expect(renamed.options.indexReaders.map(({ index }) => index)).toEqual(['deals', 'deals', 'invoices']);
    expect(setOption(renamed, 'indexReaders.0', '').options.indexReaders).toEqual([
      { index: 'invoices', principal: BUILDERS },
    ]);
  });

  it('stays named when its last reader is removed', () => {
    const read = addPerson(named, 'indexReaders.0', DANA);
    expect(removePerson(read, 'indexReaders.0', DANA.id)).toEqual(named);
  });

  it('is not named twice, and nothing is named by an empty name', () => {
    const twice = setOption(named, 'indexReaders.1', 'contracts');
    expect(twice.options).toEqual(named.options);
    expect(setOption(fresh(['ai-search']), 'indexReaders.0', ' ').options.indexReaders).toEqual([]);
    expect(addPerson(named, 'indexReaders.7', DANA).options).toEqual(named.options);
  });

  it('says beside its name that the name is none', () => {
    const wrong = setOption(fresh(['ai-search']), 'indexReaders.0', 'Not An Index');
    expect(optionOf('indexReaders.0', wrong)).toMatchObject({
      error: expect.stringMatching(/name of a search index/) as string,
    });
  });
});
