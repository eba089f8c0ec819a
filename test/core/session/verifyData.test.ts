import { describe, expect, test } from 'vitest';
import { privatePathObstacle, verifySetup } from '../../../src/core/session/verify';
import type { Setup } from '../../../src/core/setup/setup';
import { searchService, storageAccount, webApp } from '../support/dataResources';
import { dataWorld, dataWorldWithout, exposedDataWorld, FILE_PATH, privatePath } from '../support/dataWorlds';
import { answerWell, FakeProbes, ingestionRuns } from '../support/fakeProbes';
import { DATA, ID, linkId } from '../support/ids';
import { english, snapshotOf } from '../support/reading';
import { endpoint } from '../support/resources';
import { NEVER } from '../support/sessions';
import { dataSetup } from '../support/setups';
import { VirtualClock } from '../support/virtualClock';
import type { World } from '../support/world';

class Verification {
  readonly probes: FakeProbes;
  readonly clock = new VirtualClock();
  private readonly began = this.clock.now();

  constructor(
    readonly world: World = dataWorld(),
    readonly setup: Setup = dataSetup(),
  ) {
    this.probes = new FakeProbes(world);
    this.probes.kinds = ['internet', 'virtualNetwork', 'webApp'];
  }

  results(rolesAreNew = false) {
    const snapshot = snapshotOf(this.world, { setup: this.setup });
    return verifySetup(this.setup, snapshot, { probes: this.probes, clock: this.clock, signal: NEVER, rolesAreNew });
  }

  /** `id` of results by verdict. */
  async by(verdict: string, rolesAreNew = false): Promise<readonly string[]> {
    return (await this.results(rolesAreNew)).filter((result) => result.verdict === verdict).map(({ id }) => id);
  }

  seconds(): number {
    return (this.clock.now() - this.began) / 1000;
  }
}

const HOSTS = {
  openAi: 'contoso-openai.openai.azure.com',
  search: 'contoso-search.search.windows.net',
  blob: 'contosodata.blob.core.windows.net',
};

describe('a verification of On Your Data', () => {
  test('passes in a world where everything is done, from everywhere', async () => {
    const results = await new Verification().results();
    expect(results.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
  });

  test('looks at all three services from the internet and the network, and at Azure OpenAI from the app', async () => {
    const verification = new Verification();
    const ids = (await verification.results()).map(({ id }) => id);
    for (const host of Object.values(HOSTS)) {
      expect(ids).toContain(`internet-refused/${host}`);
      expect(ids).toContain(`answers/virtualNetwork/${host}`);
    }
    expect(ids.filter((id) => id.includes('/webApp/'))).toEqual([
      `resolves/webApp/${HOSTS.openAi}`,
      `answers/webApp/${HOSTS.openAi}`,
    ]);
  });

  test('measures first, then ingests, then asks: a question needs the index that ingestion made', async () => {
    const verification = new Verification();
    await verification.results();
    const calls = verification.probes.requests.map(([{ path }]) =>
      path.includes('/ingestion/') ? 'ingestion' : path.includes('/chat/') ? 'inference' : 'measure',
    );
    expect(calls.filter((call, index) => call !== calls[index - 1])).toEqual(['measure', 'ingestion', 'inference']);
  });

  test('asks as the app from the app, and ingests as you from everywhere', async () => {
    const verification = new Verification();
    await verification.results();
    const calls = verification.probes.requests.filter(([{ as }]) => as !== undefined);
    const asked = calls.map(
      ([{ as, path }, kind]) => `${kind} ${path.includes('/chat/') ? 'asks' : 'ingests'} as ${as}`,
    );
    expect(new Set(asked)).toEqual(
      new Set([
        'internet ingests as you',
        'virtualNetwork ingests as you',
        'webApp ingests as you',
        'internet asks as you',
        'virtualNetwork asks as you',
        'webApp asks as webApp',
      ]),
    );
  });

  test('finds every service of an exposed world open, and the proofs answered from the internet', async () => {
    const failed = await new Verification(exposedDataWorld()).by('fail');
    expect(failed).toEqual(
      expect.arrayContaining([...Object.values(HOSTS).map((host) => `internet-refused/${host}`), 'inference/internet']),
    );
  });

  test.each([
    ['Search', searchService({ properties: { publicNetworkAccess: null } }), HOSTS.search],
    ['Storage', storageAccount({ properties: { publicNetworkAccess: null, networkAcls: null } }), HOSTS.blob],
  ])('that finds only %s open fails there and nowhere else', async (_, open, host) => {
    expect(await new Verification(dataWorld(open)).by('fail')).toEqual([`internet-refused/${host}`]);
  });

  test('an app outside of the network does not get in', async () => {
    const world = dataWorld(webApp({ properties: { virtualNetworkSubnetId: null } }));
    const failed = await new Verification(world).by('fail');
    expect(failed).toEqual([
      `resolves/webApp/${HOSTS.openAi}`,
      `answers/webApp/${HOSTS.openAi}`,
      'ingestion/webApp',
      'inference/webApp',
    ]);
  });

  test('makes no call that the setup does not want, and none for another scenario', async () => {
    const results = await new Verification(dataWorld(), dataSetup({ options: { proofs: ['inference'] } })).results();
    expect(results.some(({ id }) => id.startsWith('ingestion'))).toBe(false);
    const other = await new Verification(dataWorld(), dataSetup({ scenarios: ['private-access'] })).results();
    expect(other.map(({ id }) => id)).toEqual([
      `internet-refused/${HOSTS.openAi}`,
      `resolves/virtualNetwork/${HOSTS.openAi}`,
      `answers/virtualNetwork/${HOSTS.openAi}`,
    ]);
  });

  test('what cannot be called is unknown, from each position, with the reason', async () => {
    const results = await new Verification(dataWorldWithout(`${ID.account}/deployments/gpt-4o`)).results();
    const proofs = results.filter(({ id }) => /^(ingestion|inference)\//.test(id));
    expect(proofs.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 6 }, () => 'unknown'));
    expect(english(proofs[0]?.advice)).toContain('No model is deployed');
  });
});

describe('an ingestion', () => {
  test('is waited for, but not for ever', async () => {
    const verification = new Verification();
    let looks = 0;
    verification.probes.answer = (request) =>
      request.path.includes('/runs?') && (looks += 1) < 4 ? ingestionRuns('running') : answerWell(request);
    expect(await verification.by('fail')).toEqual([]);
    expect(verification.seconds()).toBe(17);
    const stuck = new Verification();
    stuck.probes.answer = (request) =>
      request.path.includes('/runs?') ? ingestionRuns('running') : answerWell(request);
    expect(await stuck.by('unknown')).toEqual(['ingestion/virtualNetwork', 'ingestion/webApp']);
    expect(stuck.seconds()).toBeLessThan(15 * 60);
  });

  test('that is refused is not waited for', async () => {
    const verification = new Verification();
    verification.probes.answer = (request) =>
      request.path.includes('/ingestion/') ? { status: 400, message: 'no' } : answerWell(request);
    expect(await verification.by('fail')).toEqual(['ingestion/virtualNetwork', 'ingestion/webApp']);
    expect(verification.seconds()).toBe(0);
  });
});

describe('a role that is new', () => {
  const untilThen = (verification: Verification, seconds: number) => {
    const from = verification.clock.now();
    verification.probes.answer = (request) =>
      request.path.includes('/chat/') && verification.clock.now() - from < seconds * 1000
        ? { status: 401, message: 'PermissionDenied' }
        : answerWell(request);
  };

  test('is waited for where a run has just given some', async () => {
    const verification = new Verification();
    untilThen(verification, 200);
    expect(await verification.by('fail', true)).toEqual([]);
    expect(verification.seconds()).toBeGreaterThanOrEqual(200);
  });

  test('is not waited for where none is new', async () => {
    const verification = new Verification();
    untilThen(verification, 200);
    expect(await verification.by('fail')).toEqual(['inference/virtualNetwork', 'inference/webApp']);
    expect(verification.seconds()).toBe(0);
  });
});

describe.each([
  ['search-public-access-disabled', DATA.searchEndpoint, DATA.searchZone, HOSTS.search],
  ['storage-public-access-disabled', DATA.blobEndpoint, DATA.blobZone, HOSTS.blob],
  ['storage-network-default-deny', DATA.blobEndpoint, DATA.blobZone, HOSTS.blob],
])('what closes a service looks at the way to that one: %s', (step, endpointId, zone, host) => {
  const obstacle = async (world: World, accept = false, setup = dataSetup(), probes = new FakeProbes(world)) =>
    english(await privatePathObstacle(step, setup, snapshotOf(world, { setup }), accept, { probes, signal: NEVER }));

  test('and may, where a client was seen to arrive there', async () => {
    expect(await obstacle(dataWorld())).toBe('');
  });

  test('though the way to another one is broken', async () => {
    expect(await obstacle(dataWorldWithout(ID.endpoint))).toBe('');
  });

  test.each([
    ['the endpoint', endpointId],
    ['the link', linkId(zone)],
    ['the record', `${endpointId}/privateDnsZoneGroups/default`],
  ])('and may not without %s, whatever the user accepts', async (_, missing) => {
    expect(await obstacle(dataWorldWithout(missing), true)).toContain('does not hold');
  });

  test('and may not where no client arrives, unless the user accepts that', async () => {
    const probes = new FakeProbes(dataWorld());
    probes.kinds = ['internet'];
    expect(await obstacle(dataWorld(), false, dataSetup(), probes)).toContain(host);
    expect(await obstacle(dataWorld(), true, dataSetup(), probes)).toBe('');
  });
});

test('an account with an endpoint for files is not closed before that one answers as well', async () => {
  const setup = dataSetup({ options: { fileEndpoint: true } });
  const obstacle = async (world: World) => {
    const tools = { probes: new FakeProbes(world), signal: NEVER };
    const snapshot = snapshotOf(world, { setup });
    return english(await privatePathObstacle('storage-public-access-disabled', setup, snapshot, true, tools));
  };
  expect(await obstacle(dataWorld())).toContain('Azure Files');
  const pending = endpoint({ id: DATA.fileEndpoint, account: DATA.storage, group: 'file', status: 'Pending' });
  expect(await obstacle(dataWorld(...privatePath(DATA.fileEndpoint, FILE_PATH), pending))).toContain('Azure Files');
  expect(await obstacle(dataWorld(...privatePath(DATA.fileEndpoint, FILE_PATH)))).toBe('');
});
