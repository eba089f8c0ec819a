import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import {
  groupId,
  REGISTERED,
  resourceGroup,
  searchService,
  storageAccount,
  virtualNetwork,
} from '../../src/sandbox/worlds/builders';
import { AI_GROUP, NETWORK, NETWORK_GROUP, SEARCH, STORAGE } from '../../src/sandbox/worlds/exposed';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type SandboxClient } from './client';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const SEARCH_CLOSED = 'ee980b6d-0eca-4501-8d54-f6290fd512c3';
const STORAGE_TLS = 'fe83a0eb-a853-422d-aac2-1bffd182c5d0';
const SUBNET_GUARDED = 'e71308d3-144b-4262-b144-efdc3cc90517';

const assigned = (id: string, effect: string, changes: JsonObject = {}): SeedStep => ({
  kind: 'put',
  id: `${SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/${id}`,
  body: {
    properties: {
      policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${id}`,
      parameters: { effect: { value: effect } },
      ...changes,
    },
  },
});
const inEstate = (steps: readonly SeedStep[], use: (client: SandboxClient) => Promise<void>) =>
  withSandbox(
    {
      world: {
        name: 'test',
        registered: REGISTERED,
        steps: [
          resourceGroup(AI_GROUP, 'eastus'),
          resourceGroup(NETWORK_GROUP, 'eastus'),
          searchService(SEARCH),
          storageAccount(STORAGE),
          virtualNetwork(NETWORK, 'eastus', '10.3.0.0/16', {}),
          ...steps,
        ],
      },
    },
    use,
  );
const ask = async (client: SandboxClient, scope: string, resourceDetails: JsonObject, more: JsonObject = {}) => {
  const url = `${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01`;
  const { status, body } = await client.post(url, { resourceDetails, ...more });
  const evaluations = at(body, 'contentEvaluationResult', 'policyEvaluations') as JsonObject[] | undefined;
  return { status, body, effects: (evaluations ?? []).map((each) => at(each, 'effectDetails', 'policyEffect')) };
};
const service = (publicNetworkAccess: string, name = 'new-search'): JsonObject => ({
  resourceContent: {
    type: 'Microsoft.Search/searchServices',
    name,
    location: 'eastus',
    sku: { name: 'basic' },
    properties: { publicNetworkAccess },
  },
  apiVersion: '2025-05-01',
});

describe('what policies would say', () => {
  it('is what they say to the write itself', () =>
    inEstate([assigned(STORAGE_TLS, 'Deny'), assigned(SEARCH_CLOSED, 'Deny')], async (client) => {
      for (const minimumTlsVersion of ['TLS1_0', 'TLS1_2']) {
        const body = {
          location: 'eastus',
          kind: 'StorageV2',
          sku: { name: 'Standard_LRS' },
          properties: { minimumTlsVersion },
        };
        const content = { ...body, type: 'Microsoft.Storage/storageAccounts', name: 'contosodocs' };
        const { effects } = await ask(client, groupId(AI_GROUP), { resourceContent: content });
        const written = await client.put(`${STORAGE}?api-version=2023-05-01`, body);
        expect([minimumTlsVersion, effects.length > 0]).toEqual([minimumTlsVersion, written.status === 403]);
      }
    }));

  it('names assignment, definition and effect, and writes nothing', () =>
    inEstate([assigned(SEARCH_CLOSED, 'Deny')], async (client) => {
      const { status, body } = await ask(client, groupId(AI_GROUP), service('enabled'));
      expect(status).toBe(200);
      expect(body).toEqual({
        fieldRestrictions: [],
        contentEvaluationResult: {
          policyEvaluations: [
            {
              policyInfo: {
                policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${SEARCH_CLOSED}`,
                policyAssignmentId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/${SEARCH_CLOSED}`,
              },
              evaluationResult: 'NonCompliant',
              evaluationDetails: { evaluatedExpressions: [] },
              effectDetails: { policyEffect: 'Deny' },
            },
          ],
        },
      });
      const made = `${groupId(AI_GROUP)}/providers/Microsoft.Search/searchServices/new-search?api-version=2025-05-01`;
      expect((await client.get(made)).status).toBe(404);
    }));

  it('is about resources that comply nothing, and of audits only what is asked for', () =>
    inEstate([assigned(SEARCH_CLOSED, 'Audit')], async (client) => {
      const scope = groupId(AI_GROUP);
      expect((await ask(client, scope, service('disabled'))).effects).toEqual([]);
      expect((await ask(client, scope, service('enabled'))).effects).toEqual([]);
      expect((await ask(client, scope, service('enabled'), { includeAuditEffect: true })).effects).toEqual(['Audit']);
    }));

  it('is nothing where the assignment is not enforced, or leaves the group out', () =>
    inEstate(
      [
        assigned(SEARCH_CLOSED, 'Deny', { enforcementMode: 'DoNotEnforce' }),
        assigned(STORAGE_TLS, 'Deny', { notScopes: [groupId(AI_GROUP)] }),
      ],
      async (client) => {
        expect((await ask(client, groupId(AI_GROUP), service('enabled'))).effects).toEqual([]);
        const account = { type: 'Microsoft.Storage/storageAccounts', name: 'a', properties: {} };
        expect((await ask(client, groupId(AI_GROUP), { resourceContent: account })).effects).toEqual([]);
        expect((await ask(client, groupId(NETWORK_GROUP), { resourceContent: account })).effects).toEqual(['Deny']);
      },
    ));

  it('can be asked at the subscription, and about a child of a resource', () =>
    inEstate([assigned(SEARCH_CLOSED, 'Deny'), assigned(SUBNET_GUARDED, 'AuditIfNotExists')], async (client) => {
      expect((await ask(client, SUBSCRIPTION, service('enabled'))).effects).toEqual(['Deny']);
      const subnet = { type: 'Microsoft.Network/virtualNetworks/subnets', name: 'snet', properties: {} };
      const details = { resourceContent: subnet, scope: NETWORK };
      const { effects } = await ask(client, groupId(NETWORK_GROUP), details, { includeAuditEffect: true });
      expect(effects).toEqual(['AuditIfNotExists']);
    }));

  it.each([
    ['without a resource', {}, {}, 400],
    ['about single fields', service('enabled'), { pendingFields: [{ field: 'tags' }] }, 400],
    ['about a resource elsewhere', { ...service('enabled'), scope: NETWORK }, {}, 400],
  ])('is refused %s', (_, details, more, status) =>
    inEstate([], async (client) => {
      expect((await ask(client, groupId(AI_GROUP), details, more)).status).toBe(status);
    }),
  );

  it('is told to who may read it only', () =>
    inEstate([], async (client) => {
      const action = 'Microsoft.PolicyInsights/checkPolicyRestrictions/read';
      await client.post('/.sandbox/denials', { action, scope: groupId(AI_GROUP) });
      expect((await ask(client, groupId(AI_GROUP), service('enabled'))).status).toBe(403);
    }));
});
