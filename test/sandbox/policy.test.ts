import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import {
  groupId,
  resourceGroup,
  REGISTERED,
  searchService,
  storageAccount,
  workspace,
} from '../../src/sandbox/worlds/builders';
import { AI_GROUP, NETWORK_GROUP, SEARCH, STORAGE, WORKSPACE } from '../../src/sandbox/worlds/exposed';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const VERSION = 'api-version=2025-03-01';
const definition = (id: string) => `/providers/Microsoft.Authorization/policyDefinitions/${id}`;
const SEARCH_CLOSED = 'ee980b6d-0eca-4501-8d54-f6290fd512c3';
const SEARCH_LOGS = 'b4330a05-a843-4bc8-bf9a-cacce50c67f4';
const STORAGE_CLOSED = 'b2982f36-99f2-4db5-8eff-283140c09693';
const STORAGE_TLS = 'fe83a0eb-a853-422d-aac2-1bffd182c5d0';
const CLOSE_SEARCH = '9cee519f-d9c1-4fd9-9f79-24ec3449ed30';

const estate: readonly SeedStep[] = [
  resourceGroup(AI_GROUP, 'eastus'),
  resourceGroup(NETWORK_GROUP, 'eastus'),
  searchService(SEARCH),
  storageAccount(STORAGE),
  workspace(WORKSPACE),
];
const inEstate = (use: (client: SandboxClient) => Promise<void>, steps: readonly SeedStep[] = []) =>
  withSandbox(
    { world: { name: 'test', registered: [...REGISTERED, 'Microsoft.PolicyInsights'], steps: [...estate, ...steps] } },
    use,
  );
const assignmentId = (scope: string, name = 'fence') =>
  `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`;
const assigned = (scope: string, id: string, effect: string, changes: JsonObject = {}): SeedStep => ({
  kind: 'put',
  id: assignmentId(scope),
  body: { properties: { policyDefinitionId: definition(id), parameters: { effect: { value: effect } }, ...changes } },
});
const statesAt = async (client: SandboxClient, scope: string, filter = '') => {
  const path = `${scope}/providers/Microsoft.PolicyInsights/policyStates/latest/queryResults`;
  const query = filter === '' ? '' : `&$filter=${encodeURIComponent(filter)}`;
  const answer = await client.post(`${path}?api-version=2019-10-01${query}`);
  return (at(answer.body, 'value') as JsonObject[]).map(({ resourceId, complianceState }) => [
    String(resourceId).split('/').at(-1),
    complianceState,
  ]);
};
const errorOf = ({ status, body }: Received) => [status, at(body, 'error', 'code')];
const search = `${SEARCH}?api-version=2025-05-01`;
const close = { properties: { publicNetworkAccess: 'disabled' } };

describe('a policy assignment with the effect Audit', () => {
  it('tells which resources at its scope comply, and changes with them', () =>
    inEstate(
      async (client) => {
        expect(await statesAt(client, SUBSCRIPTION)).toEqual([['contoso-search', 'NonCompliant']]);
        expect((await client.patch(search, close)).status).toBe(200);
        expect(await statesAt(client, groupId(AI_GROUP))).toEqual([['contoso-search', 'Compliant']]);
        expect(await statesAt(client, groupId(NETWORK_GROUP))).toEqual([]);
        expect(await statesAt(client, SUBSCRIPTION, `policyDefinitionName eq '${STORAGE_CLOSED}'`)).toEqual([]);
      },
      [assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Audit')],
    ));

  it('is known to Resource Graph, with the query of the documents', () =>
    inEstate(
      async (client) => {
        const found = await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
          query: `policyresources
            | where type =~ 'microsoft.policyinsights/policystates'
            | extend def = tolower(tostring(properties.policyDefinitionName)), resourceId = tolower(tostring(properties.resourceId)),
                complianceState = tostring(properties.complianceState), assignment = tostring(properties.policyAssignmentName)
            | where def in ('${STORAGE_CLOSED}')
            | project resourceId, def, assignment, complianceState
            | order by resourceId asc`,
        });
        expect(at(found.body, 'data')).toEqual([
          {
            resourceId: STORAGE.toLowerCase(),
            def: STORAGE_CLOSED,
            assignment: 'fence',
            complianceState: 'NonCompliant',
          },
        ]);
      },
      [assigned(groupId(AI_GROUP), STORAGE_CLOSED, 'Audit')],
    ));

  it('says nothing before it is in force, which takes minutes', () =>
    inEstate(async (client) => {
      const step = assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Audit') as { id: string; body: JsonObject };
      expect((await client.put(`${step.id}?${VERSION}`, step.body)).status).toBe(201);
      let asked = 0;
      while ((await statesAt(client, SUBSCRIPTION)).length === 0 && asked < 20) asked += 1;
      expect(asked).toBe(5);
    }));

  it('leaves out the scopes that it is told to leave out', () =>
    inEstate(
      async (client) => {
        expect(await statesAt(client, SUBSCRIPTION)).toEqual([]);
      },
      [assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Audit', { notScopes: [groupId(AI_GROUP)] })],
    ));

  it('sees diagnostic settings, where its definition is about them', () =>
    inEstate(
      async (client) => {
        expect(await statesAt(client, SEARCH)).toEqual([['contoso-search', 'NonCompliant']]);
        await client.put(
          `${SEARCH}/providers/Microsoft.Insights/diagnosticSettings/logs?api-version=2021-05-01-preview`,
          { properties: { workspaceId: WORKSPACE, logs: [{ categoryGroup: 'allLogs', enabled: true }] } },
        );
        expect(await statesAt(client, SEARCH)).toEqual([['contoso-search', 'Compliant']]);
      },
      [assigned(SUBSCRIPTION, SEARCH_LOGS, 'AuditIfNotExists')],
    ));
});

describe('a policy assignment with the effect Deny', () => {
  it('refuses a write that would break it, and names what refuses', () =>
    inEstate(
      async (client) => {
        const refused = await client.patch(search, { properties: { publicNetworkAccess: 'enabled' } });
        expect(errorOf(refused)).toEqual([403, 'RequestDisallowedByPolicy']);
        expect(at(refused.body, 'error', 'additionalInfo', 0)).toMatchObject({
          type: 'PolicyViolation',
          info: {
            policyDefinitionName: SEARCH_CLOSED,
            policyDefinitionDisplayName: 'Azure AI Search services should disable public network access',
            policyAssignmentId: assignmentId(SUBSCRIPTION),
            policyDefinitionEffect: 'deny',
          },
        });
        expect((await client.patch(search, close)).status).toBe(200);
      },
      [assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Deny')],
    ));

  it('judges a PUT by what it sends, and a PATCH by what would become of the resource', () =>
    inEstate(
      async (client) => {
        const account = `${STORAGE}?api-version=2023-05-01`;
        expect((await client.patch(account, { tags: { kept: 'yes' } })).status).toBe(200);
        const bare = { location: 'eastus', kind: 'StorageV2', sku: { name: 'Standard_LRS' }, properties: {} };
        expect(errorOf(await client.put(account, bare))).toEqual([403, 'RequestDisallowedByPolicy']);
        const told = { ...bare, properties: { minimumTlsVersion: 'TLS1_2' } };
        expect((await client.put(account, told)).status).toBe(200);
      },
      [assigned(SUBSCRIPTION, STORAGE_TLS, 'Deny')],
    ));

  it('only tells where it is not enforced', () =>
    inEstate(
      async (client) => {
        expect((await client.patch(search, { tags: { kept: 'yes' } })).status).toBe(200);
        expect(await statesAt(client, SUBSCRIPTION)).toEqual([['contoso-search', 'NonCompliant']]);
      },
      [assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Deny', { enforcementMode: 'DoNotEnforce' })],
    ));
});

describe('an initiative', () => {
  const id = `${SUBSCRIPTION}/providers/Microsoft.Authorization/policySetDefinitions/ringfence`;
  const body = (changes: JsonObject = {}): JsonObject => ({
    properties: {
      displayName: 'Ringfence',
      parameters: { effect: { type: 'String', defaultValue: 'Audit', allowedValues: ['Audit', 'Deny', 'Disabled'] } },
      policyDefinitions: [SEARCH_CLOSED, STORAGE_CLOSED].map((each) => ({
        policyDefinitionId: definition(each),
        parameters: { effect: { value: "[parameters('effect')]" } },
      })),
      ...changes,
    },
  });
  const initiative: SeedStep = { kind: 'put', id, body: body() };
  const assignedSet = (effect?: string): SeedStep => ({
    kind: 'put',
    id: assignmentId(SUBSCRIPTION),
    body: {
      properties: {
        policyDefinitionId: id,
        parameters: effect === undefined ? {} : { effect: { value: effect } },
      },
    },
  });

  it('hands its parameters on to its definitions, or their defaults', () =>
    inEstate(
      async (client) => {
        expect(await statesAt(client, SUBSCRIPTION)).toEqual([
          ['contoso-search', 'NonCompliant'],
          ['contosodocs', 'NonCompliant'],
        ]);
        expect((await client.patch(search, { tags: { kept: 'yes' } })).status).toBe(200);
      },
      [initiative, assignedSet()],
    ));

  it('denies where its parameter says so, and tells which of its definitions does', () =>
    inEstate(
      async (client) => {
        const refused = await client.patch(search, { tags: { kept: 'yes' } });
        expect(errorOf(refused)).toEqual([403, 'RequestDisallowedByPolicy']);
        expect(at(refused.body, 'error', 'additionalInfo', 0, 'info', 'policySetDefinitionId')).toBe(id);
      },
      [initiative, assignedSet('Deny')],
    ));

  it('cannot be deleted while it is assigned', () =>
    inEstate(
      async (client) => {
        expect((await client.delete(`${id}?${VERSION}`)).status).toBe(400);
        expect((await client.delete(`${assignmentId(SUBSCRIPTION)}?${VERSION}`)).status).toBe(200);
        expect((await client.delete(`${id}?${VERSION}`)).status).toBe(200);
        expect((await client.delete(`${id}?${VERSION}`)).status).toBe(204);
      },
      [initiative, assignedSet()],
    ));

  it.each([
    ['no definitions', { policyDefinitions: [] }, 400],
    ['a definition that there is not', { policyDefinitions: [{ policyDefinitionId: definition('nothing') }] }, 404],
    ['a reference to a parameter that it has not', { parameters: {} }, 400],
    [
      'an effect that a definition does not have',
      {
        policyDefinitions: [{ policyDefinitionId: definition(SEARCH_LOGS), parameters: { effect: { value: 'Deny' } } }],
      },
      400,
    ],
  ])('is refused with %s', (_, changes, status) =>
    inEstate(async (client) => {
      expect((await client.put(`${id}?${VERSION}`, body(changes))).status).toBe(status);
    }),
  );
});

describe('an assignment of a policy that changes resources', () => {
  const url = `${assignmentId(groupId(AI_GROUP))}?${VERSION}`;
  const body = { properties: { policyDefinitionId: definition(CLOSE_SEARCH) } };

  it('needs a location and an identity, which goes with it', () =>
    inEstate(async (client) => {
      expect(errorOf(await client.put(url, body))).toEqual([400, 'ResourceIdentityRequired']);
      const withIdentity = { ...body, identity: { type: 'SystemAssigned' } };
      expect(errorOf(await client.put(url, withIdentity))).toEqual([400, 'LocationRequired']);
      const made = await client.put(url, { ...withIdentity, location: 'eastus' });
      const principal = String(at(made.body, 'identity', 'principalId'));
      expect((await client.get(`/v1.0/directoryObjects/${principal}`)).status).toBe(200);
      await client.delete(url);
      expect((await client.get(`/v1.0/directoryObjects/${principal}`)).status).toBe(404);
    }));

  it('is listed where it applies', () =>
    inEstate(
      async (client) => {
        const names = async (scope: string, filter = '') => {
          const answer = await client.get(
            `${scope}/providers/Microsoft.Authorization/policyAssignments?${VERSION}${filter}`,
          );
          return (at(answer.body, 'value') as { name: string }[]).map(({ name }) => name);
        };
        expect(await names(SEARCH)).toEqual(['fence']);
        expect(await names(SUBSCRIPTION)).toEqual(['fence']);
        expect(await names(SUBSCRIPTION, '&$filter=atScope()')).toEqual([]);
        expect(await names(groupId(NETWORK_GROUP))).toEqual([]);
      },
      [assigned(groupId(AI_GROUP), SEARCH_CLOSED, 'Audit')],
    ));
});

describe('built-in definitions', () => {
  it('call the parameter of their effect as they please', () =>
    inEstate(async (client) => {
      const linked = definition('a6abeaec-4d90-4a02-805f-6b26c4d3fbe9');
      const assign = (name: string) =>
        client.put(`${assignmentId(SUBSCRIPTION)}?${VERSION}`, {
          properties: { policyDefinitionId: linked, parameters: { [name]: { value: 'Deny' } } },
        });
      expect(errorOf(await assign('effect'))).toEqual([400, 'UndefinedPolicyParameter']);
      expect((await assign('audit_effect')).status).toBe(201);
    }));

  it('can be read at the tenant and at the subscription, with the effects that they have', () =>
    inEstate(async (client) => {
      for (const scope of ['', SUBSCRIPTION]) {
        const found = await client.get(`${scope}${definition(SEARCH_CLOSED)}?${VERSION}`);
        expect(at(found.body, 'properties', 'parameters', 'effect', 'allowedValues')).toEqual([
          'Audit',
          'Deny',
          'Disabled',
        ]);
      }
      expect(errorOf(await client.get(`${definition('nothing')}?${VERSION}`))).toEqual([
        404,
        'PolicyDefinitionNotFound',
      ]);
    }));

  it('are evaluated on demand by an operation', () =>
    inEstate(async (client) => {
      const url = `${SUBSCRIPTION}/providers/Microsoft.PolicyInsights/policyStates/latest/triggerEvaluation`;
      const started = await client.post(`${url}?api-version=2019-10-01`);
      expect(started.status).toBe(202);
      expect((await client.follow(started)).at(-1)).toBe('200');
    }));
});
