import { describe, expect, it } from 'vitest';
import type { Services } from '../../../src/vscode/services';
import { LazyServices } from '../../../src/vscode/shell/lazyServices';

const SERVICES = { commands: ['ringfence.showLog'] } as unknown as Services;

describe('the services behind the shell', () => {
  it('are not loaded before somebody asks, and once for all who ask', async () => {
    const loads: string[] = [];
    const lazy = new LazyServices(() => {
      loads.push('load');
      return Promise.resolve(SERVICES);
    });
    expect(loads).toEqual([]);
    expect(await Promise.all([lazy.get(), lazy.get()])).toEqual([SERVICES, SERVICES]);
    expect(loads).toEqual(['load']);
  });

  it('are loaded again for the next who asks, where they could not be started', async () => {
    const answers = [Promise.reject(new Error('gone')), Promise.resolve(SERVICES)];
    const lazy = new LazyServices(() => answers.shift() ?? Promise.reject(new Error('asked too often')));
    await expect(lazy.get()).rejects.toThrow('gone');
    expect(await lazy.get()).toBe(SERVICES);
  });
});
