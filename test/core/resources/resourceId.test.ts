import { describe, expect, test } from 'vitest';
import {
  childId,
  parentResourceId,
  parseResourceId,
  resourceGroupIdOf,
  resourceKey,
  resourceName,
  resourceTypeOf,
  sameResource,
  topLevelResourceId,
} from '../../../src/core/resources/resourceId';
import { ID, SUBSCRIPTION, zoneId } from '../support/ids';

describe('parseResourceId', () => {
  test('takes a resource in a group apart', () => {
    expect(parseResourceId(ID.subnet)).toEqual({
      subscriptionId: SUBSCRIPTION,
      resourceGroup: 'rg-contoso',
      type: 'Microsoft.Network/virtualNetworks/subnets',
      names: ['vnet-contoso', 'snet-endpoints'],
    });
  });

  test('knows subscriptions, resource groups and providers', () => {
    expect(parseResourceId(ID.subscription)?.type).toBe('Microsoft.Resources/subscriptions');
    expect(parseResourceId(ID.group)).toMatchObject({
      type: 'Microsoft.Resources/resourceGroups',
      names: ['rg-contoso'],
    });
    expect(parseResourceId(`${ID.subscription}/providers/Microsoft.Network`)).toMatchObject({
      type: 'Microsoft.Resources/providers',
      names: ['Microsoft.Network'],
      resourceGroup: undefined,
    });
  });

  test('accepts any casing of the fixed segments, and a trailing slash', () => {
    const shouted = `/SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/rg/PROVIDERS/Microsoft.X/things/a/`;
    expect(parseResourceId(shouted)).toMatchObject({ resourceGroup: 'rg', type: 'Microsoft.X/things', names: ['a'] });
  });

  test('gives a list the type of what is in it, and one name less', () => {
    expect(parseResourceId(childId(ID.account, 'privateLinkResources'))).toMatchObject({
      type: 'Microsoft.CognitiveServices/accounts/privateLinkResources',
      names: ['contoso-openai'],
    });
  });

  test.each([
    ['nothing', ''],
    ['a name', 'contoso-openai'],
    ['an address', 'https://contoso-openai.openai.azure.com/'],
    ['a path of something else', '/tenants/abc'],
    ['a subscription without an id', '/subscriptions/'],
    ['an empty resource group', `/subscriptions/${SUBSCRIPTION}/resourceGroups//providers/Microsoft.X/things/a`],
    ['an empty namespace', `/subscriptions/${SUBSCRIPTION}/providers//things/a`],
    ['an empty name', `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.X/things//more/b`],
    ['something in front of an id', `x${ID.account}`],
  ])('refuses %s', (_, id) => {
    expect(parseResourceId(id)).toBeUndefined();
  });
});

describe('comparing ids', () => {
  test('casing and a trailing slash make no difference', () => {
    expect(sameResource(ID.account, `${ID.account.toUpperCase()}/`)).toBe(true);
    expect(resourceKey(`${ID.account}//`)).toBe(ID.account.toLowerCase());
  });

  test('a child is not its parent', () => {
    expect(sameResource(ID.subnet, ID.network)).toBe(false);
  });
});

describe('relatives of a resource', () => {
  test('a subnet is a child of its virtual network; an account is nobody’s child', () => {
    expect(parentResourceId(ID.subnet)).toBe(ID.network);
    expect(parentResourceId(ID.account)).toBeUndefined();
    expect(parentResourceId(ID.group)).toBeUndefined();
  });

  test('the top-level resource of a record is its zone, of a zone itself', () => {
    expect(topLevelResourceId(`${zoneId()}/A/contoso`)).toBe(zoneId());
    expect(topLevelResourceId(zoneId())).toBe(zoneId());
  });

  test('the group of a resource has its id; a subscription is in none', () => {
    expect(resourceGroupIdOf(ID.subnet)).toBe(ID.group);
    expect(resourceGroupIdOf(ID.group)).toBe(ID.group);
    expect(resourceGroupIdOf(ID.subscription)).toBeUndefined();
  });

  test('its name is the last segment, its type is in lower case and empty for what is no id', () => {
    expect(resourceName(`${ID.account}/`)).toBe('contoso-openai');
    expect(resourceTypeOf(ID.account)).toBe('microsoft.cognitiveservices/accounts');
    expect(resourceTypeOf('contoso-openai')).toBe('');
  });
});
