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
      expect(await permissions(groupId(AI_GROUP))).toEqual([{ actions: ['*'], notActions: [] }]);
      expect(await permissions(NETWORK)).toEqual([{ actions: ['*'], notActions: ['Microsoft.Network/*/write'] }]);
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

describe('the control interface', () => {
  it.each([
    ['/.sandbox/denials', { action: '', scope: '/' }],
    ['/.sandbox/denials', { action: 'a', scope: 'nowhere' }],
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
