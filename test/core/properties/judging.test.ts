import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/evaluate/evaluate';
import { judgeResources, readExport } from '../../../src/core/evaluate/judgeResources';
import { diffOf } from '../../../src/core/plan/diff';
import { makePlan } from '../../../src/core/plan/plan';
import { hostExpectations, privateHosts } from '../../../src/core/probes/targets';
import type { Json } from '../../../src/core/resources/json';
import { INVENTORY_TYPES } from '../../../src/core/resources/resourceTypes';
import { Snapshot, type WireResource } from '../../../src/core/resources/snapshot';
import { checkSetup } from '../../../src/core/setup/checkSetup';
import { discoverSetup } from '../../../src/core/setup/discover';
import { parseSetupFile } from '../../../src/core/setup/setupFile';
import { retold, wireJson, wireObject } from '../support/arbitraryJson';
import { situations } from '../support/arbitraryWorlds';
import { ID, SUBSCRIPTION } from '../support/ids';
import { english, snapshotOf, unreadable, type Readable } from '../support/reading';
import { setup, setupFromNothing } from '../support/setups';
import { hardenedWorld } from '../support/worlds';

const IDS = [
  ...Object.keys(hardenedWorld('AIServices').everything()),
  `${ID.account}/privateLinkResources`,
  `${ID.endpoint}/privateDnsZoneGroups`,
];

/** A hardened world in which some resources say something else than they should. */
const nonsense: fc.Arbitrary<Readable> = fc
  .array(fc.tuple(fc.constantFrom(...IDS), wireObject), { maxLength: 6 })
  .map((replaced) => {
    const world = hardenedWorld('AIServices');
    for (const [id, json] of replaced) world.put({ ...json, id });
    return world;
  });

describe('whatever Azure says', () => {
  test('it can be judged, planned, shown and measured', () => {
    fc.assert(
      fc.property(nonsense, fc.constantFrom(setup(), setupFromNothing('AIServices')), (world, wanted) => {
        const snapshot = snapshotOf(world, { setup: wanted });
        const { findings } = evaluate(wanted, snapshot);
        for (const { evidence, reason } of findings) [reason, ...evidence.map(({ actual }) => actual)].forEach(english);
        const plan = makePlan(wanted, snapshot);
        plan.changes.forEach(diffOf);
        expect(new Set(plan.changes.map(({ id }) => id)).size).toBe(plan.changes.length);
        expect(hostExpectations(wanted, snapshot).every(({ host }) => host.startsWith('contoso-openai.'))).toBe(true);
        privateHosts(wanted, snapshot);
      }),
      { numRuns: 30 },
    );
  });

  test('a file of it can be read and judged, and every finding is on a resource of the file', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            wireJson,
            wireObject.map((json) => ({ ...json, id: ID.account, kind: 'OpenAI' })),
          ),
          { maxLength: 5 },
        ),
        (json) => {
          const resources = readExport(json)?.resources ?? [];
          const ids = new Set(resources.map(({ id }) => id.toLowerCase()));
          for (const { resource } of judgeResources(resources))
            expect([...ids].some((id) => resource.toLowerCase().startsWith(id))).toBe(true);
        },
      ),
    );
  });

  test('a setup can be discovered in it, or not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...IDS), wireObject), { maxLength: 5 }), (replaced) => {
        const resources = replaced.map(([id, json]): WireResource => ({ ...json, id }));
        const inventory = INVENTORY_TYPES.reduce(
          (known, type) => known.withListing(type, { state: 'listed', resources }),
          Snapshot.empty,
        );
        const found = discoverSetup(
          { cloud: 'public', subscription: SUBSCRIPTION, scenario: 'private-access', chosen: {} },
          inventory,
        );
        expect(typeof found.ok).toBe('boolean');
      }),
    );
  });

  test('any JSON is a setup or has faults, each with its place', () => {
    fc.assert(
      fc.property(wireJson, fc.string({ unit: 'binary' }), (json, content) => {
        const checked = checkSetup(json);
        expect(checked.ok || checked.faults.length > 0).toBe(true);
        for (const source of [JSON.stringify(json), content]) {
          const parsed = parseSetupFile(source);
          if (!parsed.ok) expect(parsed.problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
        }
      }),
    );
  });
});

describe('a judgement does not depend', () => {
  const recasings: readonly ((text: string) => string)[] = [
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text,
  ];
  const orders: readonly ((left: string, right: string) => number)[] = [
    (left, right) => (left < right ? -1 : 1),
    (left, right) => (left > right ? -1 : 1),
    (left, right) => left.length - right.length,
  ];

  /** The same world, told differently. */
  function differently(world: Readable, tell: (json: Json) => Json): Readable {
    const retell = (resource: WireResource): WireResource => ({ ...(tell(resource) as WireResource) });
    return {
      get: (id) => {
        const resource = world.get(id);
        return resource && retell(resource);
      },
      list: (type) => world.list(type).map(retell),
    };
  }

  const statuses = (world: Readable, wanted: Parameters<typeof evaluate>[0]) =>
    evaluate(wanted, snapshotOf(world, { setup: wanted })).findings.map(({ step, status }) => [step, status]);

  test('on the letter case of ids and of enums', () => {
    fc.assert(
      fc.property(situations, fc.constantFrom(...recasings), ({ world, setup: wanted }, recase) => {
        const told = differently(world, (json) => retold(json, () => 0, recase));
        expect(statuses(told, wanted)).toEqual(statuses(world, wanted));
      }),
      { numRuns: 20 },
    );
  });

  test('on the order of properties, and neither does what is found', () => {
    fc.assert(
      fc.property(situations, fc.constantFrom(...orders), ({ world, setup: wanted }, order) => {
        const told = differently(world, (json) => retold(json, order, (text) => text));
        const [left, right] = [told, world].map(
          (item) => evaluate(wanted, snapshotOf(item, { setup: wanted })).findings,
        );
        expect(left?.map(({ status }) => status)).toEqual(right?.map(({ status }) => status));
      }),
      { numRuns: 20 },
    );
  });

  test('on the order of a listing', () => {
    fc.assert(
      fc.property(situations, ({ world, setup: wanted }) => {
        const reversed: Readable = { get: (id) => world.get(id), list: (type) => [...world.list(type)].reverse() };
        expect(makePlan(wanted, snapshotOf(reversed, { setup: wanted }))).toEqual(
          makePlan(wanted, snapshotOf(world, { setup: wanted })),
        );
      }),
      { numRuns: 20 },
    );
  });
});

test('what may not be read never makes anything greener', () => {
  fc.assert(
    fc.property(
      situations,
      fc.array(fc.constantFrom(...IDS, ...INVENTORY_TYPES), { maxLength: 4 }),
      ({ world, setup: wanted }, denied) => {
        const seen = evaluate(wanted, snapshotOf(world, { setup: wanted })).findings;
        const blind = evaluate(wanted, snapshotOf(world, { setup: wanted, denied })).findings;
        blind.forEach(({ status }, index) => {
          if (status !== 'unknown') expect(status).toBe(seen[index]?.status);
        });
      },
    ),
    { numRuns: 30 },
  );
});

test('where nothing may be read, nothing is planned', () => {
  fc.assert(
    fc.property(situations, ({ setup: wanted }) => {
      const snapshot = INVENTORY_TYPES.reduce((known, type) => known.withListing(type, unreadable()), Snapshot.empty);
      expect(makePlan(wanted, snapshot).changes).toEqual([]);
    }),
    { numRuns: 10 },
  );
});
