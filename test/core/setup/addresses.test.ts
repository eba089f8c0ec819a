import { describe, expect, test } from 'vitest';
import {
  findFreeRange,
  isPrivateIpv4,
  isPublicIpv4Range,
  parseIpv4Range,
  rangeContains,
  rangesOverlap,
  usableAddresses,
  type Ipv4Range,
} from '../../../src/core/setup/addresses';

function range(cidr: string): Ipv4Range {
  const parsed = parseIpv4Range(cidr);
  if (parsed === undefined) throw new Error(`${cidr} is no range.`);
  return parsed;
}

describe('parseIpv4Range', () => {
  test('gives the first and the last address', () => {
    expect(parseIpv4Range('10.0.1.0/27')).toEqual({ first: 0x0a000100, last: 0x0a00011f, prefixLength: 27 });
    expect(parseIpv4Range('0.0.0.0/0')).toEqual({ first: 0, last: 0xffffffff, prefixLength: 0 });
  });

  test.each(['10.0.0.1/24', '10.0.0.0', '10.0.0.0/33', '10.0.0/24', '256.0.0.0/8', 'fd00::/8', '', ' 10.0.0.0/8'])(
    '%j is none',
    (cidr) => {
      expect(parseIpv4Range(cidr)).toBeUndefined();
    },
  );
});

test('ranges overlap when they share an address, and contain what is wholly inside', () => {
  expect(rangesOverlap(range('10.0.0.0/24'), range('10.0.0.128/25'))).toBe(true);
  expect(rangesOverlap(range('10.0.0.0/24'), range('10.0.1.0/24'))).toBe(false);
  expect(rangeContains(range('10.0.0.0/16'), range('10.0.255.0/24'))).toBe(true);
  expect(rangeContains(range('10.0.0.0/24'), range('10.0.0.0/16'))).toBe(false);
});

test('Azure keeps five addresses of every subnet', () => {
  expect([29, 27, 30].map((length) => usableAddresses(range(`10.0.0.0/${length}`)))).toEqual([3, 27, 0]);
});

describe('findFreeRange', () => {
  test('takes the first gap that is large enough, on its own boundary', () => {
    expect(findFreeRange(['10.0.0.0/22'], [], 27)).toBe('10.0.0.0/27');
    expect(findFreeRange(['10.0.0.0/22'], ['10.0.0.0/24', '10.0.1.0/28'], 27)).toBe('10.0.1.32/27');
    expect(findFreeRange(['10.0.0.0/22'], ['10.0.0.0/28', '10.0.0.128/25'], 27)).toBe('10.0.0.32/27');
  });

  test('goes on to the next space', () => {
    expect(findFreeRange(['10.0.0.0/24', '10.9.0.0/24'], ['10.0.0.0/16'], 27)).toBe('10.9.0.0/27');
  });

  test('finds nothing in a space that is full or too small', () => {
    expect(findFreeRange(['10.0.0.0/28'], [], 27)).toBeUndefined();
    expect(findFreeRange(['10.0.0.0/24'], ['10.0.0.0/24'], 27)).toBeUndefined();
    expect(findFreeRange([], [], 27)).toBeUndefined();
  });

  test('ranges that are not IPv4 are no obstacle', () => {
    expect(findFreeRange(['fd00::/8', '10.0.0.0/24'], ['fd00::/64', 'nonsense'], 27)).toBe('10.0.0.0/27');
  });
});

describe('isPrivateIpv4', () => {
  test.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'])('%s is', (address) => {
    expect(isPrivateIpv4(address)).toBe(true);
  });

  test.each([
    '172.32.0.1',
    '20.1.2.3',
    '127.0.0.1',
    '169.254.1.1',
    '100.64.0.1',
    '10.1',
    '0x0a.0.0.1',
    '10.0.0.1/32',
    '::1',
    '',
    '10.0.0.1\n20.1.2.3',
  ])('%j is not', (address) => {
    expect(isPrivateIpv4(address)).toBe(false);
  });
});

describe('isPublicIpv4Range', () => {
  test.each(['20.1.2.3', '20.4.0.0/24', '9.9.9.9/32'])('%s is', (value) => {
    expect(isPublicIpv4Range(value)).toBe(true);
  });

  test.each([
    '10.0.0.1',
    '192.168.0.0/16',
    '0.0.0.0/0',
    '0.0.0.0',
    '127.0.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '20.4.0.1/24',
    'fd00::1',
    'x',
    '',
  ])('%j is not', (value) => {
    expect(isPublicIpv4Range(value)).toBe(false);
  });

  test.each(['8.0.0.0/5', '172.0.0.0/8', '128.0.0.0/1', '192.0.0.0/8'])(
    '%s is not, because private addresses are in it',
    (value) => {
      expect(isPublicIpv4Range(value)).toBe(false);
    },
  );
});
