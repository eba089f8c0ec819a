import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/evaluate/evaluate';
import { summarize } from '../../../src/core/evaluate/finding';
import { Snapshot } from '../../../src/core/resources/snapshot';
import { stepsOf } from '../../../src/core/steps/registry';
import { defineStep, type Expectation } from '../../../src/core/steps/step';
import { text } from '../../../src/core/text';
import { ID } from '../support/ids';
import { english, snapshotOf, statusesOf, unreadable } from '../support/reading';
import { account, hardenedAccount, virtualNetwork } from '../support/resources';
import { setup } from '../support/setups';
import { exposedWorld, hardenedWorld } from '../support/worlds';

/** A step that expects these things of these resources. */
function stepOf(...expectations: readonly Expectation[]) {
  return defineStep({
    id: 'a-step',
    title: text('A step'),
    why: text('Why.'),
    group: 'openAi',
    on: 'openAi',
    scenarios: ['private-access'],
    after: [],
    sources: [{ seed: 'vnet-only.ja', section: '1' }],
    severity: 'high',
    expects: () => expectations,
    permissions: [],
    risk: { kind: 'none' },
    typicalSeconds: 1,
  });
}

const closed: Expectation = {
  resource: ID.account,
  assertions: [
    { at: 'properties.publicNetworkAccess', absentMeans: 'Enabled', must: { kind: 'equals', value: 'Disabled' } },
  ],
};
const addressed: Expectation = {
  resource: ID.network,
  assertions: [{ at: 'properties.addressSpace.addressPrefixes', must: { kind: 'present' } }],
};
const exists: Expectation = { resource: ID.network, assertions: [] };

function judge(snapshot: Snapshot, ...expectations: readonly Expectation[]) {
  const [finding] = evaluate(setup(), snapshot, [stepOf(...expectations)]).findings;
  if (finding === undefined) throw new Error('A step gives a finding.');
  return finding;
}

const present = (resource: ReturnType<typeof account>) => ({ state: 'present', resource }) as const;
const both = (one: ReturnType<typeof account>) =>
  Snapshot.empty.withEntries([
    [ID.account, present(one)],
    [ID.network, present(virtualNetwork())],
  ]);

describe('a finding', () => {
  test('is compliant when everything that is expected was seen', () => {
    expect(judge(both(hardenedAccount()), closed, addressed, exists)).toMatchObject({
      status: 'compliant',
      severity: 'high',
      sources: [{ seed: 'vnet-only.ja' }],
    });
  });

  test('shows each property with what it must be and what it is', () => {
    const { evidence } = judge(both(account()), closed, addressed, exists);
    expect(
      evidence.map((item) => [
        item.resource,
        item.property,
        english(item.expected),
        english(item.actual),
        item.satisfied,
      ]),
    ).toEqual([
      [undefined, 'properties.publicNetworkAccess', 'Disabled', 'Enabled', false],
      [ID.network, 'properties.addressSpace.addressPrefixes', 'a value', '10.0.0.0/22', true],
      [ID.network, 'id', 'exists', 'exists', true],
    ]);
  });

  test('does not name the resource again where the property is its own, in whatever casing of the id', () => {
    const { evidence } = judge(both(account()), { ...closed, resource: ID.account.toLowerCase() });
    expect(evidence[0]).not.toHaveProperty('resource');
  });

  test('one wrong property settles it, though another resource may not be read', () => {
    const snapshot = both(account()).withEntry(ID.network, unreadable());
    expect(judge(snapshot, addressed, closed).status).toBe('nonCompliant');
  });

  test.each(['forbidden', 'throttled', 'unreachable', 'notInFile', 'failed'] as const)(
    'what is unreadable (%s) keeps it from being green',
    (reason) => {
      const finding = judge(both(hardenedAccount()).withEntry(ID.network, unreadable(reason)), closed, addressed);
      expect(finding.status).toBe('unknown');
      expect(english(finding.reason)).toContain('vnet-contoso');
    },
  );

  test('what nobody has read yet is unknown, and asked for', () => {
    const { findings, askedFor, listed } = evaluate(setup(), Snapshot.empty);
    expect(summarize(findings)).toMatchObject({ compliant: 0, nonCompliant: 0 });
    expect(askedFor).toContain(ID.account);
    expect(listed).toContain('microsoft.network/privateendpoints');
  });

  test('a step that expects nothing of a resource is unknown, not green', () => {
    expect(judge(both(hardenedAccount())).status).toBe('unknown');
  });
});

describe('evaluate', () => {
  test('gives one finding for each step of the setup’s scenarios, in the order of the checklist', () => {
    const { findings } = evaluate(setup(), snapshotOf(hardenedWorld()));
    expect(findings.map(({ step }) => step)).toEqual(stepsOf(['private-access']).map(({ id }) => id));
  });

  test('counts every finding once', () => {
    const { findings } = evaluate(setup(), snapshotOf(exposedWorld()));
    const summary = summarize(findings);
    expect(Object.values(summary).reduce((sum, count) => sum + count)).toBe(findings.length);
    expect(summary).toMatchObject({ nonCompliant: 8, notApplicable: 1, unknown: 0 });
  });

  test('a world that nobody may read is unknown in every step that applies', () => {
    const denied = [
      ...Object.keys(hardenedWorld().everything()),
      `${ID.account}/privateLinkResources`,
      `${ID.endpoint}/privateDnsZoneGroups`,
      'microsoft.network/privateendpoints',
      'microsoft.network/privatednszones',
      'microsoft.network/privatednszones/virtualnetworklinks',
    ];
    const statuses = new Set(Object.values(statusesOf(hardenedWorld(), { denied })));
    expect(statuses).toEqual(new Set(['unknown', 'notApplicable']));
  });

  test('each thing that a hardened world needs can be denied by itself, and never is anything else green for it', () => {
    const full = statusesOf(hardenedWorld());
    for (const id of Object.keys(hardenedWorld().everything())) {
      const statuses = statusesOf(hardenedWorld(), { denied: [id] });
      const changed = Object.entries(statuses).filter(([step, status]) => full[step] !== status);
      expect(changed.map(([, status]) => status).every((status) => status === 'unknown')).toBe(true);
    }
  });
});
