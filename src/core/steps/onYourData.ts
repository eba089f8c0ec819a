import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import { text } from '../text';
import { holds, type Assertion } from './matcher';
import { defineStep, type Expectation, type StepContext, type Step } from './step';

/** What the feature itself needs besides a safe network: models to answer with, and indexes that know who may see what. */

const openAiDeployments = defineStep({
  id: 'aoai-model-deployments',
  title: text('Models to answer and to embed'),
  why: text(
    'Ingestion embeds your documents with one model, and inference answers with another. An account without deployments answers nothing.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['on-your-data', 'api-gateway'],
  after: ['aoai-account'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Architecture d’ingestion des données' },
    { seed: 'on-your-data.zh-tw', section: '數據擷取架構' },
    { seed: 'on-your-data.fr', section: 'Architecture d’inférence' },
    { seed: 'on-your-data.zh-tw', section: '推斷架構' },
  ],
  severity: 'low',
  notApplicable: ({ setup }) =>
    setup.options.proofs.length === 0 ? text('This setup makes no calls to prove the result.') : undefined,
  expects: (context, target) => {
    const list = childId(target, 'deployments');
    const present = asObjects(context.read(list)?.['value']);
    return modelsFor(context).map(({ suits, name, model, what }): Expectation => {
      const found = present.find((deployment) => suits(modelOf(deployment)));
      if (found === undefined) {
        const body = { sku: { name: 'Standard', capacity: 10 }, properties: { model } };
        return { resource: childId(target, 'deployments', name), assertions: [], create: body };
      }
      const isSuch: Assertion = { at: 'properties.model.name', must: { kind: 'equals', value: modelOf(found) } };
      return {
        resource: list,
        assertions: [{ at: 'value', must: { kind: 'someItem', where: [isSuch], what } }],
        observed: true,
      };
    });
  },
  permissions: ['Microsoft.CognitiveServices/accounts/deployments/write'],
  risk: { kind: 'cost', note: text('Calls to a model are billed by use.') },
  typicalSeconds: 10,
});

const MODELS = [
  {
    name: 'gpt-4o',
    model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' },
    suits: (model: string) => /^gpt-/.test(model),
    what: text('a model that answers'),
  },
  {
    name: 'text-embedding-3-small',
    model: { format: 'OpenAI', name: 'text-embedding-3-small', version: '1' },
    suits: (model: string) => model.includes('embedding'),
    what: text('a model that embeds'),
  },
] as const;

/** Only ingestion embeds. */
function modelsFor({ setup }: StepContext) {
  return setup.scenarios.includes('on-your-data') ? MODELS : MODELS.slice(0, 1);
}

function modelOf(deployment: JsonObject): string {
  return asString(readPath(deployment, 'properties.model.name'))?.toLowerCase() ?? '';
}

/** Names of the deployments that the proofs use; undefined where there is none. */
export function deploymentsIn(list: readonly JsonObject[]): { readonly chat?: string; readonly embedding?: string } {
  const nameOf = (suits: (model: string) => boolean): string | undefined =>
    asString(list.find((deployment) => suits(modelOf(deployment)))?.['name']);
  const [chat, embedding] = MODELS.map(({ suits }) => nameOf(suits));
  return { ...(chat !== undefined && { chat }), ...(embedding !== undefined && { embedding }) };
}

const documentAccess = defineStep({
  id: 'search-document-acl',
  title: text('Documents only for those who may see them'),
  why: text(
    'Each document names the groups that may see it, and every question carries the groups of who asks. Without the field, everybody gets answers from everything.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-rbac-auth'],
  preferAfter: ['rbac-dev-search', 'rbac-dev-search-data'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Contrôle d’accès au niveau du document' },
    { seed: 'on-your-data.zh-tw', section: '檔層級訪問控制' },
    { seed: 'ai-search-security.fr', section: 'Restriction de l’accès aux documents' },
  ],
  severity: 'medium',
  notApplicable: ({ setup }) =>
    setup.options.documentAccess === undefined
      ? text('No index is named in this setup whose documents are only for some.')
      : undefined,
  expects: (context, target) => {
    const { documentAccess: access } = context.setup.options;
    if (access === undefined) return [];
    const index = childId(target, 'indexes', access.index);
    const field = groupsField(context, index, access.field);
    const expectation: Expectation = {
      resource: index,
      assertions: [field],
      undoUpdate: { kind: 'none', reason: text('Azure AI Search cannot take a field out of an index.') },
    };
    const present = context.read(index);
    // Without the field no document has groups, and there is nothing to count them by.
    if (present === undefined || !holds(present, field)) return [expectation];
    const counts = childId(index, 'documentsWithout', access.field);
    const none: Assertion = { at: 'count', must: { kind: 'equals', value: 0 } };
    return [expectation, { resource: counts, assertions: [none], observed: true }];
  },
  permissions: ['Microsoft.Search/searchServices/indexes/write'],
  risk: {
    kind: 'none',
    note: text(
      'Documents get no groups by this: fill them in when you index, and send the filter with every question.',
    ),
  },
  typicalSeconds: 5,
});

/** A field can be added to an index; one that is there of another kind means to build the index anew. */
function groupsField(context: StepContext, index: string, name: string): Assertion {
  const exists = asObjects(context.read(index)?.['fields']).some((field) => asString(field['name']) === name);
  const add = { name, type: 'Collection(Edm.String)', filterable: true, retrievable: false };
  return {
    at: 'fields',
    must: {
      kind: 'someItem',
      where: [
        { at: 'name', must: { kind: 'equals', value: name } },
        { at: 'type', must: { kind: 'equals', value: 'Collection(Edm.String)' } },
        { at: 'filterable', must: { kind: 'equals', value: true } },
      ],
      what: text('{0}, of type {1}, filterable', name, 'Collection(Edm.String)'),
      ...(!exists && { add }),
    },
  };
}

export const ON_YOUR_DATA_STEPS: readonly Step[] = [openAiDeployments, documentAccess];
