import { describe, expect, test } from 'vitest';
import { judgeResources, readExport } from '../../../src/core/evaluate/judgeResources';
import { ID, SUBSCRIPTION } from '../support/ids';
import { account } from '../support/resources';

const closed = account({ properties: { publicNetworkAccess: 'Disabled' } });

function publicAccess(json: unknown): string | undefined {
  return judgeResources(readExport(json)?.resources ?? []).find(({ step }) => step === 'aoai-public-access-disabled')
    ?.status;
}

describe('the shapes that other tools write', () => {
  test.each<[string, unknown]>([
    ['an array', [closed]],
    ['the list answer of Azure Resource Manager', { value: [closed], nextLink: null }],
    ['the answer of Resource Graph', { count: 1, data: [closed], skip_token: null }],
    ['a template', { resources: [closed] }],
    [
      'PascalCase, as Azure PowerShell has it',
      [{ Id: closed.id, Kind: 'OpenAI', Location: 'eastus', Properties: { PublicNetworkAccess: 'Disabled' } }],
    ],
    ['an id under another name', [{ ResourceId: closed.id, Kind: 'OpenAI', Properties: closed['properties'] }]],
    [
      'an id beside an empty one',
      [{ Id: closed.id, ResourceId: null, Kind: 'OpenAI', Properties: closed['properties'] }],
    ],
    [
      'capitals throughout',
      [{ ID: closed.id.toUpperCase(), KIND: 'OPENAI', PROPERTIES: { PUBLICNETWORKACCESS: 'DISABLED' } }],
    ],
    [
      'no id, but a type and a name',
      [
        {
          type: 'Microsoft.CognitiveServices/accounts',
          name: 'contoso',
          resourceGroup: 'rg',
          kind: 'OpenAI',
          properties: closed['properties'],
        },
      ],
    ],
    ['what every object inherits as names', [{ ...closed, constructor: 'x', toString: 'y' }]],
  ])('%s', (_, json) => {
    expect(publicAccess(json)).toBe('compliant');
  });

  test('properties that are null are exposed, not an error', () => {
    expect(publicAccess([{ ...closed, properties: null }])).toBe('nonCompliant');
  });

  test.each([[undefined], [null], ['text'], [5], [{}], [{ value: 'x' }]])('%j is not an export', (json) => {
    expect(readExport(json)).toBeUndefined();
  });

  test('what is not a resource in an export is left out', () => {
    expect(readExport([null, 5, 'x', [], {}, { name: 'only a name' }, { type: 'Only.A/type' }])).toEqual({
      resources: [],
      leftOut: 7,
    });
  });
});

describe('nested resources', () => {
  const nested = {
    type: 'Microsoft.Network/virtualNetworks',
    name: 'vnet',
    resourceGroup: 'rg',
    Resources: [
      { type: 'subnets', name: 'snet' },
      { type: 'Microsoft.Network/virtualNetworks/subnets', name: 'vnet/other' },
    ],
  };

  test('come out side by side, each with an id under its parent’s', () => {
    const ids = (readExport([nested])?.resources ?? []).map(({ id }) => id.replace(/.*\/resourceGroups/, ''));
    expect(ids).toEqual([
      '/rg/providers/Microsoft.Network/virtualNetworks/vnet',
      '/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet',
      '/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/other',
    ]);
  });

  test('children of a child are found as well', () => {
    const deep = {
      id: ID.network,
      resources: [{ type: 'subnets', name: 'a', resources: [{ type: 'things', name: 'b' }] }],
    };
    expect((readExport([deep])?.resources ?? []).map(({ id }) => id)).toEqual([
      ID.network,
      `${ID.network}/subnets/a`,
      `${ID.network}/subnets/a/things/b`,
    ]);
  });
});

describe('an id that has to be made up', () => {
  test('keeps resources of one name in two groups and subscriptions apart', () => {
    const one = { type: 'Microsoft.CognitiveServices/accounts', name: 'contoso', kind: 'OpenAI' };
    const exported = [
      { ...one, ResourceGroup: 'a' },
      { ...one, resourceGroupName: 'b' },
      { ...one, resourceGroup: 'b', subscriptionId: SUBSCRIPTION },
    ];
    const ids = (readExport(exported)?.resources ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe(
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/b/providers/Microsoft.CognitiveServices/accounts/contoso`,
    );
  });
});
