import { describe, expect, it } from 'vitest';
import { Watch, type Watchable } from '../../../src/vscode/watch';

const MINUTE = 60_000;

/** A setup that is looked at in no time, or cannot be read. */
function watched(
  now: () => number,
  { isReadable = true, ...fields }: Partial<Watchable> & { isReadable?: boolean } = {},
) {
  const looks: number[] = [];
  const setup = {
    isConnected: true,
    isRunning: false,
    ...fields,
    state: { session: { checkedAt: undefined as number | undefined } },
    refresh: () => {
      looks.push(now());
      if (isReadable) setup.state.session.checkedAt = now();
      return Promise.resolve();
    },
  };
  return { setup, looks };
}

/** A window with one setup, at a time that the test decides. */
function open(options: { minutes?: number; isWatched?: boolean } & Parameters<typeof watched>[1] = {}) {
  const { minutes = 10, isWatched = true, ...fields } = options;
  const time = { now: 1000 * MINUTE };
  const { setup, looks } = watched(() => time.now, fields);
  const watch = new Watch({
    setups: () => [setup],
    now: () => time.now,
    minutes: () => minutes,
    isWatched: () => isWatched,
  });
  const pass = (duration: number): void => {
    for (const end = time.now + duration; time.now < end; time.now += MINUTE / 4) watch.tick();
  };
  return { watch, time, looks, setup, pass };
}

describe('watching', () => {
  it('looks again after so many minutes, and not before', () => {
    const { looks, setup, time, pass } = open();
    setup.state.session.checkedAt = time.now;
    const start = time.now;
    pass(45 * MINUTE);
    expect(looks.map((at) => (at - start) / MINUTE)).toEqual([10, 20, 30, 40]);
  });

  it('looks when the window gets the focus, at most every minute', () => {
    const { watch, looks, time } = open({ isWatched: false });
    watch.focused();
    time.now += MINUTE - 1;
    watch.focused();
    expect(looks).toHaveLength(1);
    time.now += 1;
    watch.focused();
    expect(looks).toHaveLength(2);
  });

  it('counts from when somebody looked last, whoever that was', () => {
    const { looks, setup, time, pass } = open();
    setup.state.session.checkedAt = time.now - 4 * MINUTE;
    pass(5 * MINUTE);
    expect(looks).toEqual([]);
    setup.state.session.checkedAt = time.now;
    pass(9 * MINUTE);
    expect(looks).toEqual([]);
  });

  it('does nothing while nobody is there, when it is switched off, without a connection, and during a run', () => {
    const cases = [{ isWatched: false }, { minutes: 0 }, { isConnected: false }, { isRunning: true }];
    for (const options of cases) {
      const { looks, pass } = open(options);
      pass(60 * MINUTE);
      expect(looks, JSON.stringify(options)).toEqual([]);
    }
    const { watch, looks } = open({ minutes: 0 });
    watch.focused();
    expect(looks).toEqual([]);
  });

  it('asks no more often for what cannot be read', () => {
    const { looks, pass } = open({ isReadable: false });
    pass(30 * MINUTE);
    expect(looks).toHaveLength(3);
  });
});
