import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseResourceId,
  resourceIdIn,
  resourceKey,
  sameResource,
  topLevelResourceId,
} from '../../../src/core/resources/resourceId';
import { containsPart, mergePatch } from '../../../src/core/resources/wireEquality';
import {
  findFreeRange,
  isPublicIpv4Range,
  parseIpv4Range,
  rangeContains,
  rangesOverlap,
} from '../../../src/core/setup/addresses';
import { hostsBlock, withHostsBlock } from '../../../src/core/snippets/hostsBlock';
import { renderText, text } from '../../../src/core/text';
import { wireObject } from '../support/arbitraryJson';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._()-]{0,20}$/);

const cidr = fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 8, max: 30 })).map(([address, length]) => {
  const first = address - (address % 2 ** (32 - length));
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 0xff).join('.')}/${length}`;
});

describe('resource ids', () => {
  test('come apart into what they were put together from', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        name,
        name,
        fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 4 }),
        (subscriptionId, resourceGroup, namespace, parts) => {
          const path = parts.flat().join('/');
          const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${namespace}/${path}`;
          expect(parseResourceId(id)).toEqual({
            subscriptionId,
            resourceGroup,
            type: [namespace, ...parts.map(([type]) => type)].join('/'),
            names: parts.map(([, own]) => own),
          });
          const [[type = '', own = ''] = []] = parts;
          const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
          expect(topLevelResourceId(id)).toBe(resourceIdIn(group, `${namespace}/${type}`, own));
        },
      ),
    );
  });

  test('have one key whatever their casing and however many slashes end them', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(3), (id, slashes) => {
        expect(sameResource(id, `${id.toLowerCase()}${'/'.repeat(slashes)}`)).toBe(true);
        expect(resourceKey(resourceKey(id))).toBe(resourceKey(id));
      }),
    );
  });

  test('any text is an id or is none, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        const parts = parseResourceId(`/subscriptions/${id}`);
        expect(parts === undefined || parts.names.length > 0 || parts.type !== '').toBe(true);
      }),
    );
  });
});

describe('mergePatch', () => {
  test('an empty patch changes nothing, and a patch upon itself neither', () => {
    fc.assert(
      fc.property(wireObject, wireObject, (target, patch) => {
        expect(mergePatch(target, {})).toEqual(target);
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  test('what it makes has everything that the patch says', () => {
    fc.assert(
      fc.property(wireObject, wireObject, (target, patch) => {
        // Inside an object that the patch creates, null has nothing to remove and leaves nothing.
        expect(containsPart(mergePatch(target, patch), mergePatch({}, patch))).toBe(true);
      }),
    );
  });

  test('what the patch does not name stays as it was', () => {
    fc.assert(
      fc.property(wireObject, wireObject, (target, patch) => {
        const merged = mergePatch(target, patch);
        for (const [key, value] of Object.entries(target)) {
          if (!Object.hasOwn(patch, key))
            expect(Object.entries(merged).find(([other]) => other === key)?.[1]).toBe(value);
        }
      }),
    );
  });

  test('neither the target nor the patch is touched', () => {
    fc.assert(
      fc.property(wireObject, wireObject, (target, patch) => {
        const [before, by] = [JSON.stringify(target), JSON.stringify(patch)];
        mergePatch(target, patch);
        expect([JSON.stringify(target), JSON.stringify(patch)]).toEqual([before, by]);
      }),
    );
  });
});

test('every JSON contains itself, and what has more in it', () => {
  fc.assert(
    fc.property(wireObject, wireObject, (value, more) => {
      expect(containsPart(value, value)).toBe(true);
      expect(containsPart({ ...more, ...value }, value)).toBe(true);
    }),
  );
});

describe('findFreeRange', () => {
  test('finds what is inside the space, of the wanted size, and overlaps nothing', () => {
    fc.assert(
      fc.property(
        fc.array(cidr, { minLength: 1, maxLength: 3 }),
        fc.array(cidr, { maxLength: 8 }),
        fc.integer({ min: 12, max: 29 }),
        (spaces, taken, length) => {
          const found = parseIpv4Range(findFreeRange(spaces, taken, length) ?? '');
          if (found === undefined) return;
          expect(found.prefixLength).toBe(length);
          expect(spaces.some((space) => contains(space, found))).toBe(true);
          expect(taken.some((other) => overlaps(other, found))).toBe(false);
        },
      ),
    );
  });

  test('finds one wherever there is one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 31 }), { maxLength: 31 }), (taken) => {
        const subnets = taken.map((index) => `10.0.${Math.floor(index / 8)}.${(index % 8) * 32}/27`);
        expect(findFreeRange(['10.0.0.0/22'], subnets, 27)).toBeDefined();
      }),
    );
  });
});

function contains(outer: string, inner: NonNullable<ReturnType<typeof parseIpv4Range>>): boolean {
  const range = parseIpv4Range(outer);
  return range !== undefined && rangeContains(range, inner);
}

function overlaps(other: string, range: NonNullable<ReturnType<typeof parseIpv4Range>>): boolean {
  const parsed = parseIpv4Range(other);
  return parsed !== undefined && rangesOverlap(parsed, range);
}

test('a public range has no private address in it', () => {
  const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8'];
  fc.assert(
    fc.property(cidr, (range) => {
      if (isPublicIpv4Range(range))
        expect(privateNetworks.some((network) => overlaps(network, parseIpv4Range(range) ?? never()))).toBe(false);
    }),
  );
});

function never(): never {
  throw new Error('A public range is a range.');
}

describe('the hosts file', () => {
  const line = fc.string({ unit: 'binary-ascii' }).map((content) => content.replace(/[\r\n]/g, ' '));
  const file = fc
    .tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, newline, ended]) => lines.join(newline) + (ended ? newline : ''));
  const setupName = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
  const block = (name: string, address: string): readonly string[] => {
    const result = hostsBlock(name, [{ host: 'contoso.openai.azure.com', address }]);
    return result.ok ? result.lines : [];
  };

  test('is the same after the second time, and everything but the block stays byte for byte', () => {
    fc.assert(
      fc.property(file, setupName, fc.constantFrom('\n', '\r\n'), (content, name, newline) => {
        const once = withHostsBlock(content, name, block(name, '10.0.1.4'), newline) ?? never();
        expect(once.startsWith(content)).toBe(true);
        expect(withHostsBlock(once, name, block(name, '10.0.1.4'), newline)).toBe(once);
        const moved = withHostsBlock(once, name, block(name, '10.0.1.5'), newline);
        expect(moved).toBe(once.replaceAll('10.0.1.4 contoso', '10.0.1.5 contoso'));
      }),
    );
  });

  test('no name of a setup can write a line of its own, and two names never share a block', () => {
    fc.assert(
      fc.property(setupName, setupName, (left, right) => {
        const [first = '', ...rest] = block(left, '10.0.1.4');
        expect([first, ...rest].every((item) => /^[\x20-\x7e]+$/.test(item))).toBe(true);
        expect(first === block(right, '10.0.1.4')[0]).toBe(left === right);
      }),
    );
  });
});

test('a sentence shows its values as they are', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      expect(renderText(text('{0}|{1}', left, right))).toBe(`${left}|${right}`);
    }),
  );
});
