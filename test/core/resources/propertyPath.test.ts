import { describe, expect, test } from 'vitest';
import { readPath, withoutPath, withPath } from '../../../src/core/resources/propertyPath';

describe('readPath', () => {
  test('finds a name in its own casing before any other casing of it', () => {
    expect(readPath({ kind: 'right', Kind: 'wrong' }, 'kind')).toBe('right');
    expect(readPath({ Properties: { PublicNetworkAccess: 'Disabled' } }, 'properties.publicNetworkAccess')).toBe(
      'Disabled',
    );
  });

  test.each([
    ['a missing property', { properties: {} }],
    ['a null on the way', { properties: null }],
    ['a text on the way', { properties: 'text' }],
    ['a list on the way', { properties: ['networkAcls'] }],
  ])('finds nothing behind %s', (_, value) => {
    expect(readPath(value, 'properties.networkAcls')).toBeUndefined();
  });

  test('finds items of a list by their place', () => {
    expect(readPath({ properties: { list: ['a', { b: 'c' }] } }, 'properties.list.1.b')).toBe('c');
    expect(readPath({ list: ['a'] }, 'list.length')).toBeUndefined();
  });

  test('what every object inherits is not a property', () => {
    expect(readPath({}, 'constructor')).toBeUndefined();
    expect(readPath({}, 'toString.name')).toBeUndefined();
  });
});

describe('withoutPath', () => {
  test('takes one property away and leaves all else', () => {
    expect(withoutPath({ a: 1, properties: { format: 'x', path: 'y' } }, 'properties.format')).toEqual({
      a: 1,
      properties: { path: 'y' },
    });
    expect(withoutPath({ a: 1 }, 'properties.format')).toEqual({ a: 1 });
  });
});

describe('withPath', () => {
  test('makes the objects on the way and keeps what stands beside', () => {
    const before = { sku: 'S0', properties: { a: 1 } };
    expect(withPath(before, 'properties.networkAcls.defaultAction', 'Deny')).toEqual({
      sku: 'S0',
      properties: { a: 1, networkAcls: { defaultAction: 'Deny' } },
    });
    expect(before).toEqual({ sku: 'S0', properties: { a: 1 } });
  });

  test('replaces what is no object on the way', () => {
    expect(withPath({ properties: null }, 'properties.a', 1)).toEqual({ properties: { a: 1 } });
  });
});
