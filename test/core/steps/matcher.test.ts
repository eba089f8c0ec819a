import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/core/resources/json';
import {
  describeFound,
  describeValue,
  effectiveValue,
  explain,
  holds,
  matches,
  remedyFor,
  type Assertion,
  type Matcher,
} from '../../../src/core/steps/matcher';
import { text } from '../../../src/core/text';
import { ID } from '../support/ids';
import { english } from '../support/reading';

const approved: Assertion = { at: 'status', must: { kind: 'equals', value: 'Approved' } };

interface Case {
  readonly matcher: Matcher;
  readonly accepts: readonly (Json | undefined)[];
  readonly refuses: readonly (Json | undefined)[];
  readonly words: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'equals a word': {
    matcher: { kind: 'equals', value: 'Disabled' },
    accepts: ['Disabled', 'disabled', 'DISABLED'],
    refuses: [undefined, null, '', 'Enabled', 'Disabled ', true, ['Disabled']],
    words: 'Disabled',
  },
  'equals a flag': {
    matcher: { kind: 'equals', value: true },
    accepts: [true],
    refuses: [undefined, null, false, 'true', 1],
    words: 'true',
  },
  'one of several': {
    matcher: {
      kind: 'oneOf',
      values: ['NetworkSecurityGroupEnabled', 'Enabled'],
      prefer: 'NetworkSecurityGroupEnabled',
    },
    accepts: ['enabled', 'networksecuritygroupenabled'],
    refuses: [undefined, 'Disabled', 'RouteTableEnabled'],
    words: 'one of NetworkSecurityGroupEnabled, Enabled',
  },
  present: {
    matcher: { kind: 'present' },
    accepts: ['x', 0, false, ['x'], {}],
    refuses: [undefined, null, '', []],
    words: 'a value',
  },
  empty: {
    matcher: { kind: 'empty' },
    accepts: [undefined, null, '', []],
    refuses: ['x', [{ name: 'delegation' }], false],
    words: 'empty',
  },
  'includes a word': {
    matcher: { kind: 'includesWord', word: 'SystemAssigned', insteadOf: ['None'] },
    accepts: ['SystemAssigned', 'systemassigned', 'SystemAssigned, UserAssigned', 'UserAssigned,SystemAssigned'],
    refuses: [undefined, 'None', 'UserAssigned', 'NotSystemAssigned', ['SystemAssigned']],
    words: 'includes SystemAssigned',
  },
  'refers to a resource': {
    matcher: { kind: 'refersTo', id: ID.network },
    accepts: [ID.network, ID.network.toLowerCase(), `${ID.network}/`],
    refuses: [undefined, ID.otherNetwork, ID.subnet, { id: ID.network }],
    words: ID.network,
  },
  'some item': {
    matcher: { kind: 'someItem', where: [approved], what: text('an approved connection') },
    accepts: [[{ status: 'approved' }], [{ status: 'Rejected' }, { status: 'Approved', more: 1 }]],
    refuses: [undefined, null, [], [{ status: 'Pending' }], ['Approved'], { status: 'Approved' }],
    words: 'an approved connection',
  },
  'some item and no other': {
    matcher: { kind: 'someItem', where: [approved], andNoOther: true, what: text('approved ones') },
    accepts: [[{ status: 'Approved' }], [{ status: 'Approved' }, { status: 'approved' }]],
    refuses: [[], [{ status: 'Approved' }, { status: 'Pending' }]],
    words: 'approved ones',
  },
  'not set': {
    matcher: { kind: 'unset' },
    accepts: [undefined, null],
    refuses: ['', false, 0, [], {}, 'x'],
    words: 'not set',
  },
  'in a region': {
    matcher: { kind: 'inRegion', region: 'Japan East' },
    accepts: ['japaneast', 'Japan East', 'JAPANEAST'],
    refuses: [undefined, '', 'japanwest', 'eastus', ['japaneast']],
    words: 'Japan East',
  },
  'offered in a region': {
    matcher: { kind: 'offeredIn', region: 'japaneast' },
    accepts: [['Japan East'], ['Global', 'japaneast']],
    refuses: [undefined, [], 'japaneast', ['Japan West'], [{}]],
    words: 'offered in japaneast',
  },
  'room for one more': {
    matcher: { kind: 'room', of: 'VirtualNetworks' },
    accepts: [
      { currentValue: 0, limit: 1 },
      { currentValue: 999, limit: 1000, unit: 'Count' },
    ],
    refuses: [undefined, {}, { currentValue: 1, limit: 1 }, { currentValue: 0 }, { limit: 5 }, [], 'room'],
    words: 'room for one more of VirtualNetworks',
  },
  'ends with one of several': {
    matcher: { kind: 'endsWithOneOf', values: ['a-1', 'b-2'] },
    accepts: ['a-1', `${ID.subscription}/providers/Microsoft.Authorization/roleDefinitions/B-2`],
    refuses: [undefined, '', 'c-3', 'a-1/more', 'xa-1', ['a-1']],
    words: 'one of a-1, b-2',
  },
  'exactly these': {
    matcher: { kind: 'exactly', values: ['OpenVPN', 'IkeV2'] },
    accepts: [
      ['OpenVPN', 'IkeV2'],
      ['ikev2', 'openvpn'],
    ],
    refuses: [undefined, [], 'OpenVPN, IkeV2', ['OpenVPN'], ['OpenVPN', 'IkeV2', 'SSTP'], ['OpenVPN', 'OpenVPN']],
    words: 'OpenVPN, IkeV2',
  },
  'an object that is there': {
    matcher: { kind: 'present', propose: { mode: 'a' } },
    accepts: [{}, { mode: null }, { mode: 'b' }],
    refuses: [undefined, null],
    words: 'a value',
  },
  'address rules': {
    matcher: { kind: 'addressRules', allowed: ['20.1.2.3', '20.4.0.0/24'] },
    accepts: [[{ value: '20.4.0.0/24' }, { value: '20.1.2.3' }]],
    refuses: [
      undefined,
      [],
      [{ value: '20.1.2.3' }],
      [{ value: '20.1.2.3' }, { value: '20.4.0.0/24' }, { value: '0.0.0.0/0' }],
    ],
    words: 'exactly 20.1.2.3, 20.4.0.0/24',
  },
  'no address rules': {
    matcher: { kind: 'addressRules', allowed: [] },
    accepts: [undefined, null, []],
    refuses: [[{ value: '20.1.2.3' }]],
    words: 'no addresses',
  },
};

describe.each(Object.entries(CASES))('the matcher “%s”', (_, { matcher, accepts, refuses, words }) => {
  test.each(accepts.map((value) => [JSON.stringify(value), value] as const))('accepts %s', (_json, value) => {
    expect(matches(matcher, value)).toBe(true);
  });

  test.each(refuses.map((value) => [JSON.stringify(value), value] as const))('refuses %s', (_json, value) => {
    expect(matches(matcher, value)).toBe(false);
  });

  test('says what it expects', () => {
    expect(english(explain(matcher))).toBe(words);
  });
});

describe('remedyFor', () => {
  test.each<[string, Matcher, Json | undefined, Json]>([
    ['equals', { kind: 'equals', value: false }, true, false],
    ['oneOf writes what is preferred', { kind: 'oneOf', values: ['a', 'b'], prefer: 'b' }, 'c', 'b'],
    ['present writes the proposal', { kind: 'present', propose: 'name' }, undefined, 'name'],
    ['refersTo writes the id', { kind: 'refersTo', id: ID.network }, 'x', ID.network],
    ['includesWord replaces None', { kind: 'includesWord', word: 'A', insteadOf: ['None'] }, 'none', 'A'],
    ['includesWord keeps the others', { kind: 'includesWord', word: 'A', insteadOf: ['None'] }, 'B, C', 'A, B, C'],
    [
      'addressRules writes exactly these',
      { kind: 'addressRules', allowed: ['20.1.2.3'] },
      [{ value: '9.9.9.9' }],
      [{ value: '20.1.2.3' }],
    ],
    ['unset takes it away', { kind: 'unset' }, { apiKeyOnly: {} }, null],
    ['exactly writes these and no others', { kind: 'exactly', values: ['AAD'] }, ['AAD', 'Certificate'], ['AAD']],
    [
      'someItem and no other begins the list',
      { kind: 'someItem', where: [approved], andNoOther: true, add: { status: 'Approved' }, what: text('x') },
      undefined,
      [{ status: 'Approved' }],
    ],
    [
      'someItem appends',
      { kind: 'someItem', where: [approved], add: { status: 'Approved' }, what: text('x') },
      [{ status: 'Pending' }],
      [{ status: 'Pending' }, { status: 'Approved' }],
    ],
    [
      'someItem takes the place of its namesake',
      { kind: 'someItem', where: [approved], add: { name: 'a', status: 'Approved' }, what: text('x') },
      [{ name: 'A', status: 'Pending' }, { name: 'b' }],
      [{ name: 'a', status: 'Approved' }, { name: 'b' }],
    ],
  ])('%s, and the result matches', (_, matcher, value, remedy) => {
    expect(matches(matcher, value)).toBe(false);
    expect(remedyFor(matcher, value)).toEqual(remedy);
    expect(matches(matcher, remedyFor(matcher, value))).toBe(true);
  });

  test.each<[string, Matcher]>([
    ['present without a proposal', { kind: 'present' }],
    ['empty: what is there is somebody’s', { kind: 'empty' }],
    ['inRegion: nothing can be moved', { kind: 'inRegion', region: 'eastus' }],
    ['offeredIn: where Azure has it is not ours to say', { kind: 'offeredIn', region: 'eastus' }],
    ['room: only Azure gives more', { kind: 'room', of: 'VirtualNetworks' }],
    ['endsWithOneOf: which of them is not said', { kind: 'endsWithOneOf', values: ['a'] }],
    [
      'someItem and no other, where something else is there: that is somebody’s',
      { kind: 'someItem', where: [approved], andNoOther: true, add: { status: 'Approved' }, what: text('x') },
    ],
    ['someItem without an item to add', { kind: 'someItem', where: [approved], what: text('x') }],
  ])('there is none for %s', (_, matcher) => {
    expect(remedyFor(matcher, ['something'])).toBeUndefined();
  });
});

describe('a property that is left out', () => {
  const publicAccess: Assertion = {
    at: 'properties.publicNetworkAccess',
    absentMeans: 'Enabled',
    must: { kind: 'equals', value: 'Disabled' },
  };

  test.each([
    ['absent', { properties: {} }],
    ['null', { properties: { publicNetworkAccess: null } }],
    ['without its surroundings', {}],
  ])('stands for what its absence means: %s', (_, resource) => {
    expect(effectiveValue(resource, publicAccess)).toBe('Enabled');
    expect(holds(resource, publicAccess)).toBe(false);
  });
});

describe('describeFound', () => {
  const offered = { kind: 'offeredIn', region: 'japaneast' } as const;
  test.each([
    ['Japan East, East US', ['Japan East', 'East US'], 'offered in japaneast'],
    ['East US alone', ['East US'], 'offered elsewhere'],
    ['no region', [], 'none'],
    ['nothing', undefined, 'not set'],
  ])('says of %s whether it is the region that was asked for', (_, value, words) => {
    expect(english(describeFound(offered, value))).toBe(words);
  });
  test('says the value itself of every other matcher', () => {
    expect(english(describeFound({ kind: 'equals', value: 1 }, 2))).toBe('2');
  });
});

describe('describeValue', () => {
  test.each<[Json | undefined, string]>([
    [undefined, 'not set'],
    [null, 'not set'],
    ['', 'not set'],
    [[], 'none'],
    [false, 'false'],
    [0, '0'],
    ['Enabled', 'Enabled'],
    [[{ name: 'a' }, { value: 'b' }, { id: 'c' }, { ipv4Address: '10.0.0.4' }], 'a, b, c, 10.0.0.4'],
    [['d', { other: 1 }], 'd, {"other":1}'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j is “%s”', (value, words) => {
    expect(english(describeValue(value))).toBe(words);
  });
});
