import { describe, expect, test } from 'vitest';
import { diffOf } from '../../../src/core/plan/diff';
import {
  describeReference,
  lastPartOf,
  parseReference,
  referencesIn,
  referenceTo,
  withValues,
} from '../../../src/core/plan/reference';
import { ID } from '../support/ids';
import { account } from '../support/resources';

const REFERENCE = referenceTo(ID.account, 'identity.principalId');
const READ = (id: string) =>
  id === ID.account ? account({ identity: { type: 'SystemAssigned', principalId: 'p-1' } }) : undefined;

describe('a reference', () => {
  test('is written as templates write it, and read back', () => {
    expect(REFERENCE).toBe(`[reference('${ID.account}').identity.principalId]`);
    expect(parseReference(REFERENCE)).toEqual({ resource: ID.account, path: 'identity.principalId' });
  });

  test.each([
    ['an id', ID.account],
    ['nothing', undefined],
    ['a number', 5],
    ['another expression', "[resourceId('x')]"],
    ['a reference without a path', "[reference('x')]"],
    ['a reference to nothing', "[reference('').a]"],
    ['a path with more than names in it', "[reference('x').a['b']]"],
    ['a reference inside a text', `see ${REFERENCE}`],
  ])('%s is none', (_, value) => {
    expect(parseReference(value)).toBeUndefined();
  });

  test('reads as the name of the resource and the property', () => {
    expect(describeReference({ resource: ID.account, path: 'identity.principalId' })).toBe(
      'contoso-openai › identity.principalId',
    );
  });

  test('can be to what stands behind the last slash of a value', () => {
    const part = lastPartOf(ID.account, 'properties.endpoint');
    expect(part).toBe(`[last(split(reference('${ID.account}').properties.endpoint, '/'))]`);
    expect(parseReference(part)).toEqual({ resource: ID.account, path: 'properties.endpoint', lastPart: true });
    const read = () => ({ id: ID.account, properties: { endpoint: 'https://x/keys/one/v7' } });
    expect(withValues({ a: part, b: REFERENCE.replace('identity.principalId', 'id') }, read)).toEqual({
      a: 'v7',
      b: ID.account,
    });
  });

  test('is found wherever it stands in a body', () => {
    const body = { a: REFERENCE, b: { c: [REFERENCE, { d: REFERENCE }] }, e: 'x', f: null, g: 1 };
    expect(referencesIn(body)).toHaveLength(3);
    expect(referencesIn(undefined)).toEqual([]);
  });

  test('is shown by name in a difference, and never as an expression', () => {
    const [line] = diffOf({ action: 'create', before: null, after: { properties: { principalId: REFERENCE } } });
    expect(line).toEqual({ kind: 'add', path: 'principalId', value: 'contoso-openai › identity.principalId' });
  });
});

describe('withValues', () => {
  test('puts every value in its place, however deep, and leaves all else alone', () => {
    const body = { a: REFERENCE, b: { c: [REFERENCE, 'x', 1, null] }, d: true };
    expect(withValues(body, READ)).toEqual({ a: 'p-1', b: { c: ['p-1', 'x', 1, null] }, d: true });
  });

  test('takes items of lists by their place', () => {
    const read = () => ({ id: ID.account, properties: { addresses: ['10.0.0.4', '10.0.0.5'] } });
    const item = (index: number) => referenceTo(ID.account, `properties.addresses[${String(index)}]`);
    expect(withValues({ a: item(1) }, read)).toEqual({ a: '10.0.0.5' });
    expect(withValues({ a: item(2) }, read)).toBeUndefined();
  });

  test('gives a body without references back as it is', () => {
    expect(withValues({ a: [{ b: null }], c: 'x' }, READ)).toEqual({ a: [{ b: null }], c: 'x' });
  });

  test.each([
    ['the resource is not there', referenceTo(ID.network, 'location')],
    ['the property is not there yet', referenceTo(ID.account, 'properties.nothing')],
  ])('gives none where %s, though others are', (_, missing) => {
    expect(withValues({ a: REFERENCE, b: { c: [missing] } }, READ)).toBeUndefined();
  });

  test.each([null, ''])('a value that is %j is not there yet', (principalId) => {
    const read = () => ({ id: ID.account, identity: { principalId } });
    expect(withValues({ a: REFERENCE }, read)).toBeUndefined();
  });
});
