import { describe, expect, test } from 'vitest';
import { documentFilter } from '../../../src/core/snippets/documentFilter';
import { onYourDataRequest } from '../../../src/core/snippets/onYourData';
import { dataWorld, dataWorldWithout } from '../support/dataWorlds';
import { ID } from '../support/ids';
import { english, snapshotOf } from '../support/reading';
import { dataSetup } from '../support/setups';

const ACCESS = { index: 'reports', field: 'group_ids' };
const GROUPS = ['11111111-2222-3333-4444-000000000001', '11111111-2222-3333-4444-00000000000A'];

describe('the filter of documents', () => {
  test('lets through what one of the groups may see', () => {
    expect(documentFilter(ACCESS, GROUPS)).toEqual({
      ok: true,
      content: `group_ids/any(g:search.in(g, '${GROUPS.join(', ')}'))`,
    });
  });

  test('has examples where nobody has named a group', () => {
    expect(documentFilter(ACCESS)).toMatchObject({ ok: true, content: expect.stringContaining('group_id1') as string });
  });

  test.each(["x') or true or search.in(g, '", 'everybody', ''])('takes nothing but ids of groups: %j', (group) => {
    expect(documentFilter(ACCESS, [...GROUPS, group]).ok).toBe(false);
  });

  test('there is none for a setup without an index of that kind, and that is said', () => {
    const none = documentFilter(undefined);
    expect(none.ok ? '' : english(none.problem)).toContain('Name an index in the setup');
  });
});

describe.each(['ingestion', 'inference'] as const)('the script for %s', (proof) => {
  const setup = dataSetup({ options: { documentAccess: ACCESS } });
  const snippet = onYourDataRequest(proof, setup, snapshotOf(dataWorld(), { setup }));
  const content = snippet.ok ? snippet.content : '';

  test('calls the account by its own name, with a token and without a key', () => {
    expect(content).toContain("'https://contoso-openai.openai.azure.com/openai/");
    expect(content).toContain('az account get-access-token --resource https://cognitiveservices.azure.com');
    expect(content).not.toMatch(/api-key/i);
  });

  test('sends JSON that the shell reads nothing into', () => {
    const body = /<<'BODY'\n([\s\S]*?)\nBODY\n/.exec(content)?.[1] ?? '';
    expect(() => JSON.parse(body) as unknown).not.toThrow();
  });

  test('is not made up where something is missing, and says what', () => {
    const world = dataWorldWithout(`${ID.account}/deployments/gpt-4o`);
    const none = onYourDataRequest(proof, setup, snapshotOf(world, { setup }));
    expect(none.ok ? '' : english(none.problem)).toContain('No model is deployed');
  });
});

test('a question about an index whose documents are only for some carries the filter, and names that index', () => {
  const setup = dataSetup({ options: { documentAccess: ACCESS } });
  const snippet = onYourDataRequest('inference', setup, snapshotOf(dataWorld(), { setup }));
  expect(snippet.ok && snippet.content).toContain('"index_name": "reports"');
  expect(snippet.ok && snippet.content).toContain('group_ids/any(g:search.in(g');
});
