import { describe, expect, test } from 'vitest';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { change } from '../support/changes';
import { ID } from '../support/ids';
import { clearWorld, creation, look, only, said } from '../support/preflights';
import { unreadable } from '../support/reading';
import { account } from '../support/resources';

const TAKEN = { nameAvailable: false, isSubdomainAvailable: false, message: 'taken', reason: 'taken' };
const everythingTaken = (azure: { answer: unknown }) =>
  void (azure.answer = () => ({ state: 'answered', body: TAKEN }));
const CREATIONS = [
  [
    'Microsoft.Search/searchServices',
    'Microsoft.Search/checkNameAvailability',
    { name: 'new', type: 'searchServices' },
  ],
  [
    'Microsoft.Storage/storageAccounts',
    'Microsoft.Storage/checkNameAvailability',
    { name: 'new', type: 'Microsoft.Storage/storageAccounts' },
  ],
  [
    'Microsoft.KeyVault/vaults',
    'Microsoft.KeyVault/checkNameAvailability',
    { name: 'new', type: 'Microsoft.KeyVault/vaults' },
  ],
  ['Microsoft.ApiManagement/service', 'Microsoft.ApiManagement/checkNameAvailability', { name: 'new' }],
  ['Microsoft.Web/sites', 'Microsoft.Web/checknameavailability', { name: 'new', type: 'Site' }],
] as const;

describe('a name that nobody else may have', () => {
  test.each(CREATIONS)('of %s is asked for as its provider wants it', async (type, operation, body) => {
    const { azure, report } = await look([creation(type, 'new')], { prepare: everythingTaken });
    expect(azure.questions).toMatchObject([{ path: `${ID.subscription}/providers/${operation}`, body }]);
    expect(report.findings.filter(({ kind }) => kind === 'name')).toMatchObject([
      { verdict: 'blocks', detail: 'taken', changes: ['create/new'] },
    ]);
  });

  test.each(CREATIONS)('of %s that is free is none to speak of', async (type) => {
    expect(said((await look([creation(type, 'new')])).report, 'name')).toEqual([]);
  });

  test('of an account is its subdomain, when it is created and when it gets one', async () => {
    const properties = { customSubDomainName: 'contoso-ai' };
    const create = creation('Microsoft.CognitiveServices/accounts', 'new', { location: 'eastus', properties });
    const update = change({ id: 'subdomain', body: { properties } });
    for (const wanted of [create, update]) {
      const { report, azure } = await look([wanted], { world: clearWorld(account()), prepare: everythingTaken });
      expect(azure.questions).toMatchObject([
        {
          path: `${ID.subscription}/providers/Microsoft.CognitiveServices/checkDomainAvailability`,
          body: { subdomainName: 'contoso-ai', type: 'Microsoft.CognitiveServices/accounts' },
        },
      ]);
      expect(only(report)).toMatchObject({ kind: 'name', verdict: 'blocks', changes: [wanted.id] });
    }
  });

  test('is not asked for where nothing is named', async () => {
    const changes = [change(), creation('Microsoft.Network/privateEndpoints', 'pe')];
    expect((await look(changes, { world: clearWorld(account()) })).azure.questions).toEqual([]);
  });

  test('is taken by the very resource where an earlier run made it', async () => {
    const made = creation('Microsoft.Search/searchServices', 'new');
    const named = change({ body: { properties: { customSubDomainName: 'Contoso-OpenAI' } } });
    const world = clearWorld(account(), { id: made.resource });
    expect((await look([made, named], { world, prepare: everythingTaken })).report.findings).toEqual([]);
  });

  test.each([
    ['Microsoft.KeyVault/vaults', 'Microsoft.KeyVault/locations/japaneast/deletedVaults/new'],
    ['Microsoft.ApiManagement/service', 'Microsoft.ApiManagement/locations/japaneast/deletedservices/new'],
  ])('of %s may be that of a deleted one, which the creation brings back', async (type, kept) => {
    const world = clearWorld({ id: `${ID.subscription}/providers/${kept}` });
    const { report } = await look([creation(type, 'new', { location: 'Japan East' })], {
      world,
      prepare: everythingTaken,
    });
    expect(said(report, 'name')).toEqual([]);
  });

  test('that cannot be asked for is unknown', async () => {
    const { report } = await look([creation('Microsoft.Search/searchServices', 'new')], {
      prepare: (azure) => (azure.answer = () => unreadable()),
    });
    expect(only(report)).toMatchObject({ kind: 'name', verdict: 'unknown', detail: 'no read permission' });
  });

  test('that is taken by somebody who cannot be found out is not known', async () => {
    const prepare = (azure: Parameters<typeof everythingTaken>[0] & { denied: Set<string> }): void => {
      everythingTaken(azure);
      azure.denied.add(resourceKey(creation('Microsoft.ApiManagement/service', 'new').resource));
    };
    const { report } = await look([creation('Microsoft.ApiManagement/service', 'new')], { prepare });
    expect(report.findings.filter(({ kind }) => kind === 'name')).toMatchObject([
      { verdict: 'unknown', detail: 'no read permission' },
    ]);
  });
});
