import { afterEach, describe, expect, it } from 'vitest';
import { extensionId, resourceIdIn } from '../../src/core/resources/resourceId';
import type { Setup, SetupOptions } from '../../src/core/setup/setup';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { groupId } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, NETWORK_GROUP, OPENAI, SEARCH, STORAGE, WORKSPACE } from '../../src/sandbox/worlds/exposed';
import { ByHand } from './support/byHand';
import { applyAll, applySteps, expectAllCompliant, statuses, undoLast } from './support/journey';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const GOVERNANCE = [
  'log-analytics-workspace',
  'aoai-diagnostics',
  'search-diagnostics',
  'storage-diagnostics',
  'alert-action-group',
  'activity-alerts',
  'policy-initiative',
  'policy-assignments',
  'resource-locks',
];

const opened: SandboxSession[] = [];
afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

async function open(options: Partial<SetupOptions> = {}, change = (setup: Setup): Setup => setup) {
  const opening = await openSandboxSession({
    world: 'exposed',
    scenario: 'ai-search',
    change: (setup) => change({ ...setup, options: { ...setup.options, ...options } }),
  });
  opened.push(opening);
  return opening;
}

describe('what keeps the fence up', () => {
  it('is made, holds, and goes again without a trace', async () => {
    const opening = await open({ alertEmail: 'aiko.tanaka@contoso.com' });
    // Registered providers stay.
    await applySteps(opening.session, ['resource-providers']);
    const before = await opening.state();
    const { session } = opening;
    await applySteps(session, GOVERNANCE);
    const after = statuses(session);
    expect(GOVERNANCE.filter((step) => after[step] !== 'compliant')).toEqual([]);
    expect(session.planFor(GOVERNANCE).changes).toEqual([]);
    await undoLast(session);
    expect(await opening.state()).toEqual(before);
  });

  it('has a workspace made for it, where none is there', async () => {
    const id = resourceIdIn(groupId(NETWORK_GROUP), 'Microsoft.OperationalInsights/workspaces', 'log-ringfence');
    const opening = await open({}, (setup) => ({
      ...setup,
      roles: { ...setup.roles, logAnalyticsWorkspace: { id, create: { location: 'eastus' } } },
    }));
    await applySteps(opening.session, ['search-diagnostics']);
    expect(statuses(opening.session)).toMatchObject({
      'log-analytics-workspace': 'compliant',
      'search-diagnostics': 'compliant',
    });
  });
});

describe('locks', () => {
  it('keep a resource from being deleted by hand, and let it be changed', async () => {
    const opening = await open();
    await applySteps(opening.session, ['resource-locks']);
    const hand = new ByHand(opening.sandbox, opening.connection);
    await expect(hand.delete(SEARCH)).rejects.toThrow(/ScopeLocked/);
    await hand.patch(SEARCH, { tags: { kept: 'yes' } });
  });

  it('of others, on the group, are enough', async () => {
    const opening = await open();
    const hand = new ByHand(opening.sandbox, opening.connection);
    await hand.put(extensionId(groupId(AI_GROUP), 'Microsoft.Authorization/locks', 'theirs'), {
      properties: { level: 'CanNotDelete' },
    });
    await opening.session.refresh(signal);
    const planned = opening.session.state.plan.changes.filter(({ step }) => step === 'resource-locks');
    expect(planned.map(({ resource }) => resource).filter((id) => id.startsWith(groupId(AI_GROUP)))).toEqual([]);
  });
});

describe('logs', () => {
  it('that somebody sends already are left as they are', async () => {
    const opening = await open();
    const hand = new ByHand(opening.sandbox, opening.connection);
    await hand.put(extensionId(OPENAI, 'Microsoft.Insights/diagnosticSettings', 'theirs'), {
      properties: { storageAccountId: STORAGE, logs: [{ category: 'Audit', enabled: true }] },
    });
    await opening.session.refresh(signal);
    expect(statuses(opening.session)['aoai-diagnostics']).toBe('compliant');
  });

  it('that somebody sends in part are completed, with no category twice', async () => {
    const opening = await open();
    const hand = new ByHand(opening.sandbox, opening.connection);
    const blobs = `${STORAGE}/blobServices/default`;
    await hand.put(extensionId(blobs, 'Microsoft.Insights/diagnosticSettings', 'ringfence'), {
      properties: { workspaceId: WORKSPACE, logs: [{ category: 'StorageDelete', enabled: true }] },
    });
    await applySteps(opening.session, ['storage-diagnostics']);
    const second = await hand.get(extensionId(blobs, 'Microsoft.Insights/diagnosticSettings', 'ringfence-2'));
    expect(second).toMatchObject({ properties: { logs: [{ category: 'StorageRead' }, { category: 'StorageWrite' }] } });
  });
});

describe('policies', () => {
  it('refuse to open what is closed, where the setup says so', async () => {
    const opening = await open({ policies: 'deny' });
    const hand = new ByHand(opening.sandbox, opening.connection);
    const close = { properties: { publicNetworkAccess: 'disabled', disableLocalAuth: true, authOptions: null } };
    await hand.patch(SEARCH, close);
    await applySteps(opening.session, ['policy-assignments']);
    await isInForce(hand);
    await expect(hand.patch(SEARCH, { properties: { publicNetworkAccess: 'enabled' } })).rejects.toThrow(
      /RequestDisallowedByPolicy/,
    );
  });

  it('that refuse come last, so that neither the run nor taking it back is refused', async () => {
    const opening = await open({ policies: 'deny' });
    await applyAll(opening.session);
    expectAllCompliant(opening.session);
    await isInForce(new ByHand(opening.sandbox, opening.connection));
    await undoLast(opening.session);
  });

  it('of several setups share the initiative, and neither takes the other’s members away', async () => {
    const opening = await open();
    await applySteps(opening.session, ['policy-assignments']);
    const { storage, ...roles } = opening.session.state.setup.roles;
    const other = opening.openAnother({ ...opening.session.state.setup, roles });
    await other.refresh(signal);
    expect(storage).toBeDefined();
    expect(statuses(other)['policy-initiative']).toBe('compliant');
  });
});

/** An assignment takes minutes; the sandbox's time goes on by asking how things comply. */
async function isInForce(hand: ByHand): Promise<void> {
  const states = `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.PolicyInsights/policyStates/latest?api-version=2019-10-01`;
  for (let asked = 0; asked < 10; asked += 1) await hand.post(states, 'queryResults');
}
