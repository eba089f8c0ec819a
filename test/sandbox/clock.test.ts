import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/sandbox/clock';
import { REGISTERED, networkId, resourceGroup } from '../../src/sandbox/worlds/builders';
import { withSandbox } from './client';

const START = Date.parse('2026-01-05T09:00:00Z');

describe('a clock of finite speed', () => {
  it('runs that many times faster than life', () => {
    let real = START;
    const clock = new VirtualClock(60, () => real);
    real += 2000;
    expect(clock.now() - START).toBe(120_000);
  });

  it('shortens Retry-After to whole seconds, never below one', () => {
    const clock = new VirtualClock(4, () => START);
    expect([1, 10, 17].map((seconds) => clock.retryAfter(seconds))).toEqual([1, 3, 5]);
  });

  it('goes on from where it is when it runs at another speed', () => {
    let real = START;
    const clock = new VirtualClock(60, () => real);
    real += 2000;
    clock.speed = 10;
    expect(clock.now() - START).toBe(120_000);
    real += 1000;
    expect(clock.now() - START).toBe(130_000);
  });

  it('does not move by who is late: that takes its time', async () => {
    const clock = new VirtualClock(100_000, () => START);
    await clock.pass(20);
    expect(clock.now()).toBe(START);
  });

  it('does not move by who comes back', () => {
    const clock = new VirtualClock(1, () => START);
    clock.expect('a', 30);
    clock.arrive('a');
    expect(clock.now()).toBe(START);
  });
});

describe('a clock of infinite speed', () => {
  const clock = () => new VirtualClock(Infinity, () => START);

  it('moves on by what a client was told to wait, when it comes back', () => {
    const time = clock();
    time.expect('a', 30);
    expect(time.now()).toBe(START);
    time.arrive('a');
    expect(time.now()).toBe(START + 30_000);
  });

  it('moves on once for clients that wait at the same time', () => {
    const time = clock();
    time.expect('a', 30);
    time.expect('b', 20);
    time.arrive('a');
    time.arrive('b');
    expect(time.now()).toBe(START + 30_000);
  });

  it('ignores whoever was not told to wait', () => {
    const time = clock();
    time.arrive('a');
    expect(time.now()).toBe(START);
  });

  it('moves on at once while somebody is late', async () => {
    const time = clock();
    await time.pass(20);
    expect(time.now()).toBe(START + 20_000);
  });

  it('sends Retry-After 0', () => {
    expect(clock().retryAfter(30)).toBe(0);
  });
});

describe('a sandbox that is ten times faster than life', () => {
  const network = `${networkId('rg', 'vnet')}?api-version=2025-03-01`;
  const body = { location: 'eastus', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } };
  const world = { name: 'test', registered: REGISTERED, steps: [resourceGroup('rg', 'eastus')] };

  it('finishes an operation of four seconds in four tenths of one', async () => {
    let real = START;
    await withSandbox({ world, speed: 10, now: () => real }, async (client) => {
      const created = await client.put(network, body);
      expect(created.headers['retry-after']).toBe('1');
      const poll = async () => (await client.get(created.headers['azure-asyncoperation'] ?? '')).body;
      real += 300;
      expect(await poll()).toEqual({ status: 'InProgress' });
      real += 200;
      expect(await poll()).toEqual({ status: 'Succeeded' });
    });
  });

  it('can be told to run at another speed', async () => {
    let real = START;
    await withSandbox({ world, speed: 10, now: () => real }, async (client) => {
      const created = await client.put(network, body);
      expect((await client.put('/.sandbox/speed', { speed: 100 })).body).toMatchObject({ speed: 100 });
      real += 40;
      expect((await client.get(created.headers['azure-asyncoperation'] ?? '')).body).toEqual({ status: 'Succeeded' });
    });
  });

  it('refuses a speed that is no speed', async () => {
    await expect(withSandbox({ world, speed: 0 }, () => Promise.resolve())).rejects.toThrow('positive');
    await withSandbox({ world }, async (client) => {
      const answers = [0, -1, 'fast'].map((speed) => client.put('/.sandbox/speed', { speed }));
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([400, 400, 400]);
    });
  });
});
