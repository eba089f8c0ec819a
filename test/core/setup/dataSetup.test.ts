import { describe, expect, test } from 'vitest';
import { checkSetup } from '../../../src/core/setup/checkSetup';
import { DEFAULT_OPTIONS, type Setup } from '../../../src/core/setup/setup';
import { formatSetupFile, parseSetupFile } from '../../../src/core/setup/setupFile';
import { DATA, ID, inGroup } from '../support/ids';
import { english } from '../support/reading';
import { dataSetup, dataSetupFromNothing, DEVELOPER } from '../support/setups';

/** `path: message` of every fault. */
function faultsOf(value: unknown): readonly string[] {
  const checked = checkSetup(JSON.parse(JSON.stringify(value)));
  return checked.ok ? [] : checked.faults.map(({ path, message }) => `${path.join('.')}: ${english(message)}`);
}

type Binding = Setup['roles'][keyof Setup['roles']];

function withRoles(roles: Readonly<Record<string, Binding>>): Setup {
  const setup = dataSetupFromNothing();
  return { ...setup, roles: { ...setup.roles, ...roles } };
}

function withOptions(options: Readonly<Record<string, unknown>>): unknown {
  return { ...dataSetup(), options };
}

describe('a setup for On Your Data', () => {
  test.each([
    ['where everything exists', dataSetup()],
    ['where nothing exists', dataSetupFromNothing()],
    [
      'with every option',
      dataSetupFromNothing({
        sharedPrivateLink: true,
        fileEndpoint: true,
        searchWritesToStorage: true,
        defender: false,
        vpnClientAddressPool: '192.168.77.0/24',
        developerExtras: ['listKeys', 'assignRoles'],
        project: { id: DATA.developer, type: 'ServicePrincipal' },
        documentAccess: { index: 'reports-2026', field: 'group_ids' },
        proofs: ['inference'],
        apiKeys: 'keep',
      }),
    ],
    ['for two scenarios', { ...dataSetup(), scenarios: ['private-access', 'on-your-data'] } as Setup],
  ])('is good, and reads back as it was written: %s', (_, setup) => {
    expect(faultsOf(setup)).toEqual([]);
    expect(parseSetupFile(formatSetupFile(setup))).toEqual({ ok: true, setup });
  });

  test('has safe defaults for options that are left out', () => {
    const checked = checkSetup(withOptions({}));
    expect(checked.ok && checked.setup.options).toEqual(DEFAULT_OPTIONS);
    expect(DEFAULT_OPTIONS).toMatchObject({ apiKeys: 'off', publicAccess: 'disabled', defender: true, developers: [] });
  });

  test('Search that is open to listed addresses has to have some, because without any it is open to everybody', () => {
    const searchPublicAccess = 'selectedNetworks';
    expect(faultsOf(withOptions({ searchPublicAccess }))).toEqual([
      expect.stringMatching(/^options\.allowedAddresses: .*open to everybody/),
    ]);
    expect(faultsOf(withOptions({ searchPublicAccess, allowedAddresses: ['20.1.2.3'] }))).toEqual([]);
  });

  test('an index for documents has a field for groups, called as the documents call it', () => {
    const checked = checkSetup(withOptions({ documentAccess: { index: 'reports' } }));
    expect(checked.ok && checked.setup.options.documentAccess).toEqual({ index: 'reports', field: 'group_ids' });
  });
});

describe('an option that is wrong says where, and what it must be', () => {
  const developer = (parts: object) => ({ developers: [{ ...DEVELOPER, ...parts }] });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'a developer without an object id',
      developer({ id: 'ada@contoso.com' }),
      'options.developers.0.id: “options.developers.0.id” must be a GUID.',
    ],
    [
      'a developer of another kind',
      developer({ type: 'Robot' }),
      'options.developers.0.type: “options.developers.0.type” must be one of User, Group, ServicePrincipal.',
    ],
    [
      'a public range for VPN clients',
      { vpnClientAddressPool: '20.1.0.0/24' },
      'options.vpnClientAddressPool: “options.vpnClientAddressPool” must be a private IPv4 range, such as 172.16.201.0/24.',
    ],
    [
      'a range with bits behind its prefix',
      { vpnClientAddressPool: '172.16.201.1/24' },
      'options.vpnClientAddressPool: “options.vpnClientAddressPool” must be a private IPv4 range, such as 172.16.201.0/24.',
    ],
    [
      'an index in capitals',
      { documentAccess: { index: 'Reports' } },
      'options.documentAccess.index: “options.documentAccess.index” must be the name of a search index: small letters, digits and hyphens.',
    ],
    [
      'a field that would end the filter',
      { documentAccess: { index: 'reports', field: "a' or 'b" } },
      'options.documentAccess.field: “options.documentAccess.field” must be the name of an index field: letters, digits and underscores.',
    ],
    [
      'a proof that nobody knows',
      { proofs: ['magic'] },
      'options.proofs.0: “options.proofs.0” must be one of ingestion, inference.',
    ],
    [
      'an extra that nobody knows',
      { developerExtras: ['everything'] },
      'options.developerExtras.0: “options.developerExtras.0” must be one of listKeys, assignRoles.',
    ],
    ['a choice that is a word', { defender: 'yes' }, 'options.defender: “options.defender” must be of type boolean.'],
  ])('%s', (_, options, fault) => {
    expect(faultsOf(withOptions(options))).toEqual([fault]);
  });

  test.each(['a--b', '-a', 'a-', 'a', 'a_b', `a${'b'.repeat(128)}`])('%s is no name of an index', (index) => {
    expect(faultsOf(withOptions({ documentAccess: { index } }))).toHaveLength(1);
  });
});

describe('roles that do not fit each other say which', () => {
  const subnet = (name: string, addressPrefix: string) => ({
    id: `${ID.network}/subnets/${name}`,
    create: { addressPrefix },
  });

  test.each<[string, Readonly<Record<string, Binding>>, readonly string[]]>([
    [
      'a tier of Search without private endpoints',
      { search: { id: DATA.search, create: { location: 'eastus', sku: 'free' } } as unknown as Binding },
      [
        'roles.search.create.sku: “roles.search.create.sku” must be one of basic, standard, standard2, standard3, storage_optimized_l1, storage_optimized_l2.',
      ],
    ],
    [
      'a gateway subnet by another name',
      { gatewaySubnet: subnet('snet-gateway', '10.0.0.0/27') },
      ['roles.gatewaySubnet.id: Azure accepts only the name GatewaySubnet for the subnet of a gateway.'],
    ],
    [
      'a range over that of an earlier subnet',
      { webAppSubnet: subnet('snet-webapp', '10.0.1.0/26') },
      ['roles.webAppSubnet.create.addressPrefix: This range lies over the range of another subnet of the setup.'],
    ],
    [
      'a range outside of the network',
      { webAppSubnet: subnet('snet-webapp', '10.9.0.0/26') },
      ['roles.webAppSubnet.create.addressPrefix: This range is not inside the address space of the virtual network.'],
    ],
    [
      'one subnet for two',
      { webAppSubnet: { id: ID.subnet.toUpperCase() } },
      ['roles.webAppSubnet.id: Another role of the setup has this subnet, and the two cannot share one.'],
    ],
    [
      'a subnet of another network',
      { gatewaySubnet: { id: `${ID.otherNetwork}/subnets/GatewaySubnet` } },
      ['roles.gatewaySubnet.id: This subnet is not in the virtual network of the setup.'],
    ],
    [
      'a gateway without its subnet',
      { gatewaySubnet: undefined },
      ['roles.vpnGateway: A VPN gateway needs the role gatewaySubnet as well.'],
    ],
    [
      'an app without its subnet',
      { webAppSubnet: undefined },
      ['roles.webApp: A web app needs the role webAppSubnet as well.'],
    ],
    [
      'a resource of another type',
      { storage: { id: DATA.search } },
      ['roles.storage.id: “roles.storage.id” must be the id of an Azure resource of the right type.'],
    ],
    [
      'a resource of another subscription',
      { search: { id: DATA.search.replace('11111111', '99999999') } },
      ['roles.search.id: This resource is in another subscription than the setup.'],
    ],
  ])('%s', (_, roles, faults) => {
    expect(faultsOf(withRoles(roles))).toEqual(faults);
  });

  test('VPN clients inside of the network', () => {
    const setup = dataSetupFromNothing({ vpnClientAddressPool: '10.0.3.0/24' });
    expect(faultsOf(setup)).toEqual([
      'options.vpnClientAddressPool: VPN clients need a range of their own, outside of the virtual network.',
    ]);
    expect(faultsOf(dataSetupFromNothing({ vpnClientAddressPool: '10.0.4.0/24' }))).toEqual([]);
  });

  test('everything that is wrong is said at once', () => {
    const setup = withRoles({
      gatewaySubnet: subnet('gateway', '10.0.1.0/27'),
      webAppSubnet: subnet('snet-webapp', '10.0.1.0/26'),
    });
    expect(faultsOf(setup).map((fault) => fault.split(':')[0])).toEqual([
      'roles.gatewaySubnet.create.addressPrefix',
      'roles.webAppSubnet.create.addressPrefix',
      'roles.gatewaySubnet.id',
    ]);
  });

  test('a VPN and an app may be left out altogether', () => {
    const none = { gatewaySubnet: undefined, vpnGateway: undefined, webAppSubnet: undefined, webApp: undefined };
    expect(faultsOf(withRoles(none))).toEqual([]);
  });
});

test('a storage account of another group is as good', () => {
  const id = inGroup('rg-hub', 'Microsoft.Storage/storageAccounts', 'contosodata');
  expect(faultsOf(withRoles({ storage: { id } }))).toEqual([]);
});
