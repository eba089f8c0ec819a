import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/resources/json';
import type { FaultPlan } from '../../src/sandbox/faults/faultPlan';
import { networkId } from '../../src/sandbox/worlds/builders';
import { at, withSandbox } from './client';
import { codeOf, network, networkBody, networkUrl, NETWORK_VERSION, WORLD, withFault } from './faultSetup';

describe('which requests meet faults', () => {
  const always: FaultPlan = { seed: 1, rate: 1, kinds: ['expiredToken'] };

  it('those to Microsoft Graph do, and are answered in its words', () =>
    withFault(always, async (client) => {
      const answer = await client.get('/v1.0/me');
      expect(codeOf(answer)).toEqual([401, 'InvalidAuthenticationToken']);
      expect(at(answer.body, 'error', 'innerError', 'request-id')).toBe(answer.headers['request-id']);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('x-ms-'))).toEqual([]);
    }));

  it('those to the sandbox itself, to files, and without a token do not', () =>
    withFault(always, async (client, sandbox) => {
      expect((await client.get('/.sandbox')).status).toBe(200);
      expect((await fetch(`${sandbox.endpoint}/vpnprofileimmutable/x`)).status).toBe(403);
      expect((await fetch(sandbox.endpoint + networkUrl)).status).toBe(401);
      expect(sandbox.faultReport()).toMatchObject({ requests: 0, met: [] });
    }));

  it('different queries of Resource Graph are different requests, whatever their order', async () => {
    const asked = ['resources', 'resources | count'];
    const met = async (queries: readonly string[]) =>
      withFault({ seed: 4, rate: 0.5, kinds: ['claims'] }, async (client, sandbox) => {
        for (const query of queries) {
          await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', { query });
        }
        return sandbox
          .faultReport()
          .met.map((fault) => fault.asked)
          .sort();
      });
    const several = Array.from({ length: 12 }, (_, index) => `resources | limit ${String(index + 1)}`);
    const all = [...asked, ...several];
    const inOrder = await met(all);
    expect(inOrder.length).toBeGreaterThan(0);
    expect(inOrder.length).toBeLessThan(all.length);
    expect(await met([...all].reverse())).toEqual(inOrder);
  });

  it('polls are known by what is being done, not by the id of the operation', async () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => networkId('rg', name));
    const met = (ids: readonly string[]) =>
      withFault({ seed: 2, rate: 0.4, kinds: ['expiredToken', 'claims'] }, async (client, sandbox) => {
        for (const id of ids) {
          let created = await client.put(`${id}${NETWORK_VERSION}`, networkBody);
          while (created.status === 401) created = await client.put(`${id}${NETWORK_VERSION}`, networkBody);
          await client.follow(created);
        }
        return sandbox.faultReport().met.map(({ asked, occurrence, kind }) => `${asked} ${String(occurrence)} ${kind}`);
      });
    const inOrder = await met(names);
    expect(inOrder.filter((each) => each.startsWith('GET create of')).length).toBeGreaterThan(0);
    expect((await met([...names].reverse())).sort()).toEqual([...inOrder].sort());
  });
});

describe('switching faults on and off', () => {
  it('is done with an option', () =>
    withSandbox({ world: WORLD, faults: { at: 1, kind: 'throttle' } }, async (client) => {
      expect((await client.get(networkUrl)).status).toBe(429);
    }));

  it('is done over the wire, which tells what has happened since', () =>
    withSandbox({ world: WORLD }, async (client) => {
      await client.get(networkUrl);
      expect((await client.get('/.sandbox/faults')).body).toEqual({ requests: 1, met: [] });
      const plan = { seed: 1, rate: 1, kinds: ['claims'] };
      expect(await client.put('/.sandbox/faults', plan)).toMatchObject({ status: 200, body: { plan, requests: 0 } });
      expect((await client.get(networkUrl)).status).toBe(401);
      const asked = `GET ${network.toLowerCase()}`;
      const met = [{ request: 1, method: 'GET', path: network, asked, occurrence: 1, kind: 'claims' }];
      expect((await client.get('/.sandbox/faults')).body).toEqual({ plan, requests: 1, met });
      expect((await client.delete('/.sandbox/faults')).status).toBe(204);
      expect([(await client.get(networkUrl)).status, (await client.get(networkUrl)).status]).toEqual([200, 200]);
      expect((await client.get('/.sandbox/faults')).body).toEqual({ requests: 2, met: [] });
    }));

  it.each<[string, Json]>([
    ['a rate above 1', { seed: 1, rate: 2 }],
    ['no rate', { seed: 1 }],
    ['an unknown kind', { seed: 1, rate: 0.1, kinds: ['flood'] }],
    ['no kinds', { seed: 1, rate: 0.1, kinds: [] }],
    ['request 0', { at: 0, kind: 'slow' }],
    ['seed and request', { seed: 1, rate: 0.1, at: 1, kind: 'slow' }],
    ['half a seed', { seed: 0.5, rate: 0.1 }],
  ])('refuses %s and leaves the weather as it is', (_, plan) =>
    withSandbox({ world: WORLD }, async (client) => {
      expect(codeOf(await client.put('/.sandbox/faults', plan))).toEqual([400, 'SandboxControl']);
      expect((await client.get('/.sandbox/faults')).body).not.toHaveProperty('plan');
    }),
  );
});
