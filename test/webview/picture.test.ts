import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import type { NetworkPicture, PicturePlace } from '../../src/protocol/networkPicture';
import { layOut } from '../../webview/view/picture/layOut';
import type { PlacedBox, Rectangle } from '../../webview/view/picture/placed';
import { closedNetwork, dataNetwork, exposedNetwork, gatewayNetwork } from './fixtures/network';
import { exposed, onYourData } from './fixtures/states';
import { WizardBrowser } from './harness/wizard';

const state = fc.constantFrom('present', 'planned', 'unknown', 'missing');
const steps = fc.array(fc.string(), { maxLength: 2 });
const part = { state, steps };
const box = { label: fc.string(), note: fc.string(), ...part };
const index = fc.integer({ min: -1, max: 7 });
const place = fc.record({ subnet: index, item: index });

/** Any network: up to six services, subnets with up to four things in them; some lead to what is not there. */
const anyNetwork: fc.Arbitrary<NetworkPicture> = fc.record({
  description: fc.string(),
  facts: fc.array(fc.string(), { maxLength: 3 }),
  internet: fc.record({ label: fc.string(), note: fc.string() }),
  callers: fc.array(fc.record({ ...box, subnet: index, way: fc.record({ ...part, label: fc.string() }) }), {
    maxLength: 3,
  }),
  virtualNetwork: fc.record({
    ...box,
    subnets: fc.array(
      fc.record({ ...box, items: fc.array(fc.record({ ...box, service: fc.option(index) }), { maxLength: 4 }) }),
      { maxLength: 5 },
    ),
  }),
  services: fc.array(
    fc.record({
      ...box,
      reachable: fc.constantFrom('open', 'limited', 'closed', 'unknown'),
      reachableLabel: fc.string(),
      reachableSteps: steps,
    }),
    { maxLength: 6 },
  ),
  hops: fc.array(fc.record({ ...part, from: place, to: place, label: fc.string() }), { maxLength: 4 }),
  calls: fc.array(fc.record({ ...part, from: index, to: index, label: fc.string() }), { maxLength: 6 }),
});
const anyWidth = fc.integer({ min: 100, max: 1600 });

describe('however the network is made and however wide the page is', () => {
  test('every box has its place inside the picture', () => {
    fc.assert(
      fc.property(anyNetwork, anyWidth, (network, width) => {
        const placed = layOut(network, width);
        for (const { x, y, width: w, height } of placed.boxes) {
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
        for (const group of [of('internet', 'network', 'service', 'caller'), of('subnet'), of('item')]) {
          for (const [at, one] of group.entries()) {
            for (const other of group.slice(at + 1)) expect(overlap(one, other)).toBe(false);
          }
        }
        for (const subnet of of('subnet')) expect(of('network').some((outer) => contains(outer, subnet))).toBe(true);
        for (const item of of('item')) expect(of('subnet').some((outer) => contains(outer, item))).toBe(true);
      }),
    );
  });

  test('everything that leads somewhere has its line, and nothing else has one', () => {
    fc.assert(
      fc.property(anyNetwork, anyWidth, (network, width) => {
        const { links } = layOut(network, width);
        const { services, callers, calls, hops, virtualNetwork } = network;
        const items = virtualNetwork.subnets.flatMap((subnet) => subnet.items);
        const isKnown = (service: number | null): boolean => service !== null && services[service] !== undefined;
        const count = (kind: string) => links.filter((link) => link.kind === kind).length;
        expect(count('public')).toBe(services.length);
        expect(count('private')).toBe(items.filter(({ service }) => isKnown(service)).length);
        expect(count('way')).toBe(callers.filter(({ subnet }) => virtualNetwork.subnets[subnet] !== undefined).length);
        expect(count('call')).toBe(calls.filter(({ from, to }) => from !== to && isKnown(from) && isKnown(to)).length);
        const itemAt = ({ subnet, item }: PicturePlace) => virtualNetwork.subnets[subnet]?.items[item];
        const led = hops.filter(({ from, to }) => itemAt(from) && itemAt(to) && itemAt(from) !== itemAt(to));
        expect(count('hop')).toBe(led.length);
        expect(links.filter(({ mark }) => mark !== null)).toHaveLength(
          services.filter(({ reachable }) => reachable === 'closed').length,
        );
        expect(links.map(({ path, head }) => `${path}${head ?? ''}`).join()).not.toMatch(/NaN|undefined|Infinity/);
      }),
    );
  });
});

test('what a gateway passes calls on to is reached without a line over what stands between', () => {
  for (const width of [320, 480, 620, 860, 1400]) {
    const { boxes, links } = layOut(gatewayNetwork, width);
    const items = boxes.filter(({ kind }) => kind === 'item');
    const verticals = links.filter(({ kind }) => kind === 'hop').flatMap(({ path }) => verticalsOf(path));
    expect(verticals).toHaveLength(2);
    for (const { x, top, bottom } of verticals) {
      const crossed = items.filter(
        (box) => x > box.x && x < box.x + box.width && bottom > box.y + 1 && top < box.y + box.height - 1,
      );
      expect(
        crossed.map(({ label }) => label),
        `${width} px`,
      ).toEqual([]);
    }
  }
});

test('the picture keeps to the width that it is given, and is higher where it is narrow', () => {
  expect(layOut(exposedNetwork, 820).width).toBe(820);
  expect(layOut(exposedNetwork, 320).width).toBe(320);
  expect(layOut(dataNetwork, 320).height).toBeGreaterThan(layOut(dataNetwork, 820).height);
});

test('the names of an estate as documents draw it fit their boxes where the page is as wide as a desktop’s', () => {
  for (const network of [dataNetwork, gatewayNetwork]) {
    for (const { kind, width } of layOut(network, 860).boxes.filter(({ kind: each }) => each !== 'network')) {
      expect(width, kind).toBeGreaterThanOrEqual(104);
    }
  }
});

describe('in the page', async () => {
  const browser = await WizardBrowser.start();
  afterAll(() => browser.stop());

  test('what the shown step is about stands out, and choosing a part shows the step that it waits for', async () => {
    const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-dns-zone' } });
    const current = () => wizard.page.locator('.picture .current .box-label').allTextContents();
    expect(await current()).toEqual(['pe-contoso-openai']);
    await wizard.page.getByRole('button', { name: 'contoso-openai, eastus, public access on' }).click();
    expect(await wizard.heading().textContent()).toBe('API keys off for contoso-openai');
    await expect.poll(current).toEqual(['contoso-openai']);
    await wizard.close();
  });

  test('a keyboard walks its parts as one Tab stop and chooses one', async () => {
    const wizard = await browser.open({ state: exposed(), memory: { view: 'aoai-private-endpoint' } });
    expect(await wizard.page.locator('.picture [tabindex="0"]').count()).toBe(1);
    await wizard.page.locator('.picture [tabindex="0"]').focus();
    await wizard.page.keyboard.press('End');
    const named = await wizard.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(named).toBe('contoso-openai: public access on');
    await wizard.page.keyboard.press('Enter');
    expect(await wizard.heading().textContent()).toBe('Network rules deny by default for contoso-openai');
    await wizard.close();
  });

  test('no name and no line sticks out of it, from a telephone to a wide screen', async () => {
    for (const width of [420, 560, 700, 900, 1200, 1500]) {
      const wizard = await browser.open({ width, memory: { view: 'run' } });
      for (const network of [exposedNetwork, closedNetwork, dataNetwork, gatewayNetwork]) {
        await wizard.receive({ ...onYourData(), network });
        const { description } = network;
        expect(await wizard.page.locator('.picture desc').textContent()).toBe(description);
        expect(await outside(wizard.page), `${description} at ${width} px`).toEqual([]);
      }
      await wizard.close();
    }
  });
});

/** Parts of the drawing that reach beyond it. */
function outside(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const frame = document.querySelector('.picture svg')?.getBoundingClientRect();
    if (frame === undefined) return ['no picture'];
    return [...document.querySelectorAll<SVGGraphicsElement>('.picture rect, .picture .line, .picture .head')]
      .filter((shape) => {
        const { left, right, top, bottom } = shape.getBoundingClientRect();
        return left < frame.left - 2 || right > frame.right + 2 || top < frame.top - 2 || bottom > frame.bottom + 2;
      })
      .map((shape) => shape.outerHTML.slice(0, 120));
  });
}

/** The straight lines up or down in a path of absolute lines and relative corners. */
function verticalsOf(path: string) {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MHVq])([^MHVq]*)/g)].flatMap(([, command, numbers = '']) => {
    const values = numbers.trim().split(/[ ,]+/).map(Number);
    const from = y;
    if (command === 'M') [x, y] = [values[0] ?? NaN, values[1] ?? NaN];
    if (command === 'H') x = values[0] ?? NaN;
    if (command === 'V') y = values[0] ?? NaN;
    if (command === 'q') [x, y] = [x + (values[2] ?? NaN), y + (values[3] ?? NaN)];
    return command === 'V' ? [{ x, top: Math.min(from, y), bottom: Math.max(from, y) }] : [];
  });
}

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
