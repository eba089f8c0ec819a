import { describe, expect, test } from 'vitest';
import { privatePathObstacle, verifySetup } from '../../../src/core/session/verify';
import type { Setup } from '../../../src/core/setup/setup';
import { FakeProbes } from '../support/fakeProbes';
import { ID, linkId } from '../support/ids';
import { english, snapshotOf } from '../support/reading';
import { endpoint, record } from '../support/resources';
import { NEVER } from '../support/sessions';
import { setup } from '../support/setups';
import { VirtualClock } from '../support/virtualClock';
import type { World } from '../support/world';
import { exposedWorld, GROUP_ID, hardenedWithout, hardenedWorld } from '../support/worlds';

const CLOSING = 'aoai-public-access-disabled';

async function obstacle(world: World, probes = new FakeProbes(world), accept = false, wanted: Setup = setup()) {
  const tools = { probes, signal: NEVER };
  return english(await privatePathObstacle(CLOSING, wanted, snapshotOf(world, { setup: wanted }), accept, tools));
}

function verified(world: World, probes = new FakeProbes(world), wanted: Setup = setup()) {
  const tools = { probes, clock: new VirtualClock(), signal: NEVER };
  return verifySetup(wanted, snapshotOf(world, { setup: wanted }), tools);
}

describe('the public way in may be closed', () => {
  test('when the private path stands and a client was seen to arrive', async () => {
    expect(await obstacle(hardenedWorld())).toBe('');
    expect(await obstacle(hardenedWorld('AIServices'))).toBe('');
  });

  test('when nobody could be seen to arrive, only if the user accepts losing access', async () => {
    const world = hardenedWorld();
    const probes = new FakeProbes(world);
    probes.kinds = ['internet'];
    expect(await obstacle(world, probes)).toContain('you would lose access');
    expect(await obstacle(world, probes, true)).toBe('');
  });
});

describe('the public way in may not be closed', () => {
  test.each<[string, () => World, string]>([
    ['without an endpoint', () => hardenedWithout(ID.endpoint), 'Private endpoint of Azure OpenAI'],
    [
      'while the connection waits for approval',
      () => hardenedWithout(ID.endpoint).put(endpoint({ status: 'Pending' })),
      'Private endpoint of Azure OpenAI',
    ],
    ['without a record', () => hardenedWithout(GROUP_ID), 'Private DNS records of Azure OpenAI'],
    [
      'with a stale record',
      () => hardenedWorld('OpenAI', record(['10.0.1.99'])),
      'Private DNS records of Azure OpenAI',
    ],
    ['without the link', () => hardenedWithout(linkId()), 'Private DNS zone for Azure OpenAI linked'],
  ])('%s, whatever the user accepts', async (_, world, title) => {
    const message = `“${title}” does not hold, so closing the public way in would cut everyone off.`;
    expect(await obstacle(world())).toBe(message);
    expect(await obstacle(world(), undefined, true)).toBe(message);
  });

  test('where one of the three names of an account is not reached', async () => {
    const world = hardenedWorld('AIServices');
    const probes = new FakeProbes(world);
    const measure = probes.measure.bind(probes);
    probes.measure = async (request, position) => {
      const seen = await measure(request, position);
      return request.host.includes('services.ai')
        ? { ...seen, https: { address: '10.0.1.6', error: 'ECONNREFUSED' } }
        : seen;
    };
    expect(await obstacle(world, probes)).toContain('contoso-openai.services.ai.azure.com');
  });

  test('where a part of the path may not be read', async () => {
    const world = hardenedWorld();
    const snapshot = snapshotOf(world, { denied: ['microsoft.network/privateendpoints'] });
    const tools = { probes: new FakeProbes(world), signal: NEVER };
    expect(english(await privatePathObstacle(CLOSING, setup(), snapshot, true, tools))).toContain('does not hold');
  });

  test('where a part of the path is skipped', async () => {
    const skipping = setup({ skip: { 'aoai-private-dns-link': 'done by others' } });
    expect(await obstacle(hardenedWithout(linkId()), undefined, true, skipping)).toContain('does not hold');
  });
});

describe('verifySetup', () => {
  test('measures every name of the account from every position', async () => {
    const world = hardenedWorld('AIServices');
    const probes = new FakeProbes(world);
    const results = await verified(world, probes);
    expect(probes.measured).toHaveLength(6);
    expect(results).toHaveLength(3 + 6);
    expect(results.every(({ verdict }) => verdict === 'pass')).toBe(true);
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
  });

  test('an exposed account fails from both sides', async () => {
    const results = await verified(exposedWorld());
    expect(results.map(({ verdict }) => verdict)).toEqual(['fail', 'fail', 'fail']);
  });

  test('without a virtual network in the setup, only what needs none is measured', async () => {
    const world = hardenedWorld();
    const { virtualNetwork: _network, ...roles } = setup().roles;
    const probes = new FakeProbes(world);
    await verified(world, probes, setup({ roles }));
    expect(probes.measured).toEqual(['internet contoso-openai.openai.azure.com']);
  });
});
