import { describe, expect, test } from 'vitest';
import { childId } from '../../../src/core/resources/resourceId';
import { apiVersionFor, displayType, writerLocks } from '../../../src/core/resources/resourceTypes';
import { ID, linkId, zoneId } from '../support/ids';
import { endpoint } from '../support/resources';

describe('apiVersionFor', () => {
  test.each([
    ['an account', ID.account, '2025-06-01'],
    ['a list of an account', childId(ID.account, 'privateLinkResources'), '2025-06-01'],
    ['a connection of an account', childId(ID.account, 'privateEndpointConnections', 'pe.1'), '2025-06-01'],
    ['a zone group', childId(ID.endpoint, 'privateDnsZoneGroups', 'default'), '2025-05-01'],
    ['a link of a zone', linkId(), '2020-06-01'],
    ['a record of a zone', `${zoneId()}/A/contoso`, '2020-06-01'],
    ['a resource group', ID.group, '2025-04-01'],
    ['what is in a resource group', childId(ID.group, 'resources'), '2025-04-01'],
    ['a provider', `${ID.subscription}/providers/Microsoft.Network`, '2025-04-01'],
  ])('knows the version for %s', (_, id, version) => {
    expect(apiVersionFor(id)).toBe(version);
  });

  test('knows none for a type that no step speaks of', () => {
    expect(apiVersionFor(`${ID.group}/providers/Microsoft.Compute/virtualMachines/vm`)).toBeUndefined();
    expect(apiVersionFor('not an id')).toBeUndefined();
  });
});

describe('writerLocks', () => {
  test('a subnet is written one at a time with everything in its network', () => {
    expect(writerLocks(ID.subnet, {})).toEqual([ID.network.toLowerCase()]);
  });

  test('a private endpoint writes to itself, to its target and to its network', () => {
    expect(writerLocks(ID.endpoint, endpoint())).toEqual(
      [ID.account, ID.endpoint, ID.network].map((id) => id.toLowerCase()).sort(),
    );
  });

  test('an endpoint that is deleted knows its target from what it was', () => {
    expect(writerLocks(ID.endpoint, null)).toEqual([ID.endpoint.toLowerCase()]);
  });
});

test('a type is shown as Azure writes it, and an unknown one as it is', () => {
  expect(displayType(ID.account.toUpperCase())).toBe('Microsoft.CognitiveServices/accounts');
  expect(displayType(`${ID.group}/providers/Microsoft.Compute/virtualMachines/vm`)).toBe(
    'microsoft.compute/virtualmachines',
  );
});
