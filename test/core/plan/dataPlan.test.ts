import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/plan/change';
import { referencesIn } from '../../../src/core/plan/reference';
import { estimateSeconds } from '../../../src/core/plan/schedule';
import { sameResource } from '../../../src/core/resources/resourceId';
import { privatePathSteps } from '../../../src/core/steps/privateServices';
import { findStep } from '../../../src/core/steps/registry';
import { searchService } from '../support/dataResources';
import { dataWorld, dataWorldWithout, emptyDataWorld, exposedDataWorld } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { afterChanges, before, blockedOf, changeOf, idsOf, planOf, stepsOf } from '../support/planning';
import { statusesOf } from '../support/reading';
import { dataSetup, dataSetupFromNothing, setup } from '../support/setups';

const FULL = { sharedPrivateLink: true, fileEndpoint: true, searchWritesToStorage: true } as const;
const {
  vpnGateway: _gateway,
  gatewaySubnet: _subnet,
  webApp: _app,
  webAppSubnet: _appSubnet,
  ...BARE
} = dataSetupFromNothing().roles;

const WORLDS = [
  ['exposed services', exposedDataWorld(), dataSetup()],
  ['nothing at all', emptyDataWorld(), dataSetupFromNothing()],
  ['nothing, with every option', emptyDataWorld(), dataSetupFromNothing(FULL)],
  ['nothing, for an evaluation', emptyDataWorld(), dataSetupFromNothing({ apiKeys: 'keep' })],
  ['nothing, without VPN and app', emptyDataWorld(), dataSetup({ roles: BARE })],
  [
    'half of it: Search still a stranger',
    dataWorldWithout(DATA.searchEndpoint).put(
      searchService({ properties: { publicNetworkAccess: 'enabled', networkRuleSet: null } }),
    ),
    dataSetup(),
  ],
  [
    'both scenarios in one setup',
    exposedDataWorld(),
    { ...dataSetup(), scenarios: ['private-access', 'on-your-data'] as const },
  ],
] as const;

const KEYS_OFF = ['aoai-disable-local-auth', 'search-disable-local-auth', 'storage-disable-shared-key'];

/** The steps on the way to the service that a change is about. */
function pathOf({ step }: Change): readonly string[] {
  const on = findStep(step)?.on;
  return privatePathSteps(on === 'search' || on === 'storage' ? on : 'openAi');
}

describe.each(WORLDS)('a plan for %s', (_, world, wanted) => {
  const plan = planOf(world, { setup: wanted });
  const holding = statusesOf(world, { setup: wanted });
  /** Of some steps, those that do not hold once everything is done that the change waits for. */
  const missingFor = (change: Change, steps: readonly string[]): readonly string[] => {
    const ready = statusesOf(afterChanges(world, { changes: before(plan, change.id) }), { setup: wanted });
    return steps.filter((step) => ready[step] === 'nonCompliant' || ready[step] === 'unknown');
  };

  test('has changes with ids of their own, names before each what it needs, and blocks nothing', () => {
    expect(plan.blocked).toEqual([]);
    expect(new Set(idsOf(plan)).size).toBe(plan.changes.length);
    plan.changes.forEach(({ dependsOn }, index) => {
      expect(idsOf(plan).slice(0, index)).toEqual(expect.arrayContaining([...dependsOn]));
    });
  });

  test('closes each service only after the whole private way to that one, and asks just before', () => {
    const closing = plan.changes.filter(({ guards }) => guards.includes('privatePathAnswers'));
    expect(closing.length).toBeGreaterThan(0);
    for (const change of closing) expect([change.step, missingFor(change, pathOf(change))]).toEqual([change.step, []]);
  });

  test('switches keys off only after the roles that take their place, and after the closing', () => {
    for (const change of plan.changes.filter(({ step }) => KEYS_OFF.includes(step))) {
      const step = findStep(change.step);
      expect(missingFor(change, [...(step?.after ?? []), ...(step?.preferAfter ?? [])])).toEqual([]);
    }
    expect(stepsOf(plan).some((step) => KEYS_OFF.includes(step))).toBe(
      wanted.options.apiKeys === 'off' && KEYS_OFF.some((step) => holding[step] === 'nonCompliant'),
    );
  });

  test('takes a value from another resource only after the change that puts it there', () => {
    for (const change of plan.changes) {
      for (const { resource } of referencesIn(change.body)) {
        const makers = before(plan, change.id).filter((other) => sameResource(other.resource, resource));
        expect([change.id, makers.length > 0]).toEqual([change.id, true]);
      }
    }
  });

  test('is empty after it was applied, and every step holds or does not apply', () => {
    const after = afterChanges(world, plan);
    expect(planOf(after, { setup: wanted })).toEqual({ changes: [], blocked: [] });
    const statuses = new Set(Object.values(statusesOf(after, { setup: wanted })));
    expect(statuses).toEqual(new Set(['compliant', 'notApplicable']));
  });

  test('says of each change what it needs and how it is taken back', () => {
    for (const { id, permissions, undo } of plan.changes) {
      expect([id, permissions.length > 0]).toEqual([id, true]);
      if (undo.kind === 'restore') expect(Object.keys(undo.body)).not.toEqual([]);
    }
  });
});

test('where everything is done, there is nothing to plan', () => {
  expect(planOf(dataWorld(), { setup: dataSetup() })).toEqual({ changes: [], blocked: [] });
});

describe('the order of a plan from nothing', () => {
  const plan = planOf(emptyDataWorld(), { setup: dataSetupFromNothing() });
  const first = (step: string) => new Set(before(plan, changeOf(plan, step).id).map((change) => change.step));

  test('lets the gateway, which takes longest, wait for nothing but its place and its address', () => {
    expect(first('vpn-gateway')).toEqual(
      new Set(['resource-providers', 'resource-group', 'vnet', 'subnet-gateway', 'vpn-public-ip']),
    );
  });

  test('lets nothing wait for the gateway: all else is done beside it', () => {
    for (const change of plan.changes)
      expect(before(plan, change.id).map(({ step }) => step)).not.toContain('vpn-gateway');
    const all = estimateSeconds(plan.changes);
    expect(all).toBeLessThan(changeOf(plan, 'vpn-gateway').typicalSeconds + 200);
  });

  test('trusts services, and denies all others, before it closes their way', () => {
    expect(first('aoai-public-access-disabled')).toContain('aoai-trusted-services');
    expect(first('search-public-access-disabled')).toContain('search-trusted-services');
    // A new account trusts services by itself.
    expect(first('storage-public-access-disabled')).toContain('storage-network-default-deny');
  });

  test('creates with what the first request can say: no second one switches on an identity', () => {
    for (const step of [
      'aoai-managed-identity',
      'search-managed-identity',
      'webapp-managed-identity',
      'search-rbac-auth',
      'storage-secure-baseline',
    ])
      expect(stepsOf(plan)).not.toContain(step);
  });
});

describe('what cannot be planned', () => {
  test('is closed last or not at all: without the roles, keys stay', () => {
    const skip = { 'rbac-aoai-search-index-reader': 'the admins do that' };
    const plan = planOf(exposedDataWorld(), { setup: dataSetup({ skip }) });
    expect(blockedOf(plan)['search-disable-local-auth']).toContain('which is skipped');
    expect(stepsOf(plan)).not.toContain('search-disable-local-auth');
    expect(stepsOf(plan)).toContain('search-public-access-disabled');
  });

  test('of one service does not keep another from being closed', () => {
    const plan = planOf(exposedDataWorld(), { setup: dataSetup(), denied: [`${DATA.search}/privateLinkResources`] });
    expect(stepsOf(plan)).not.toContain('search-public-access-disabled');
    expect(stepsOf(plan)).toEqual(
      expect.arrayContaining(['aoai-public-access-disabled', 'storage-public-access-disabled']),
    );
  });

  test('an option that is not wanted brings no change', () => {
    const steps = stepsOf(
      planOf(emptyDataWorld(), { setup: dataSetupFromNothing({ defender: false, developers: [] }) }),
    );
    expect(steps.filter((step) => /^(rbac-dev|defender|search-s|storage-.*-file)/.test(step))).toEqual([
      'search-service',
    ]);
  });
});

test('private access alone leaves the other services of a subscription as they are', () => {
  const plan = planOf(exposedDataWorld(), { setup: setup() });
  expect(
    plan.changes.filter(({ resource }) => !sameResource(resource, ID.account) && !resource.includes('rivate')),
  ).toEqual([]);
});
