import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { writerFacts } from '../../../src/core/steps/searchResidency';
import { container, storageAccount } from '../support/dataResources';
import { dataWorld } from '../support/dataWorlds';
import { DATA, inGroup } from '../support/ids';
import { blockedOf, planOf } from '../support/planning';
import { english, findingOf, type Reading } from '../support/reading';
import { dataSetup } from '../support/setups';

const STEP = 'search-data-residency';
const setup = dataSetup({ scenarios: ['ai-search'] });
const OTHER = inGroup('rg-other', 'Microsoft.Storage/storageAccounts', 'otherdata');

const list = (kind: 'indexers' | 'skillsets', ...value: readonly JsonObject[]): WireResource => ({
  id: `${DATA.search}/${kind}`,
  value,
});
const writer = (account: string): JsonObject => ({ name: 'enrich', storage: { usesKey: false, account } });
const other = (location: string): WireResource => ({ ...storageAccount({ location }), id: OTHER });

function finding(resources: readonly WireResource[], reading: Omit<Reading, 'setup'> = {}) {
  return findingOf(STEP, dataWorld(...resources), { setup, ...reading });
}

describe('what Search writes', () => {
  test('is nothing where no indexer has a cache and no skillset a knowledge store', () => {
    expect(finding([list('indexers', { name: 'plain' }), list('skillsets', { name: 'plain' })]).status).toBe(
      'compliant',
    );
  });

  test.each(['indexers', 'skillsets'] as const)('stays in the region, as far as %s go, or does not', (kind) => {
    expect(finding([list(kind, writer(OTHER)), other('East US')]).status).toBe('compliant');
    const abroad = finding([list(kind, writer(OTHER)), other('westus3')]);
    expect(abroad.status).toBe('nonCompliant');
    expect(abroad.evidence.find(({ satisfied }) => !satisfied)).toMatchObject({
      resource: OTHER,
      property: 'location',
    });
  });

  test('is a finding where a key takes it there, wherever that is', () => {
    const keyed = list('skillsets', { name: 'enrich', storage: { usesKey: true } });
    expect(finding([keyed]).status).toBe('nonCompliant');
  });

  test.each<[string, readonly WireResource[], Omit<Reading, 'setup'>]>([
    ['the service does not show the account', [list('skillsets', { name: 'x', storage: { usesKey: false } })], {}],
    ['the indexers may not be read', [], { denied: [`${DATA.search}/indexers`] }],
    ['the account may not be read', [list('indexers', writer(OTHER)), other('eastus')], { denied: [OTHER] }],
  ])('is unknown where %s', (_, resources, reading) => {
    expect(finding(resources, reading).status).toBe('unknown');
  });

  test.each(['ms-az-search-indexercache-1a2b', 'ms-az-cognitive-search-debugsession'])(
    'shows in the storage account of the setup by the container %s',
    (name) => {
      const account = storageAccount({ location: 'westus3' });
      expect(finding([account, container(name)]).status).toBe('nonCompliant');
      expect(finding([account]).status).toBe('compliant');
    },
  );

  test('is said where the setup says that Search only reads', () => {
    const writes = [list('indexers', writer(DATA.storage))];
    const notes = (options = {}) =>
      (findingOf(STEP, dataWorld(...writes), { setup: dataSetup({ scenarios: ['ai-search'], options }) }).notes ?? [])
        .map(english)
        .join(' ');
    expect(notes()).toContain('only reads');
    expect(notes({ searchWritesToStorage: true })).not.toContain('only reads');
    expect(notes()).toContain('a year and a half');
  });

  test('is moved by a person: no plan does that', () => {
    const plan = planOf(dataWorld(list('indexers', writer(OTHER)), other('westus3')), { setup });
    expect(blockedOf(plan)).toHaveProperty(STEP);
  });
});

describe('of the definition of an indexer or a skillset', () => {
  const id = `/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg.x/providers/Microsoft.Storage/storageAccounts/data1`;
  const secret = 'c2VjcmV0c2VjcmV0';

  test.each<[string, JsonObject]>([
    [`ResourceId=${id};`, { usesKey: false, account: id }],
    [`ResourceId=${id}/;`, { usesKey: false, account: id }],
    [`DefaultEndpointsProtocol=https;AccountName=data1;AccountKey=${secret};`, { usesKey: true }],
    [`BlobEndpoint=https://data1.blob.core.windows.net;SharedAccessSignature=${secret}`, { usesKey: true }],
    ['<redacted>', { usesKey: false }],
    ['ResourceId=/subscriptions/../resourceGroups/x;', { usesKey: false }],
    ['ResourceId=/subscriptions/x/resourceGroups/../../providers/y;', { usesKey: false }],
  ])('only where it writes is kept: %s', (storageConnectionString, storage) => {
    const skills = [{ uri: `https://skill?code=${secret}`, httpHeaders: { 'x-key': secret } }];
    const facts = [
      writerFacts({ name: 'x', cache: { storageConnectionString } }),
      writerFacts({
        name: 'x',
        skills,
        cognitiveServices: { key: secret },
        knowledgeStore: { storageConnectionString },
      }),
    ];
    expect(facts).toEqual([
      { name: 'x', storage },
      { name: 'x', storage },
    ]);
    expect(JSON.stringify(facts)).not.toContain(secret);
  });

  test('nothing is kept but the name where it writes nothing', () => {
    expect(writerFacts({ name: 'x', cache: null, parameters: { secret } })).toEqual({ name: 'x' });
  });
});
