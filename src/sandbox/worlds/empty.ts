import type { WorldSeed } from './seed';

/** A subscription and nothing in it, no provider registered. */
export const EMPTY: WorldSeed = { name: 'empty', registered: [], steps: [] };
