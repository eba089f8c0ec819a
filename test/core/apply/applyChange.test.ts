import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/plan/change';
import { AzureError } from '../../../src/core/ports';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { SnapshotEntry } from '../../../src/core/resources/snapshot';
import { text } from '../../../src/core/text';
import { change, zoneChange } from '../support/changes';
import { ID, inGroup } from '../support/ids';
import { english } from '../support/reading';
import { account, record, resourceGroup, subnet, virtualNetwork, zone } from '../support/resources';
import { World } from '../support/world';
import { refusal } from '../support/worldWrites';
import { busy, Single, working } from '../support/single';

describe('a change', () => {
  test('is made, and read back', async () => {
    const single = new Single();
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
    expect(single.azure.world.get(ID.account)).toMatchObject({ properties: { publicNetworkAccess: 'Disabled' } });
  });

  test('is journaled after its guard and before the write', async () => {
    const single = new Single();
    await single.make(change({ guards: ['privatePathAnswers'] }));
    expect(single.order).toEqual(['guard', 'begin', 'write']);
  });

  test('is not made where it is so already, and nothing is journaled', async () => {
    const single = new Single(
      new World([resourceGroup(), account({ properties: { publicNetworkAccess: 'disabled' } })]),
    );
    expect(await single.make(change({ guards: ['privatePathAnswers'] }))).toEqual({ status: 'unchanged' });
    expect(single.order).toEqual([]);
  });

  test('is not made where its guard refuses, and says why', async () => {
    const single = new Single();
    single.guard = 'nobody would get in';
    const result = await single.make(change({ guards: ['privatePathAnswers'] }));
    expect(result).toMatchObject({ status: 'failed', error: { code: 'GuardNotMet' } });
    expect(english(result.error?.next)).toBe('nobody would get in');
    expect(single.order).toEqual(['guard']);
  });

  test('is not made where its target may not be read', async () => {
    const single = new Single();
    single.azure.denied.add(resourceKey(ID.account));
    expect(await single.make(change())).toMatchObject({
      status: 'failed',
      error: { code: 'Unreadable', detail: 'no read permission' },
    });
    expect(single.order).toEqual([]);
  });

  test('waits, where it creates, until a role that was just given lets it look', async () => {
    const single = new Single();
    const id = inGroup('rg-contoso', 'Microsoft.Network/privateDnsZones', 'z');
    single.azure.denied.add(resourceKey(id));
    const read = single.azure.read.bind(single.azure);
    let looks = 0;
    single.azure.read = (asked, signal) => {
      if (resourceKey(asked) === resourceKey(id) && ++looks === 3) single.azure.denied.clear();
      return read(asked, signal);
    };
    expect(await single.make(zoneChange('z'))).toEqual({ status: 'succeeded' });
  });
});

describe('drift stops a change', () => {
  test('to a property that has moved to a third value', async () => {
    const single = new Single(
      new World([resourceGroup(), account({ properties: { publicNetworkAccess: 'SecuredByPerimeter' } })]),
    );
    expect(await single.make(change())).toMatchObject({ status: 'drifted' });
    expect(single.order).toEqual([]);
  });

  test('to a resource that is gone', async () => {
    expect(await new Single(new World()).make(change())).toMatchObject({ status: 'drifted' });
  });

  test('of which something else has been created by now', async () => {
    const elsewhere = { ...zone(), location: 'westus' };
    expect(
      await new Single(new World([resourceGroup(), elsewhere])).make(zoneChange('privatelink.openai.azure.com')),
    ).toMatchObject({ status: 'drifted' });
  });

  test('but not by what it does not touch', async () => {
    const single = new Single(
      new World([resourceGroup(), account({ tags: { since: 'then' }, properties: { disableLocalAuth: true } })]),
    );
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
  });

  test('but not by what a property stood for when it was left out', async () => {
    const unset = change({ before: { properties: { publicNetworkAccess: null } } });
    expect(await new Single().make(unset)).toEqual({ status: 'succeeded' });
  });
});

describe('while Azure is busy', () => {
  test('the same write is tried again, and waits longer each time', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(3, () => refusal(409, 'RequestConflict', ID.account));
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
    expect(single.seconds()).toBe(5 + 10 + 20 + 1);
    expect(single.notes).toContain('Waiting: Azure is busy with contoso-openai.');
  });

  test('as long as Azure itself asks for', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(1, () => new AzureError('RetryableError', 'busy', 429, undefined, 13));
    await single.make(change());
    expect(single.seconds()).toBe(13 + 1);
  });

  test('but not for ever', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(Infinity, () => refusal(409, 'AccountProvisioningStateInvalid', ID.account));
    expect(await single.make(change())).toMatchObject({
      status: 'failed',
      error: { code: 'AccountProvisioningStateInvalid' },
    });
    expect(single.seconds()).toBeGreaterThan(300);
    expect(single.seconds()).toBeLessThan(1000);
  });

  test('what it refuses for good is not tried again, and says what to do', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(1, () => refusal(403, 'AuthorizationFailed', ID.account));
    const result = await single.make(change());
    expect(result).toMatchObject({
      status: 'failed',
      error: { code: 'AuthorizationFailed', correlationId: 'correlation-1' },
    });
    expect(english(result.error?.next)).toContain('missing role');
    expect(single.azure.writes()).toHaveLength(1);
  });

  test('a target that is not at rest is waited for', async () => {
    const single = new Single();
    let looks = 0;
    single.azure.onRead = (_, seen) => ((looks += 1) <= 2 ? working(seen) : seen);
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
    expect(single.notes).toContain('Azure is still working on it: accepted');
  });
});

describe('after the write', () => {
  test('Azure may take a moment to show it', async () => {
    const single = new Single();
    const before: SnapshotEntry = { state: 'present', resource: account() };
    let looks = 0;
    single.azure.onRead = (_, seen) => ((looks += 1) <= 3 ? before : seen);
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
  });

  test('a write that never shows is not a success', async () => {
    const single = new Single();
    single.azure.onRead = () => ({ state: 'present', resource: account() });
    expect(await single.make(change())).toMatchObject({ status: 'failed', error: { code: 'NotConfirmed' } });
  });

  test('a connection that broke does not hide that Azure did it', async () => {
    const single = new Single();
    single.azure.afterWrite = () => {
      throw new AzureError('Unreachable', 'socket hang up', undefined, undefined);
    };
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
  });

  test('a creation that failed half-way is made again', async () => {
    const failed = { ...zone(), properties: { provisioningState: 'Failed' } };
    expect(
      await new Single(new World([resourceGroup(), failed])).make(zoneChange('privatelink.openai.azure.com')),
    ).toEqual({ status: 'succeeded' });
  });
});

describe('a deletion', () => {
  const deletion = (resource: string, parts: Partial<Change> = {}): Change =>
    change({ resource, action: 'delete', after: null, undo: { kind: 'none', reason: text('gone') }, ...parts });

  test('deletes what is empty, and leaves what is gone', async () => {
    const single = new Single(new World([resourceGroup(), virtualNetwork()]));
    expect(await single.make(deletion(ID.network))).toEqual({ status: 'succeeded' });
    expect(await single.make(deletion(ID.network))).toEqual({ status: 'unchanged' });
  });

  test.each<[string, World, string, string]>([
    [
      'a network with somebody’s subnet',
      new World([resourceGroup(), virtualNetwork(), subnet()]),
      ID.network,
      'snet-endpoints',
    ],
    ['a group with somebody’s account', new World([resourceGroup(), account()]), ID.group, 'contoso-openai'],
    [
      'a zone with somebody’s record',
      new World([resourceGroup(), zone(), record(['10.0.0.9'], 'other')]),
      zone().id,
      'other',
    ],
    [
      'an account with somebody’s deployment',
      new World([resourceGroup(), account(), { id: `${ID.account}/deployments/gpt` }]),
      ID.account,
      'gpt',
    ],
  ])('never takes %s along', async (_, world, id, content) => {
    const single = new Single(world);
    const result = await single.make(deletion(id));
    expect(result.status).toBe('drifted');
    expect(english(result.error?.next)).toContain(content);
    expect(single.azure.world.get(id)).toBeDefined();
  });

  test.each([
    ['what is in a group', ID.group, `${ID.group}/resources`],
    ['which deployments an account has', ID.account, `${ID.account}/deployments`],
  ])('is not made where nobody can tell %s', async (_, id, list) => {
    const single = new Single();
    single.azure.denied.add(resourceKey(list));
    expect(await single.make(deletion(id))).toMatchObject({ status: 'failed', error: { code: 'Unreadable' } });
    expect(single.azure.writes()).toEqual([]);
  });
});

describe('cancelling', () => {
  test('throws what the signal was aborted with, before anything is written', async () => {
    const single = new Single();
    single.signal = AbortSignal.abort(new Error('stop'));
    await expect(single.make(change())).rejects.toThrow('stop');
    expect(single.order).toEqual([]);
  });

  test('ends a wait at once', async () => {
    const controller = new AbortController();
    const single = new Single();
    single.signal = controller.signal;
    single.azure.beforeWrite = () => {
      controller.abort(new Error('stop'));
      throw refusal(409, 'RequestConflict', ID.account);
    };
    await expect(single.make(change())).rejects.toThrow('stop');
  });
});
