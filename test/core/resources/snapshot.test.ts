import { describe, expect, test } from 'vitest';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import { Snapshot } from '../../../src/core/resources/snapshot';
import { ID } from '../support/ids';
import { unreadable } from '../support/reading';
import { account, endpoint } from '../support/resources';

describe('a snapshot', () => {
  test('knows nothing of what nobody has read, which is not the same as absent', () => {
    expect(Snapshot.empty.get(ID.account)).toBeUndefined();
    expect(Snapshot.empty.withEntry(ID.account, { state: 'absent' }).get(ID.account)).toEqual({ state: 'absent' });
  });

  test('finds a resource under any casing of its id', () => {
    const snapshot = Snapshot.empty.withEntry(ID.account, { state: 'present', resource: account() });
    expect(snapshot.get(ID.account.toUpperCase())).toMatchObject({ state: 'present' });
  });

  test('is never changed in place', () => {
    const before = Snapshot.empty.withListing(TYPES.privateEndpoint, { state: 'listed', resources: [] });
    before.withEntry(ID.endpoint, { state: 'present', resource: endpoint() });
    expect(before.list(TYPES.privateEndpoint)).toEqual({ state: 'listed', resources: [] });
    expect(before.get(ID.endpoint)).toBeUndefined();
  });

  test('a listing makes its resources known one by one', () => {
    const snapshot = Snapshot.empty.withListing(TYPES.privateEndpoint, { state: 'listed', resources: [endpoint()] });
    expect(snapshot.get(ID.endpoint)).toMatchObject({ state: 'present' });
    expect(snapshot.present()).toHaveLength(1);
  });

  test('a listing takes note of a resource that was read by itself, and of one that is gone', () => {
    const listed = Snapshot.empty.withListing(TYPES.privateEndpoint, { state: 'listed', resources: [] });
    const found = listed.withEntry(ID.endpoint, { state: 'present', resource: endpoint() });
    expect(found.list(TYPES.privateEndpoint)).toMatchObject({ resources: [{ id: ID.endpoint }] });
    const gone = found.withEntry(ID.endpoint, { state: 'absent' });
    expect(gone.list(TYPES.privateEndpoint)).toEqual({ state: 'listed', resources: [] });
  });

  test('a listed resource that could not be read by itself is still there', () => {
    const listed = Snapshot.empty.withListing(TYPES.privateEndpoint, { state: 'listed', resources: [endpoint()] });
    const busy = listed.withEntry(ID.endpoint, unreadable('throttled'));
    expect(busy.get(ID.endpoint)).toMatchObject({ state: 'unreadable' });
    expect(busy.list(TYPES.privateEndpoint)).toMatchObject({ resources: [{ id: ID.endpoint }] });
  });

  test('a listing that could not be read stays unreadable whatever is read by itself', () => {
    const snapshot = Snapshot.empty
      .withListing(TYPES.privateEndpoint, unreadable())
      .withEntry(ID.endpoint, { state: 'present', resource: endpoint() });
    expect(snapshot.list(TYPES.privateEndpoint)).toMatchObject({ state: 'unreadable' });
  });

  test('of a file knows that everything else can never be read', () => {
    const snapshot = Snapshot.ofFile([account()]);
    expect(snapshot.get(ID.account)).toMatchObject({ state: 'present' });
    expect(snapshot.get(ID.network)).toMatchObject({ state: 'unreadable', reason: 'notInFile' });
    expect(snapshot.list(TYPES.privateEndpoint)).toMatchObject({ state: 'unreadable', reason: 'notInFile' });
  });
});
