import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, type FaultKind, type SeededFaults } from '../../src/sandbox/faults/faultPlan';
import { FaultSchedule, type Forecast } from '../../src/sandbox/faults/faultSchedule';

const seed = fc.integer();
const rate = fc.double({ min: 0, max: 1, noNaN: true });
const kinds = fc.option(fc.subarray([...FAULT_KINDS], { minLength: 1 }), { nil: undefined });
const plan = fc.record({ seed, rate, kinds });
/** Some ask the same again and again, others only once. */
const requests = fc.array(fc.constantFrom('GET /a', 'GET /b', 'PUT /a', 'DELETE /c', 'GET update of /a'), {
  maxLength: 60,
});

function play(faults: SeededFaults, asked: readonly string[]): readonly (Forecast & { readonly asked: string })[] {
  const schedule = new FaultSchedule(faults);
  return asked.map((each) => ({ asked: each, ...schedule.next(each, FAULT_KINDS) }));
}

/** What happened to the n-th request of each kind, whenever it came. */
function byRequest(played: ReturnType<typeof play>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(played.map(({ asked, occurrence, fault }) => [`${asked} #${String(occurrence)}`, fault]));
}

/** One fault after another, as far as the same is asked. */
function kindsOf(faults: SeededFaults, count: number): readonly (FaultKind | undefined)[] {
  return play(faults, Array<string>(count).fill('PUT /a')).map(({ fault }) => fault?.kind);
}

/** The lengths of runs of requests that all met a fault. */
function runsOfFaults(met: readonly (FaultKind | undefined)[]): readonly number[] {
  return met
    .map((kind) => (kind === undefined ? ' ' : 'x'))
    .join('')
    .split(' ')
    .map(({ length }) => length)
    .filter((length) => length > 0);
}

describe('a schedule of faults under a seed', () => {
  it('has the same faults for the same requests, in whatever order they come', () => {
    fc.assert(
      fc.property(plan, requests, fc.infiniteStream(fc.nat()), (faults, asked, places) => {
        const shuffled = asked
          .map((each) => ({ each, place: places.next().value ?? 0 }))
          .sort((left, right) => left.place - right.place)
          .map(({ each }) => each);
        expect(byRequest(play(faults, shuffled))).toEqual(byRequest(play(faults, asked)));
      }),
    );
  });

  it('has other faults for another seed', () => {
    const asked = Array.from({ length: 50 }, (_, index) => `GET /${String(index)}`);
    const outcomes = new Set([1, 2, 3, 4, 5].map((each) => JSON.stringify(play({ seed: each, rate: 0.3 }, asked))));
    expect(outcomes.size).toBe(5);
  });

  it('has none at a rate of 0', () => {
    fc.assert(
      fc.property(seed, requests, (each, asked) => {
        expect(play({ seed: each, rate: 0 }, asked).flatMap(({ fault }) => fault ?? [])).toEqual([]);
      }),
    );
  });

  it('hits a first request as often as the rate says', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.constantFrom(0.05, 0.2, 0.5), (each, wanted) => {
        const asked = Array.from({ length: 2000 }, (_, index) => `GET /${String(index)}`);
        const hit = play({ seed: each, rate: wanted }, asked).filter(({ fault }) => fault !== undefined).length;
        // Four standard deviations and a bit.
        expect(Math.abs(hit / 2000 - wanted)).toBeLessThan(0.05);
      }),
      { seed: 5, numRuns: 30 },
    );
  });

  it('has no kind that was not wanted, and none that makes no sense for the request', () => {
    fc.assert(
      fc.property(plan, fc.subarray([...FAULT_KINDS]), requests, (faults, possible, asked) => {
        const schedule = new FaultSchedule(faults);
        const met = asked.flatMap((each) => schedule.next(each, possible).fault?.kind ?? []);
        const allowed = possible.filter((kind) => faults.kinds?.includes(kind) ?? true);
        expect(met.filter((kind) => !allowed.includes(kind))).toEqual([]);
      }),
    );
  });

  it('has every kind sooner or later', () => {
    const asked = Array.from({ length: 500 }, (_, index) => `PUT /${String(index)}`);
    const met = new Set(play({ seed: 1, rate: 0.5 }, asked).flatMap(({ fault }) => fault?.kind ?? []));
    expect([...FAULT_KINDS].filter((kind) => !met.has(kind))).toEqual([]);
  });

  it('lets the same request through after six answers at most, at every rate', () => {
    fc.assert(
      fc.property(plan, (faults) => {
        for (const length of runsOfFaults(kindsOf(faults, 60))) expect(length).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('outlasts the three retries of an SDK now and then', () => {
    const lengths = runsOfFaults(kindsOf({ seed: 1, rate: 1, kinds: ['throttle'] }, 200));
    expect(Math.max(...lengths)).toBeGreaterThan(3);
    expect(Math.min(...lengths)).toBe(1);
  });

  it.each<FaultKind>(['crash', 'claims', 'expiredToken', 'operationFailed', 'lostOperation', 'resetAfter', 'slow'])(
    'has a %s alone, and then lets the same request through',
    (kind) => {
      const met = kindsOf({ seed: 7, rate: 1, kinds: [kind] }, 6);
      expect(met).toEqual([kind, undefined, kind, undefined, kind, undefined]);
    },
  );

  it('kills the client before the effect as well as after it', () => {
    const asked = Array.from({ length: 40 }, (_, index) => `PUT /${String(index)}`);
    const moments = play({ seed: 3, rate: 1, kinds: ['crash'] }, asked).map(({ fault }) => fault?.when);
    expect(new Set(moments)).toEqual(new Set(['before', 'after']));
  });
});

describe('a single fault', () => {
  it('comes at its request and at no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.constantFrom(...FAULT_KINDS), requests, (at, kind, asked) => {
        const schedule = new FaultSchedule({ at, kind });
        const met = asked.map((each) => schedule.next(each, FAULT_KINDS).fault?.kind);
        expect(met).toEqual(asked.map((_, index) => (index + 1 === at ? kind : undefined)));
      }),
    );
  });

  it('does not come where it makes no sense, and not later instead', () => {
    const schedule = new FaultSchedule({ at: 1, kind: 'busy' });
    expect([schedule.next('GET /a', ['throttle']).fault, schedule.next('PUT /a', FAULT_KINDS).fault]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each(['before', 'after'] as const)('kills the client %s the effect where that is asked for', (when) => {
    const schedule = new FaultSchedule({ at: 1, kind: 'crash', when });
    expect(schedule.next('PUT /a', FAULT_KINDS).fault?.when).toBe(when);
  });
});

describe('fair weather', () => {
  it('counts the requests', () => {
    const schedule = new FaultSchedule(undefined);
    const forecasts = ['GET /a', 'GET /b', 'GET /a'].map((each) => schedule.next(each, FAULT_KINDS));
    expect(forecasts.map(({ request, occurrence }) => [request, occurrence])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
    expect(schedule.requests).toBe(3);
  });
});
