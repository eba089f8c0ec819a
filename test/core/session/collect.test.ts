import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/evaluate/evaluate';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { UnreadableReason } from '../../../src/core/resources/snapshot';
import { collect } from '../../../src/core/session/collect';
import { dataWorld, emptyDataWorld, exposedDataWorld } from '../support/dataWorlds';
import { FakeAzure } from '../support/fakeAzure';
import { ID, zoneId } from '../support/ids';
import { statusesOf } from '../support/reading';
import { endpoint, record } from '../support/resources';
import { NEVER } from '../support/sessions';
import { dataSetup, dataSetupFromNothing, setup, setupFromNothing } from '../support/setups';
import type { World } from '../support/world';
import { emptyWorld, exposedWorld, GROUP_ID, hardenedWithout, hardenedWorld } from '../support/worlds';

function handKept(): World {
  const world = hardenedWorld('AIServices');
  world.remove(GROUP_ID);
  ['cognitiveservices.azure.com', 'openai.azure.com', 'services.ai.azure.com'].forEach((name, index) =>
    world.put(record([`10.0.1.${4 + index}`], 'contoso-openai', zoneId(`privatelink.${name}`))),
  );
  return world;
}

/** Endpoints of another network under the names that ours would take. */
function crowded(): World {
  const names = Array.from({ length: 10 }, (_, index) => (index === 0 ? ID.endpoint : `${ID.endpoint}-${index + 1}`));
  return exposedWorld(...names.map((id) => endpoint({ id, subnet: ID.otherSubnet })));
}

describe('collect reads what the steps ask for', () => {
  test.each<[string, () => World, ReturnType<typeof setup>]>([
    ['nothing at all', emptyWorld, setupFromNothing()],
    ['an exposed account', exposedWorld, setup()],
    ['a hardened account', hardenedWorld, setup()],
    ['a hardened account of AI Services', () => hardenedWorld('AIServices'), setup()],
    ['three records that are kept by hand', handKept, setup()],
    ['an account without an endpoint', () => hardenedWithout(ID.endpoint), setup()],
    ['everything of On Your Data', dataWorld, dataSetup()],
    ['exposed services', exposedDataWorld, dataSetup()],
    ['nothing of On Your Data', emptyDataWorld, dataSetupFromNothing({ sharedPrivateLink: true, fileEndpoint: true })],
  ])('until they have no more questions: %s', async (_, world, wanted) => {
    const snapshot = await collect(wanted, new FakeAzure(world()), { signal: NEVER });
    const { findings, askedFor, listed } = evaluate(wanted, snapshot);
    expect(askedFor.filter((id) => snapshot.get(id) === undefined)).toEqual([]);
    expect(listed.filter((type) => snapshot.list(type) === undefined)).toEqual([]);
    expect(Object.fromEntries(findings.map(({ step, status }) => [step, status]))).toEqual(
      statusesOf(world(), { setup: wanted }),
    );
  });

  test('each thing once, and each by itself even where a listing had it', async () => {
    const azure = new FakeAzure(hardenedWorld('AIServices'));
    await collect(setup(), azure, { signal: NEVER });
    const reads = azure.asked.filter(({ kind }) => kind === 'read').map(({ what }) => resourceKey(what));
    expect(new Set(reads).size).toBe(reads.length);
    expect(reads).toEqual(expect.arrayContaining([ID.endpoint, zoneId()].map(resourceKey)));
  });

  test('and of On Your Data only what the setup is about', async () => {
    const azure = new FakeAzure(dataWorld());
    const { vpnGateway: _gateway, gatewaySubnet: _subnet, ...roles } = dataSetup().roles;
    await collect(dataSetup({ roles, options: { defender: false, developers: [] } }), azure, { signal: NEVER });
    const reads = azure.asked.filter(({ kind }) => kind === 'read').map(({ what }) => resourceKey(what));
    expect(new Set(reads).size).toBe(reads.length);
    expect(reads.filter((id) => /vpngw|gatewaysubnet|pricings|sharedprivatelink|-file|indexes/.test(id))).toEqual([]);
  });

  test('and nothing that only a skipped step would ask for', async () => {
    const azure = new FakeAzure(hardenedWorld());
    await collect(setup({ skip: { 'resource-providers': 'no rights' } }), azure, { signal: NEVER });
    expect(
      azure.asked.some(({ what }) => what.includes('/providers/Microsoft.Network') && !what.includes('resourceGroups')),
    ).toBe(false);
  });
});

test('a listing that is behind does not hide what is there', async () => {
  const azure = new FakeAzure(hardenedWorld());
  azure.list = (types) => Promise.resolve(new Map(types.map((type) => [type, { state: 'listed', resources: [] }])));
  const snapshot = await collect(setup(), azure, { signal: NEVER });
  const { findings } = evaluate(setup(), snapshot);
  expect(findings.filter(({ status }) => status === 'nonCompliant')).toEqual([]);
});

test('names that others have taken are found out one by one, however many a listing does not show yet', async () => {
  const azure = new FakeAzure(crowded());
  azure.list = (types) => Promise.resolve(new Map(types.map((type) => [type, { state: 'listed', resources: [] }])));
  const snapshot = await collect(setup(), azure, { signal: NEVER });
  const { askedFor } = evaluate(setup(), snapshot);
  expect(askedFor.filter((id) => snapshot.get(id) === undefined)).toEqual([]);
  expect(askedFor).toContain(`${ID.endpoint}-11`);
});

test('tells how far it is, never more than it knows of', async () => {
  const seen: (readonly [number, number])[] = [];
  await collect(setup(), new FakeAzure(hardenedWorld()), {
    signal: NEVER,
    onProgress: (read, total) => seen.push([read, total]),
  });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.every(([read, total]) => read <= total)).toBe(true);
  expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1]);
});

test('ends at once when it is cancelled', async () => {
  const controller = new AbortController();
  const azure = new FakeAzure(hardenedWorld());
  azure.onRead = (_, seen) => {
    controller.abort(new Error('stop'));
    return seen;
  };
  await expect(collect(setup(), azure, { signal: controller.signal })).rejects.toThrow('stop');
});

describe('what could not be read for a reason that passes', () => {
  const stumble = (reason: UnreadableReason, times: number) => {
    const azure = new FakeAzure(hardenedWorld());
    const asked = new Map<string, number>();
    azure.onRead = (id, seen) => {
      const count = (asked.get(id) ?? 0) + 1;
      asked.set(id, count);
      return id === ID.account && count <= times ? { state: 'unreadable', reason, detail: '' } : seen;
    };
    return azure;
  };

  test('is looked at again, with all that it leads to', async () => {
    const azure = stumble('throttled', 2);
    const snapshot = await collect(setup(), azure, { signal: NEVER, clock: azure.clock });
    const fair = await collect(setup(), new FakeAzure(hardenedWorld()), { signal: NEVER });
    expect(
      snapshot
        .present()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(
      fair
        .present()
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('stays unread where it does not pass', async () => {
    const azure = stumble('unreachable', Infinity);
    const snapshot = await collect(setup(), azure, { signal: NEVER, clock: azure.clock });
    expect(snapshot.get(ID.account)).toMatchObject({ state: 'unreadable', reason: 'unreachable' });
  });

  test('is what Azure has no time for; what it forbids is asked once', async () => {
    const azure = stumble('forbidden', Infinity);
    await collect(setup(), azure, { signal: NEVER, clock: azure.clock });
    expect(azure.asked.filter(({ what, kind }) => kind === 'read' && what === ID.account)).toHaveLength(1);
  });
});
