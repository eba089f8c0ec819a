import { describe, expect, test } from 'vitest';
import { containsPart, mergePatch, normalizeLocation } from '../../../src/core/resources/wireEquality';

describe('containsPart', () => {
  test('what Azure adds of its own makes no difference', () => {
    const wire = {
      location: 'eastus',
      etag: '1',
      properties: { publicNetworkAccess: 'Disabled', endpoint: 'https://x/' },
    };
    expect(containsPart(wire, { properties: { publicNetworkAccess: 'Disabled' } })).toBe(true);
  });

  test('texts compare without regard to case, numbers and flags exactly', () => {
    expect(containsPart({ a: 'DENY' }, { a: 'Deny' })).toBe(true);
    expect(containsPart({ a: 1 }, { a: '1' })).toBe(false);
    expect(containsPart({ a: 'true' }, { a: true })).toBe(false);
  });

  test('ids compare without their trailing slash', () => {
    expect(containsPart({ id: '/subscriptions/a/' }, { id: '/subscriptions/A' })).toBe(true);
  });

  test('a location compares without its spaces, any other text with them', () => {
    expect(containsPart({ location: 'Japan East' }, { location: 'japaneast' })).toBe(true);
    expect(containsPart({ name: 'Japan East' }, { name: 'japaneast' })).toBe(false);
  });

  test('null in the part means that nothing is set', () => {
    expect(containsPart({}, { a: null })).toBe(true);
    expect(containsPart({ a: null }, { a: null })).toBe(true);
    expect(containsPart({ a: 'x' }, { a: null })).toBe(false);
  });

  test('where a whole object is missing, nothing in it is set; an object with nothing in it is not missing', () => {
    expect(containsPart({}, { a: { b: null, c: { d: null } } })).toBe(true);
    expect(containsPart({ a: null }, { a: { b: null } })).toBe(true);
    expect(containsPart({}, { a: { b: null, c: 1 } })).toBe(false);
    expect(containsPart({ a: 'x' }, { a: { b: null } })).toBe(false);
    expect(containsPart({}, { a: {} })).toBe(false);
    expect(containsPart({ a: {} }, { a: {} })).toBe(true);
  });

  test('lists are equal in any order, but not with an item more or less', () => {
    const rules = [{ value: '20.0.0.1' }, { value: '20.0.0.2' }];
    expect(containsPart({ rules: [...rules].reverse() }, { rules })).toBe(true);
    expect(containsPart({ rules: rules.slice(1) }, { rules })).toBe(false);
    expect(containsPart({ rules: [...rules, { value: '20.0.0.3' }] }, { rules })).toBe(false);
  });

  test('two equal items in the part need two in the whole', () => {
    expect(containsPart(['a', 'b'], ['a', 'a'])).toBe(false);
  });

  test('an item of a list may have more properties than the part asks for', () => {
    expect(containsPart([{ name: 'x', id: '1' }], [{ name: 'X' }])).toBe(true);
  });

  test.each(['etag', 'provisioningState'])('what Azure notes on an item as its %s makes no difference', (note) => {
    expect(containsPart([{ name: 'a', [note]: '2' }], [{ name: 'a', [note]: '1' }])).toBe(true);
  });

  test('a value of another shape is never equal', () => {
    expect(containsPart('x', { a: 1 })).toBe(false);
    expect(containsPart({ a: {} }, { a: [] })).toBe(false);
    expect(containsPart(undefined, 'x')).toBe(false);
  });

  test('what every object inherits is not part of it', () => {
    expect(containsPart({}, { toString: null })).toBe(true);
    expect(containsPart({}, JSON.parse('{"__proto__": {}}'))).toBe(false);
  });
});

describe('mergePatch', () => {
  test('merges objects, replaces lists and scalars, removes what is null', () => {
    const target = { a: { kept: 1, changed: 1, removed: 1 }, list: [1, 2], same: true };
    expect(mergePatch(target, { a: { changed: 2, removed: null }, list: [3] })).toEqual({
      a: { kept: 1, changed: 2 },
      list: [3],
      same: true,
    });
  });

  test('an object replaces what was none', () => {
    expect(mergePatch({ a: 'text' }, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
  });

  test('a property that is undefined in the patch stays as it is', () => {
    expect(mergePatch({ a: 1 }, { a: undefined })).toEqual({ a: 1 });
  });

  test('names that every object inherits are names like any other', () => {
    const tags = JSON.parse('{"constructor": "acme", "__proto__": "x", "toString": "y"}');
    expect(Object.entries(mergePatch(tags, {}))).toEqual(Object.entries(tags));
    expect(Object.entries(mergePatch({}, tags))).toEqual(Object.entries(tags));
  });
});

test('a location is the same with or without spaces and capitals', () => {
  expect(normalizeLocation('Japan East')).toBe(normalizeLocation('japaneast'));
});
