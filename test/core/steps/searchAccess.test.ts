import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/resources/json';
import type { SetupOptions } from '../../../src/core/setup/setup';
import { roleAssignment, searchService } from '../support/dataResources';
import { dataWorld } from '../support/dataWorlds';
import { DATA } from '../support/ids';
import { before, changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { dataSetup } from '../support/setups';

const LISTED: Partial<SetupOptions> = { searchPublicAccess: 'selectedNetworks', allowedAddresses: ['20.1.2.3'] };
const listed = dataSetup({ scenarios: ['ai-search'], options: LISTED });

function onService(step: string, properties: JsonObject, setup = listed) {
  return findingOf(step, dataWorld(searchService({ properties })), { setup });
}

describe('search-ip-allowlist', () => {
  const step = 'search-ip-allowlist';
  const rules = (...addresses: readonly string[]): JsonObject => ({
    publicNetworkAccess: 'enabled',
    networkRuleSet: { ipRules: addresses.map((value) => ({ value })), bypass: 'AzureServices' },
  });

  test.each<[string, JsonObject, string]>([
    ['the listed address, and no other', rules('20.1.2.3'), 'compliant'],
    ['another one besides', rules('20.1.2.3', '20.9.9.9'), 'nonCompliant'],
    ['nobody, which is everybody', rules(), 'nonCompliant'],
    ['nobody at all', { ...rules('20.1.2.3'), publicNetworkAccess: 'disabled' }, 'nonCompliant'],
    ['whom a perimeter lets in', { publicNetworkAccess: 'securedByPerimeter' }, 'unknown'],
  ])('a service that lets in %s is judged so', (_, properties, status) => {
    expect(onService(step, properties).status).toBe(status);
  });

  test('takes the place of closing the service, and the other way round', () => {
    expect(onService('search-public-access-disabled', rules('20.1.2.3')).status).toBe('notApplicable');
    const closed = dataSetup({ scenarios: ['ai-search'] });
    expect(onService(step, rules('20.1.2.3'), closed).status).toBe('notApplicable');
  });

  test('lets the address in together with trusted services, and only where the private path answers', () => {
    const open = { publicNetworkAccess: 'enabled', networkRuleSet: { ipRules: [], bypass: 'None' } };
    const plan = planOf(dataWorld(searchService({ properties: open })), { setup: listed });
    const change = changeOf(plan, step);
    expect(change.body).toEqual({
      properties: { networkRuleSet: { ipRules: [{ value: '20.1.2.3' }], bypass: 'AzureServices' } },
    });
    expect(change.guards).toEqual(['privatePathAnswers']);
    expect(before(plan, change.id).map((each) => each.step)).toContain('search-trusted-services');
  });
});

describe('rbac-index-reader', () => {
  const step = 'rbac-index-reader';
  const READER = '77777777-0000-0000-0000-000000000001';
  const index = `${DATA.search}/indexes/reports`;
  const indexReaders = [{ index: 'reports', principal: { id: READER, type: 'User', name: 'Grace' } }] as const;
  const setup = dataSetup({ scenarios: ['ai-search'], options: { indexReaders } });
  const role = 'Search Index Data Reader';

  test('gives the role at the index, and nothing at the service', () => {
    expect(changeOf(planOf(dataWorld(), { setup }), step)).toMatchObject({
      action: 'create',
      resource: expect.stringMatching(`^${index}/providers/Microsoft.Authorization/roleAssignments/`),
      body: { properties: { principalId: READER, principalType: 'User' } },
      permissions: [{ action: 'Microsoft.Authorization/roleAssignments/write', scope: index }],
    });
  });

  test('is content with the role at the index', () => {
    const finding = findingOf(step, dataWorld(roleAssignment({ scope: index, role, to: READER })), { setup });
    expect([finding.status, finding.notes]).toEqual(['compliant', undefined]);
  });

  test.each([
    ['at the whole service', roleAssignment({ scope: index, role, to: READER, listedScope: DATA.search }), 'wider'],
    [
      'that writes as well',
      roleAssignment({ scope: index, role: 'Search Index Data Contributor', to: READER }),
      'more than this step needs',
    ],
  ])('takes a role %s for enough, and says that it is more', (_, assignment, words) => {
    const finding = findingOf(step, dataWorld(assignment), { setup });
    expect(finding.status).toBe('compliant');
    expect((finding.notes ?? []).map(english).join()).toContain(words);
  });

  test('is not content with a role on another index', () => {
    const other = roleAssignment({ scope: `${DATA.search}/indexes/others`, role, to: READER });
    expect(findingOf(step, dataWorld(other), { setup }).status).toBe('nonCompliant');
  });

  test('does not apply where nobody is named', () => {
    expect(findingOf(step, dataWorld(), { setup: dataSetup({ scenarios: ['ai-search'] }) }).status).toBe(
      'notApplicable',
    );
  });
});
