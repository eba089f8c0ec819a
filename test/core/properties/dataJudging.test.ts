import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/evaluate/evaluate';
import { diffOf } from '../../../src/core/plan/diff';
import { makePlan } from '../../../src/core/plan/plan';
import { proofParts } from '../../../src/core/probes/proofs';
import { hostExpectations, privateHosts } from '../../../src/core/probes/targets';
import { INVENTORY_TYPES } from '../../../src/core/resources/resourceTypes';
import { Snapshot, type WireResource } from '../../../src/core/resources/snapshot';
import { discoverSetup } from '../../../src/core/setup/discover';
import { retold, wireObject } from '../support/arbitraryJson';
import { dataSituations } from '../support/arbitraryDataWorlds';
import { dataWorld, FILE_PATH, privatePath } from '../support/dataWorlds';
import { DATA, ID, SUBSCRIPTION } from '../support/ids';
import { english, snapshotOf, type Readable } from '../support/reading';
import { dataSetup, dataSetupFromNothing } from '../support/setups';

const INDEX = `${DATA.search}/indexes/reports`;
const EVERYTHING = {
  sharedPrivateLink: true,
  fileEndpoint: true,
  documentAccess: { index: 'reports', field: 'group_ids' },
  project: { id: DATA.developer, type: 'ServicePrincipal' },
} as const;
const IDS = [
  ...Object.keys(dataWorld(...privatePath(DATA.fileEndpoint, FILE_PATH)).everything()),
  ...[ID.account, DATA.search, DATA.storage].flatMap((id) => [
    `${id}/privateLinkResources`,
    `${id}/providers/Microsoft.Authorization/roleAssignments`,
  ]),
  ...[
    `${ID.account}/deployments`,
    `${DATA.search}/sharedPrivateLinkResources`,
    INDEX,
    `${INDEX}/documentsWithout/group_ids`,
  ],
  `${DATA.storage}/blobServices/default/containers`,
];

/** A hardened world in which some resources say something else than they should. */
const nonsense: fc.Arbitrary<Readable> = fc
  .array(fc.tuple(fc.constantFrom(...IDS), wireObject), { maxLength: 8 })
  .map((replaced) => {
    const world = dataWorld(...privatePath(DATA.fileEndpoint, FILE_PATH));
    for (const [id, json] of replaced) world.put({ ...json, id });
    return world;
  });

describe('whatever Azure says of On Your Data', () => {
  test('it can be judged, planned, shown, measured and called', () => {
    const setups = [dataSetup({ options: EVERYTHING }), dataSetupFromNothing(EVERYTHING)];
    fc.assert(
      fc.property(nonsense, fc.constantFrom(...setups), (world, setup) => {
        const snapshot = snapshotOf(world, { setup });
        for (const { evidence, reason, notes = [] } of evaluate(setup, snapshot).findings)
          [reason, ...notes, ...evidence.map(({ actual }) => actual)].forEach(english);
        const plan = makePlan(setup, snapshot);
        plan.changes.forEach(diffOf);
        expect(new Set(plan.changes.map(({ id }) => id)).size).toBe(plan.changes.length);
        expect(hostExpectations(setup, snapshot).every(({ host }) => /^contoso[a-z-]*\./.test(host))).toBe(true);
        privateHosts(setup, snapshot);
        proofParts(setup, snapshot);
      }),
      { numRuns: 8 },
    );
  });

  test('a setup can be discovered in it, or not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...IDS), wireObject), { maxLength: 6 }), (replaced) => {
        const resources = replaced.map(([id, json]): WireResource => ({ ...json, id }));
        const inventory = INVENTORY_TYPES.reduce(
          (known, type) => known.withListing(type, { state: 'listed', resources }),
          Snapshot.empty,
        );
        const request = { cloud: 'public', subscription: SUBSCRIPTION, scenario: 'on-your-data', chosen: {} } as const;
        const found = discoverSetup(request, inventory);
        expect(found.ok || 'ambiguous' in found).toBe(true);
      }),
    );
  });
});

describe('a judgement of On Your Data', () => {
  const statuses = (world: Readable, setup: Parameters<typeof evaluate>[0], denied: readonly string[] = []) =>
    evaluate(setup, snapshotOf(world, { setup, denied })).findings.map(({ step, status }) => [step, status]);

  test('does not depend on the letter case of ids and of enums', () => {
    const recasings = [(told: string) => told.toUpperCase(), (told: string) => told.toLowerCase()];
    fc.assert(
      fc.property(dataSituations, fc.constantFrom(...recasings), ({ world, setup }, recase) => {
        const retell = (resource: WireResource) => retold(resource, () => 0, recase) as WireResource;
        const told: Readable = {
          get: (id) => {
            const resource = world.get(id);
            return resource && retell(resource);
          },
          list: (type) => world.list(type).map(retell),
        };
        expect(statuses(told, setup)).toEqual(statuses(world, setup));
      }),
      { numRuns: 8 },
    );
  });

  test('and a plan do not depend on the order of listings', () => {
    fc.assert(
      fc.property(dataSituations, ({ world, setup }) => {
        const reversed: Readable = { get: (id) => world.get(id), list: (type) => [...world.list(type)].reverse() };
        expect(makePlan(setup, snapshotOf(reversed, { setup }))).toEqual(makePlan(setup, snapshotOf(world, { setup })));
      }),
      { numRuns: 8 },
    );
  });

  test('is never greener for what may not be read', () => {
    fc.assert(
      fc.property(
        dataSituations,
        fc.array(fc.constantFrom(...IDS, ...INVENTORY_TYPES), { maxLength: 5 }),
        ({ world, setup }, denied) => {
          const seen = new Map(statuses(world, setup).map(([step = '', status]) => [step, status]));
          for (const [step = '', status] of statuses(world, setup, denied))
            if (status !== 'unknown') expect([step, status]).toEqual([step, seen.get(step)]);
        },
      ),
      { numRuns: 8 },
    );
  });
});
