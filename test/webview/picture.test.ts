import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkPicture } from '../../src/protocol/wizardState';
import { layOut } from '../../webview/view/picture/layOut';
import type { PlacedBox, Rectangle } from '../../webview/view/picture/placed';
import { exposedNetwork, largeNetwork } from './fixtures/network';

const state = fc.constantFrom('present', 'planned', 'unknown');
const box = { label: fc.string(), note: fc.string(), state };

/** Any network: up to six services, subnets with up to four endpoints, some of them to services that do not exist. */
const anyNetwork: fc.Arbitrary<NetworkPicture> = fc.record({
  description: fc.string(),
  facts: fc.array(fc.string(), { maxLength: 3 }),
  internet: fc.record({ label: fc.string(), note: fc.string(), open: fc.boolean() }),
  virtualNetwork: fc.record({
    ...box,
    subnets: fc.array(
      fc.record({
        ...box,
        endpoints: fc.array(fc.record({ ...box, service: fc.integer({ min: -1, max: 7 }) }), { maxLength: 4 }),
      }),
      { maxLength: 5 },
    ),
  }),
  services: fc.array(
    fc.record({
      ...box,
      reachable: fc.constantFrom('open', 'limited', 'closed', 'unknown'),
      reachableLabel: fc.string(),
    }),
    { maxLength: 6 },
  ),
});
const anyWidth = fc.integer({ min: 100, max: 1600 });

describe('however the network is made and however wide the page is', () => {
  test('every box and every word has its place inside the picture', () => {
    fc.assert(
      fc.property(anyNetwork, anyWidth, (network, width) => {
        const placed = layOut(network, width);
        const labels = placed.links.flatMap(({ label }) => label ?? []);
        for (const { x, y, width: w, height } of [...placed.boxes, ...labels]) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(w).toBeGreaterThan(20);
          expect(x + w).toBeLessThanOrEqual(placed.width);
          expect(y + height).toBeLessThanOrEqual(placed.height);
        }
      }),
    );
  });

  test('boxes of one kind do not overlap, and what is inside another box is wholly inside', () => {
    fc.assert(
      fc.property(anyNetwork, anyWidth, (network, width) => {
        const { boxes } = layOut(network, width);
        const of = (...kinds: PlacedBox['kind'][]) => boxes.filter(({ kind }) => kinds.includes(kind));
        for (const group of [of('internet', 'network', 'service'), of('subnet'), of('endpoint')]) {
          for (const [at, one] of group.entries()) {
            for (const other of group.slice(at + 1)) expect(overlap(one, other)).toBe(false);
          }
        }
        for (const subnet of of('subnet')) expect(of('network').some((outer) => contains(outer, subnet))).toBe(true);
        for (const endpoint of of('endpoint'))
          expect(of('subnet').some((outer) => contains(outer, endpoint))).toBe(true);
      }),
    );
  });

  test('every service has its line from the internet, and every endpoint of a known service its own', () => {
    fc.assert(
      fc.property(anyNetwork, anyWidth, (network, width) => {
        const { links } = layOut(network, width);
        const endpoints = network.virtualNetwork.subnets.flatMap((subnet) => subnet.endpoints);
        const known = endpoints.filter(({ service }) => network.services[service] !== undefined);
        expect(links.filter(({ kind }) => kind === 'public')).toHaveLength(network.services.length);
        expect(links.filter(({ kind }) => kind === 'private')).toHaveLength(known.length);
        expect(links.filter(({ mark }) => mark !== null)).toHaveLength(
          network.services.filter(({ reachable }) => reachable === 'closed').length,
        );
        expect(links.map(({ path }) => path).join()).not.toMatch(/NaN|undefined|Infinity/);
      }),
    );
  });
});

test('the picture keeps to the width that it is given, and is higher where it is narrow', () => {
  expect(layOut(exposedNetwork, 820).width).toBe(820);
  expect(layOut(exposedNetwork, 320).width).toBe(320);
  expect(layOut(largeNetwork, 320).height).toBeGreaterThan(layOut(largeNetwork, 820).height);
});

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
