import { describe, expect, test } from 'vitest';
import { AzureError } from '../../../src/core/ports';
import type { JsonObject } from '../../../src/core/resources/json';
import { mergePatch } from '../../../src/core/resources/wireEquality';
import { text } from '../../../src/core/text';
import { change, zoneChange } from '../support/changes';
import { account, resourceGroup, zone } from '../support/resources';
import { World } from '../support/world';
import { refusal } from '../support/worldWrites';
import { ID } from '../support/ids';
import { busy, Single, working } from '../support/single';

describe('an answer that was lost', () => {
  const lost = (): AzureError => new AzureError('Unreachable', 'socket hang up', undefined, undefined);

  test('before anything was done is asked for again', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(2, lost);
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
    expect(single.azure.writes()).toHaveLength(3);
  });

  test('after Azure had done it is not asked for again', async () => {
    const single = new Single();
    single.azure.afterWrite = () => {
      throw lost();
    };
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
    expect(single.azure.writes()).toHaveLength(1);
  });

  test('to a creation that only comes to light later is not asked for again', async () => {
    const single = new Single(new World([resourceGroup()]));
    const wanted = zoneChange('z');
    let looks = 0;
    single.azure.afterWrite = () => {
      throw lost();
    };
    single.azure.onRead = (_, seen) => ((looks += 1) <= 3 ? { state: 'absent' } : seen);
    expect(await single.make(wanted)).toEqual({ status: 'succeeded' });
    expect(single.azure.writes()).toHaveLength(1);
  });

  test('again and again is a failure that may have been a success', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(Infinity, lost);
    expect(await single.make(change())).toMatchObject({
      status: 'failed',
      uncertain: true,
      error: { code: 'Unreachable', action: 'retry' },
    });
  });

  test('while somebody else wrote something else there stops, and is not certain', async () => {
    const single = new Single();
    single.azure.beforeWrite = () => {
      single.azure.world.put(account({ properties: { publicNetworkAccess: 'SecuredByPerimeter' } }));
      throw lost();
    };
    expect(await single.make(change())).toMatchObject({ status: 'drifted', uncertain: true });
    expect(single.azure.writes()).toHaveLength(1);
  });
});

describe('an operation that failed', () => {
  const failed = (code: string): AzureError => new AzureError(code, 'the cause', undefined, 'c-1', undefined, 'failed');

  test('for a cause that passes is begun again', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(1, () => failed('InternalServerError'));
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
  });

  test('is known by what was asked for, though Azure notes on every part of it that it failed', async () => {
    const listeners = (state: string, ...names: string[]): JsonObject => ({
      properties: { listeners: names.map((name) => ({ name, provisioningState: state })) },
    });
    const single = new Single(new World([resourceGroup(), account(listeners('Succeeded', 'theirs'))]));
    const wanted = listeners('Succeeded', 'theirs', 'ours');
    const left = listeners('Failed', 'theirs', 'ours');
    single.azure.beforeWrite = busy(1, () => {
      single.azure.world.put(account(mergePatch(left, { properties: { provisioningState: 'Failed' } })));
      return failed('InternalServerError');
    });
    const before = listeners('Succeeded', 'theirs');
    const undo = { kind: 'restore', body: before } as const;
    expect(await single.make(change({ before, after: wanted, body: wanted, undo }))).toEqual({ status: 'succeeded' });
    expect(single.azure.writes()).toHaveLength(2);
  });

  test('for good tells the cause and the correlation id, and may have left something', async () => {
    const single = new Single();
    single.azure.beforeWrite = busy(Infinity, () => failed('ActivationFailed'));
    expect(await single.make(change())).toMatchObject({
      status: 'failed',
      uncertain: true,
      error: { code: 'ActivationFailed', detail: 'the cause', correlationId: 'c-1' },
    });
    expect(single.azure.writes()).toHaveLength(1);
  });
});

describe('reading', () => {
  test('is tried again where Azure was not reached for a moment', async () => {
    const single = new Single();
    let looks = 0;
    single.azure.onRead = (_, seen) =>
      (looks += 1) <= 2 ? { state: 'unreadable', reason: 'unreachable', detail: 'ECONNRESET' } : seen;
    expect(await single.make(change())).toEqual({ status: 'succeeded' });
  });

  test('without a sign-in asks for one', async () => {
    const single = new Single();
    single.azure.onRead = () => ({ state: 'unreadable', reason: 'signedOut', detail: 'The token has expired.' });
    expect(await single.make(change())).toMatchObject({ status: 'failed', error: { action: 'signIn' } });
    expect(single.azure.writes()).toEqual([]);
  });

  test('waits for a gateway as long as one takes, and not only as long as a zone', async () => {
    const single = new Single();
    const slow = change({ typicalSeconds: 2400 });
    single.azure.onRead = (_, seen) => (single.seconds() < 2000 ? working(seen) : seen);
    expect(await single.make(slow)).toEqual({ status: 'succeeded' });
  });
});

test('what is deleted is known by its id, though what it was made of is gone', async () => {
  const single = new Single(new World([resourceGroup(), zone()]));
  const before = { properties: { owner: `[reference('${ID.account}').identity.principalId]` } };
  const gone = { before, after: null, undo: { kind: 'none', reason: text('gone') } } as const;
  expect(await single.make(change({ resource: zone().id, action: 'delete', ...gone }))).toEqual({
    status: 'succeeded',
  });
});

test('a creation that the SDK sent again is known for done, whatever it is told then', async () => {
  const single = new Single(new World([resourceGroup()]));
  single.azure.afterWrite = ({ resource }) => {
    throw refusal(409, 'AlreadyExists', resource);
  };
  expect(await single.make(zoneChange('z'))).toEqual({ status: 'succeeded' });
});

test('a deletion of what may still come to light waits for it', async () => {
  const single = new Single(new World([resourceGroup()]));
  const gone = change({
    resource: zone().id,
    action: 'delete',
    after: null,
    undo: { kind: 'none', reason: text('gone') },
    mayAppearUntil: single.azure.clock.now() + 60_000,
  });
  let looks = 0;
  single.azure.onRead = (id, seen) => {
    if (id === zone().id && (looks += 1) === 3) single.azure.world.put(zone());
    return seen;
  };
  expect(await single.make(gone)).toEqual({ status: 'succeeded' });
  expect(single.azure.world.get(zone().id)).toBeUndefined();
});
