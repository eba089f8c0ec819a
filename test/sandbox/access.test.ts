import { describe, expect, it } from 'vitest';
import { AI_GROUP, NETWORK, NETWORK_GROUP, OPENAI } from '../../src/sandbox/worlds/exposed';
import { endpointId, groupId, subnetId, zoneId } from '../../src/sandbox/worlds/builders';
import { PRINCIPAL_ID } from '../../src/sandbox/azure';
import { at, withSandbox, type SandboxClient } from './client';

const account = `${OPENAI}?api-version=2025-06-01`;
const deny = (client: SandboxClient, action: string, scope: string) =>
  client.post('/.sandbox/denials', { action, scope });
const graphTypes = async (client: SandboxClient) => {
  const query = 'resources | project type | order by type asc';
  const { body } = await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', { query });
  return (at(body, 'data') as { type: string }[]).map(({ type }) => type);
};

describe('a denied action', () => {
  it('answers 403 with the action, the scope and the principal', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await deny(client, 'Microsoft.CognitiveServices/accounts/write', groupId(AI_GROUP));
      const refused = await client.patch(account, { tags: {} });
      expect([refused.status, refused.headers['x-ms-failure-cause'], at(refused.body, 'error', 'code')]).toEqual([
        403,
        'gateway',
        'AuthorizationFailed',
      ]);
      expect(at(refused.body, 'error', 'message')).toBe(
        `The client '${PRINCIPAL_ID}' with object id '${PRINCIPAL_ID}' does not have authorization to perform action 'Microsoft.CognitiveServices/accounts/write' over scope '${OPENAI}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      );
      expect((await client.get(account)).status).toBe(200);
    }));

  it('is denied at its scope only', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await deny(client, 'Microsoft.CognitiveServices/accounts/read', groupId(NETWORK_GROUP));
      expect((await client.get(account)).status).toBe(200);
    }));

  it('is refused before anybody says whether the resource exists', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await deny(client, '*/read', groupId(AI_GROUP));
      expect((await client.get(account.replace('contoso-openai', 'nobody'))).status).toBe(403);
    }));

  it('hides what cannot be read from lists and from Resource Graph', () =>
    withSandbox({ world: 'hardened' }, async (client, { subscriptionId }) => {
      expect(await graphTypes(client)).toContain('microsoft.network/privatednszones');
      await deny(client, 'Microsoft.Network/privateDnsZones/*', `/subscriptions/${subscriptionId}`);
      const types = await graphTypes(client);
      expect(types.filter((type) => type.startsWith('microsoft.network/privatednszones'))).toEqual([]);
      expect(types).toContain('microsoft.network/privateendpoints');
    }));

  it('shows in the permissions of that scope', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      const permissions = async (scope: string) =>
        at(
          (await client.get(`${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`)).body,
          'value',
        );
      await deny(client, 'Microsoft.Network/*/write', groupId(NETWORK_GROUP));
      expect(await permissions(groupId(AI_GROUP))).toMatchObject([
        { actions: ['*'], notActions: [], notDataActions: [] },
      ]);
      const notActions = ['Microsoft.Network/*/write'];
      expect(await permissions(NETWORK)).toMatchObject([{ actions: ['*'], notActions, notDataActions: notActions }]);
    }));

  it('is allowed again when the denials are lifted', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await deny(client, '*', '/subscriptions');
      expect((await client.get(account)).status).toBe(403);
      await client.delete('/.sandbox/denials');
      expect((await client.get(account)).status).toBe(200);
    }));
});

describe('an action on something else that a write needs', () => {
  const body = {
    location: 'japaneast',
    properties: {
      subnet: { id: subnetId(NETWORK, 'snet-clients') },
      privateLinkServiceConnections: [
        { name: 'c', properties: { privateLinkServiceId: OPENAI, groupIds: ['account'] } },
      ],
    },
  };
  const create = (client: SandboxClient) =>
    client.put(`${endpointId(NETWORK_GROUP, 'pe')}?api-version=2025-03-01`, body);

  it.each([
    ['joining the subnet', 'Microsoft.Network/virtualNetworks/subnets/join/action'],
    ['approving the connection', 'Microsoft.CognitiveServices/accounts/privateEndpointConnectionsApproval/action'],
  ])('is checked: %s', (_, action) =>
    withSandbox({ world: 'exposed' }, async (client, { subscriptionId }) => {
      await deny(client, action, `/subscriptions/${subscriptionId}`);
      const refused = await create(client);
      expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([403, 'LinkedAuthorizationFailed']);
      expect(at(refused.body, 'error', 'message')).toContain(action);
    }),
  );

  it('is checked: joining a zone to a zone group', () =>
    withSandbox({ world: 'hardened' }, async (client, { subscriptionId }) => {
      await deny(client, 'Microsoft.Network/privateDnsZones/join/action', `/subscriptions/${subscriptionId}`);
      const zone = zoneId(NETWORK_GROUP, 'privatelink.openai.azure.com');
      const group = `${endpointId(NETWORK_GROUP, 'pe-contoso-openai')}/privateDnsZoneGroups/default?api-version=2025-03-01`;
      const refused = await client.put(group, {
        properties: { privateDnsZoneConfigs: [{ name: 'z', properties: { privateDnsZoneId: zone } }] },
      });
      expect(at(refused.body, 'error', 'code')).toBe('LinkedAuthorizationFailed');
    }));
});

describe('a user-assigned identity', () => {
  const identity = `${groupId(AI_GROUP)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
  const body = { identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } } };

  it('is handed out by who may assign it only', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await deny(client, 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', groupId(AI_GROUP));
      const refused = await client.patch(account, body);
      expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([403, 'LinkedAuthorizationFailed']);
      const takenAway = { identity: { type: 'None', userAssignedIdentities: { [identity]: null } } };
      expect((await client.patch(account, takenAway)).status).toBe(202);
    }));
});

describe('a network security group', () => {
  it('is put on a subnet by who may join it only', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      const version = '?api-version=2025-03-01';
      const group = `${groupId(NETWORK_GROUP)}/providers/Microsoft.Network/networkSecurityGroups/nsg`;
      await client.follow(await client.put(`${group}${version}`, { location: 'japaneast' }));
      await deny(client, 'Microsoft.Network/networkSecurityGroups/join/action', group);
      const subnet = `${subnetId(NETWORK, 'snet-new')}${version}`;
      const properties = { addressPrefix: '10.3.9.0/24', networkSecurityGroup: { id: group } };
      const refused = await client.put(subnet, { properties });
      expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([403, 'LinkedAuthorizationFailed']);
      expect((await client.put(subnet, { properties: { addressPrefix: '10.3.9.0/24' } })).status).toBe(201);
    }));
});

describe('a principal that may do some things only', () => {
  const READ = { action: '*/read', scope: groupId(AI_GROUP) };
  const only = (client: SandboxClient, allowed: readonly { action: string; scope: string }[]) =>
    client.post('/.sandbox/permissions', { allowed });

  it('is refused everything else, and everywhere else', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await only(client, [READ]);
      expect((await client.get(account)).status).toBe(200);
      expect((await client.patch(account, { tags: {} })).status).toBe(403);
      expect((await client.get(`${NETWORK}?api-version=2025-03-01`)).status).toBe(403);
      await only(client, [READ, { action: 'Microsoft.CognitiveServices/accounts/write', scope: OPENAI }]);
      expect((await client.patch(account, { tags: {} })).status).toBe(202);
    }));

  it('is told so in the permissions of a scope', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await only(client, [READ]);
      await deny(client, '*/locks/read', OPENAI);
      const url = `${OPENAI}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
      expect(at((await client.get(url)).body, 'value')).toMatchObject([
        { actions: ['*/read'], notActions: ['*/locks/read'] },
      ]);
    }));

  it('may do everything again when that is lifted', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await only(client, []);
      expect((await client.get(account)).status).toBe(403);
      await client.delete('/.sandbox/permissions');
      expect((await client.patch(account, { tags: {} })).status).toBe(202);
    }));
});

describe('the control interface', () => {
  it.each([
    ['/.sandbox/denials', { action: '', scope: '/' }],
    ['/.sandbox/denials', { action: 'a', scope: 'nowhere' }],
    ['/.sandbox/permissions', { allowed: [{ action: 'a', scope: 'nowhere' }] }],
    ['/.sandbox/permissions', {}],
    ['/.sandbox/positions', { kind: 'moon' }],
    ['/.sandbox/positions', { kind: 'internet', more: true }],
  ])('refuses %s with %j', (url, body) =>
    withSandbox({ world: 'empty' }, async (client) => {
      expect((await client.post(url, body)).status).toBe(400);
    }),
  );

  it('says 404 for a network that is not there, and for what it does not have', () =>
    withSandbox({ world: 'empty' }, async (client) => {
      expect(
        (await client.post('/.sandbox/positions', { kind: 'virtualNetwork', virtualNetwork: NETWORK })).status,
      ).toBe(404);
      expect((await client.get('/.sandbox/nothing')).status).toBe(404);
    }));

  it('wants the token like everything else', () =>
    withSandbox({ world: 'empty' }, async (_, { endpoint }) => {
      expect((await fetch(`${endpoint}/.sandbox/state`)).status).toBe(401);
    }));

  it('tells world and ids, and the speed where it is a number', async () => {
    const describe = (speed?: number) =>
      withSandbox(
        { world: 'empty', ...(speed ? { speed } : {}) },
        async (client) => (await client.get('/.sandbox')).body,
      );
    expect(await describe(60)).toMatchObject({ world: 'empty', speed: 60 });
    expect(await describe()).not.toHaveProperty('speed');
  });
});
