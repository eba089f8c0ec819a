import { describe, expect, test } from 'vitest';
import { summarize } from '../../../src/core/evaluate/finding';
import { resourceTypeOf } from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import { essenceOf } from '../support/comparing';
import { searchService, webApp } from '../support/dataResources';
import { dataWorldWithout, emptyDataWorld, exposedDataWorld } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { Bench, NEVER } from '../support/sessions';
import { dataSetup, dataSetupFromNothing } from '../support/setups';

const JOURNEYS = [
  ['exposed services', exposedDataWorld, dataSetup()],
  ['nothing at all', emptyDataWorld, dataSetupFromNothing()],
  ['nothing, with every option', emptyDataWorld, dataSetupFromNothing({ sharedPrivateLink: true, fileEndpoint: true })],
  [
    'half of it',
    () =>
      dataWorldWithout(DATA.searchEndpoint, DATA.webAppSubnet)
        .put(searchService({ properties: { networkRuleSet: null, publicNetworkAccess: null } }))
        .put(webApp({ properties: { virtualNetworkSubnetId: null } })),
    { ...dataSetup(), roles: { ...dataSetup().roles, webAppSubnet: dataSetupFromNothing().roles.webAppSubnet } },
  ],
] as const;

describe.each(JOURNEYS)('from %s', (_, start, wanted) => {
  test('a run ends with every step done, proves it, and can be taken back property by property', async () => {
    const bench = new Bench(start(), wanted);
    bench.probes.kinds = ['internet', 'virtualNetwork', 'webApp'];
    const before = essenceOf(bench.world);
    const run = await bench.applyAll();
    expect(run.changes.flatMap(({ change, error }) => (error ? [change.id, error] : []))).toEqual([]);
    expect(run.outcome).toBe('succeeded');
    const { findings, plan } = bench.session.state;
    expect(summarize(findings)).toMatchObject({ nonCompliant: 0, unknown: 0, manual: 0 });
    expect(plan).toEqual({ changes: [], blocked: [] });
    expect((await bench.session.verify(NEVER)).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);

    const undo = await bench.undo(run.runId);
    expect(undo.changes.flatMap(({ change, error }) => (error ? [change.id, error] : []))).toEqual([]);
    expect(undo.outcome).toBe('succeeded');
    expect(essenceOf(bench.world)).toEqual(before);
  });
});

test('roles are given to identities that the same run switched on, each to its own', async () => {
  const bench = new Bench(exposedDataWorld(), dataSetup());
  await bench.applyAll();
  const principals = bench.world
    .list(TYPES.roleAssignment)
    .map((assignment) => (assignment['properties'] as Record<string, string>)['principalId']);
  expect(new Set(principals)).toEqual(
    new Set(['principal-of-contoso-openai', 'principal-of-contoso-search', 'principal-of-contoso-app', DATA.developer]),
  );
});

test('where nobody is seen to arrive, nothing is closed, and all else is done but to switch keys off', async () => {
  const bench = new Bench(exposedDataWorld(), dataSetup());
  bench.probes.kinds = ['internet'];
  const run = await bench.applyAll();
  expect(run.outcome).toBe('partial');
  for (const id of [ID.account, DATA.search, DATA.storage])
    expect(JSON.stringify(bench.world.get(id))).not.toMatch(/"publicNetworkAccess":"disabled"|"defaultAction":"Deny"/i);
  const guarded = run.changes.filter(({ change }) => change.guards.length > 0);
  expect(guarded.map(({ status }) => status)).toEqual(expect.not.arrayContaining(['succeeded']));
  const free = run.changes.filter(({ change, status }) => change.guards.length === 0 && status !== 'succeeded');
  expect(free.map(({ change, status }) => `${change.step} ${status}`).sort()).toEqual([
    'aoai-disable-local-auth skipped',
    'search-disable-local-auth skipped',
    'storage-disable-shared-key skipped',
  ]);
});

test('a verification after a run that gave roles waits for them; one long after does not', async () => {
  const bench = new Bench(exposedDataWorld(), dataSetup());
  await bench.applyAll();
  const refuseFor = (seconds: number) => {
    const from = bench.azure.clock.now();
    const { answer } = bench.probes;
    bench.probes.answer = (request) =>
      request.path.includes('/chat/') && bench.azure.clock.now() - from < seconds * 1000
        ? { status: 401 }
        : answer(request);
  };
  refuseFor(120);
  const failed = async () =>
    (await bench.session.verify(NEVER)).filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  expect(await failed()).toEqual([]);
  await bench.azure.clock.sleep(3_600_000);
  refuseFor(120);
  expect(await failed()).toEqual(['inference/virtualNetwork']);
});

test('no run writes a principal, a key or a token of anybody into its journal beside what the plan says', async () => {
  const bench = new Bench(exposedDataWorld(), dataSetup());
  const run = await bench.applyAll();
  const roles = run.changes.filter(({ change }) => resourceTypeOf(change.resource) === TYPES.roleAssignment);
  expect(roles.length).toBeGreaterThan(5);
  expect(bench.journal.content(run.runId)).not.toContain('principal-of-');
});
