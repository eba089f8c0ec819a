import { describe, expect, test } from 'vitest';
import { deletionOf, linkedActions, withLinked } from '../../../src/core/plan/linkedActions';
import type { JsonObject } from '../../../src/core/resources/json';
import { DATA, ID, inGroup, zoneId } from '../support/ids';

const NSG = inGroup('rg-contoso', 'Microsoft.Network/networkSecurityGroups', 'nsg');
const IDENTITY = inGroup('rg-contoso', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id');
const JOIN_SUBNET = 'Microsoft.Network/virtualNetworks/subnets/join/action';
const needed = (resource: string, body: JsonObject, after = body): readonly string[] =>
  linkedActions(resource, body, after).map(({ action, scope }) => `${action} ${scope}`);

describe('what a write needs on the resources that it names', () => {
  test('a private endpoint: its subnet, and the approval of what it leads to', () => {
    const connection = { name: 'c', properties: { privateLinkServiceId: ID.account, groupIds: ['account'] } };
    const body = { properties: { subnet: { id: ID.subnet }, privateLinkServiceConnections: [connection] } };
    expect(needed(ID.endpoint, body)).toEqual([
      `${JOIN_SUBNET} ${ID.subnet}`,
      `Microsoft.CognitiveServices/accounts/privateEndpointConnectionsApproval/action ${ID.account}`,
    ]);
  });

  test('a connection that its owner approves later needs no approval now', () => {
    const connection = { name: 'c', properties: { privateLinkServiceId: ID.account } };
    expect(needed(ID.endpoint, { properties: { manualPrivateLinkServiceConnections: [connection] } })).toEqual([]);
  });

  test.each<[string, string, JsonObject, readonly string[]]>([
    [
      'every zone of a zone group',
      `${ID.endpoint}/privateDnsZoneGroups/default`,
      {
        properties: {
          privateDnsZoneConfigs: ['a', 'b'].map((name) => ({ properties: { privateDnsZoneId: zoneId(name) } })),
        },
      },
      ['a', 'b'].map((name) => `Microsoft.Network/privateDnsZones/join/action ${zoneId(name)}`),
    ],
    [
      'subnet and address of a VPN gateway',
      DATA.gateway,
      {
        properties: {
          ipConfigurations: [{ properties: { subnet: { id: ID.subnet }, publicIPAddress: { id: DATA.publicIp } } }],
        },
      },
      [`${JOIN_SUBNET} ${ID.subnet}`, `Microsoft.Network/publicIPAddresses/join/action ${DATA.publicIp}`],
    ],
    [
      'an identity that is handed out, to whatever it is',
      DATA.search,
      { identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: {} } } },
      [`Microsoft.ManagedIdentity/userAssignedIdentities/assign/action ${IDENTITY}`],
    ],
    [
      'a web app that leaves its network',
      DATA.site,
      { properties: { virtualNetworkSubnetId: null } },
      [`Microsoft.Web/sites/networkConfig/delete ${DATA.site}`],
    ],
    ['nothing, where nothing is named', ID.account, { properties: { publicNetworkAccess: 'Disabled' } }, []],
  ])('%s', (_, resource, body, expected) => {
    expect(needed(resource, body)).toEqual(expected);
  });

  test('a resource that is written whole names all of it again; of another only what is sent counts', () => {
    const guarded = { properties: { networkSecurityGroup: { id: NSG }, addressPrefix: '10.0.1.0/27' } };
    expect(needed(ID.subnet, { properties: { delegations: [] } }, guarded)).toEqual([
      `Microsoft.Network/networkSecurityGroups/join/action ${NSG}`,
    ]);
    const account = { identity: { userAssignedIdentities: { [IDENTITY]: {} } } };
    expect(needed(ID.account, { tags: {} }, account)).toEqual([]);
  });
});

describe('what a change needs in all', () => {
  const own = [{ action: 'Microsoft.Network/virtualNetworks/subnets/write', scope: ID.subnet }];

  test('is each permission once, also of what the resource had before', () => {
    const present = { properties: { networkSecurityGroup: { id: NSG } } };
    const all = withLinked([...own, ...own], ID.subnet, { properties: { addressPrefix: '10.0.1.0/27' } }, present);
    expect(all).toEqual([...own, { action: 'Microsoft.Network/networkSecurityGroups/join/action', scope: NSG }]);
  });

  test('is, for a deletion, nothing on what was named', () => {
    const certificate = { action: 'Microsoft.KeyVault/vaults/certificates/create/action', scope: ID.group };
    const created = [...own, { action: JOIN_SUBNET, scope: ID.subnet }, certificate];
    expect(deletionOf(created)).toEqual([
      { action: 'Microsoft.Network/virtualNetworks/subnets/delete', scope: ID.subnet },
      { action: 'Microsoft.KeyVault/vaults/certificates/delete', scope: ID.group },
    ]);
  });
});
