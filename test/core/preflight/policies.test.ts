import { describe, expect, test } from 'vitest';
import type { AzureQuestion } from '../../../src/core/ports';
import type { JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { change } from '../support/changes';
import { ID } from '../support/ids';
import { ASSIGNMENTS, clearWorld, creation, creationOf, deletionOf, look, only, said } from '../support/preflights';
import { unreadable } from '../support/reading';
import { account, virtualNetwork } from '../support/resources';

const assignment = `${ID.group}/providers/Microsoft.Authorization/policyAssignments/fence`;
const definition = '/providers/Microsoft.Authorization/policyDefinitions/closed';
const governed = (properties: JsonObject = {}) =>
  clearWorld(account(), virtualNetwork(), { id: ASSIGNMENTS, value: [{ id: assignment, properties }] });
const isAboutPolicy = ({ path }: AzureQuestion) => path.endsWith('/checkPolicyRestrictions');
const contentOf = ({ body }: AzureQuestion) => readPath(body, 'resourceDetails.resourceContent') as JsonObject;

/** An assignment that wants public access disabled. */
function closedOnly(effect = 'Deny') {
  return (question: AzureQuestion) => {
    const isClosed = readPath(contentOf(question), 'properties.publicNetworkAccess') === 'Disabled';
    const violation = {
      policyInfo: { policyAssignmentId: assignment, policyDefinitionId: definition },
      evaluationResult: 'NonCompliant',
      evaluationDetails: { reason: 'public' },
      effectDetails: { policyEffect: effect },
    };
    const policyEvaluations = isClosed ? [] : [violation];
    return { state: 'answered', body: { contentEvaluationResult: { policyEvaluations } } } as const;
  };
}

describe('a policy that would deny', () => {
  const named = change({ id: 'tags', body: { tags: { a: 'b' } } });
  const closing = change({ id: 'close' });

  test('blocks, with its assignment, its definition and the changes that it denies', async () => {
    const { report } = await look([named], { world: governed(), prepare: (azure) => (azure.answer = closedOnly()) });
    expect(only(report)).toMatchObject({
      kind: 'policy',
      verdict: 'blocks',
      resource: assignment,
      detail: `${definition}\npublic`,
      changes: ['tags'],
    });
    expect(said(report)[0]).toContain('“fence” would deny the changes to contoso-openai');
  });

  test('judges each change on top of those before it', async () => {
    const prepare = { world: governed(), prepare: (azure: { answer: unknown }) => void (azure.answer = closedOnly()) };
    expect((await look([closing, named], prepare)).report.findings).toEqual([]);
    expect(only((await look([named, closing], prepare)).report).changes).toEqual(['tags']);
  });

  test('is asked about the whole resource: what is there, and what the change makes of it', async () => {
    const { azure } = await look([closing], { world: governed() });
    const [question] = azure.questions.filter(isAboutPolicy);
    expect(question).toMatchObject({
      path: expect.stringContaining(`${ID.group}/providers/`),
      apiVersion: '2023-03-01',
    });
    expect(question && contentOf(question)).toMatchObject({
      type: 'Microsoft.CognitiveServices/accounts',
      name: 'contoso-openai',
      location: 'eastus',
      properties: { customSubDomainName: 'contoso-openai', publicNetworkAccess: 'Disabled' },
    });
  });

  test('is asked with the parent of a child, and at the subscription where the plan makes the group', async () => {
    const subnet = creationOf(`${ID.network}/subnets/new`, { properties: {} });
    const { azure } = await look([creationOf(ID.group), subnet], { world: governed() });
    const [group, question] = azure.questions.filter(isAboutPolicy);
    expect(group && contentOf(group)['type']).toBe('Microsoft.Resources/subscriptions/resourceGroups');
    expect(question?.path).toBe(`${ID.subscription}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`);
    expect(question?.body).toMatchObject({ resourceDetails: { scope: ID.network, resourceContent: { name: 'new' } } });
  });

  test.each(['Audit', 'AuditIfNotExists', 'Modify'])('%s does not', async (effect) => {
    const prepare = (azure: { answer: unknown }) => void (azure.answer = closedOnly(effect));
    expect((await look([named], { world: governed(), prepare })).report.findings).toEqual([]);
  });

  test('does not count where the plan takes its assignment off first', async () => {
    const { report } = await look([deletionOf(assignment), named], {
      world: governed(),
      prepare: (azure) => (azure.answer = closedOnly()),
    });
    expect(report.findings).toEqual([]);
  });
});

describe('policies', () => {
  test.each([
    ['nothing is assigned', clearWorld(account())],
    ['nothing is enforced', governed({ enforcementMode: 'DoNotEnforce' })],
  ])('are not asked where %s', async (_, world) => {
    expect((await look([change()], { world })).azure.questions.filter(isAboutPolicy)).toEqual([]);
  });

  test('are not asked about what hangs on a resource, about actions, and about what goes', async () => {
    const hanging = creationOf(`${ID.account}/providers/Microsoft.Authorization/locks/x`, {});
    const action = change({ id: 'approve', action: 'action', operation: 'approve' });
    const { azure } = await look([hanging, action, deletionOf(ID.network)], { world: governed() });
    expect(azure.questions.filter(isAboutPolicy)).toEqual([]);
  });

  test('are unknown once, where they may not be asked', async () => {
    const changes = [change(), creation('Microsoft.Search/searchServices', 'new')];
    const { report } = await look(changes, {
      world: governed(),
      prepare: (azure) => {
        const { answer } = azure;
        azure.answer = (question) => (isAboutPolicy(question) ? unreadable() : answer(question));
      },
    });
    expect(only(report)).toMatchObject({ kind: 'policy', verdict: 'unknown', changes: changes.map(({ id }) => id) });
  });

  test('are asked where it cannot be read whether there are any', async () => {
    const { azure } = await look([change()], {
      world: governed(),
      prepare: ({ denied }) => denied.add(ASSIGNMENTS.toLowerCase()),
    });
    expect(azure.questions.filter(isAboutPolicy)).toHaveLength(1);
  });
});
