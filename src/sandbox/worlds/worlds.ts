import { EMPTY } from './empty';
import { EXPOSED } from './exposed';
import { HALF } from './half';
import { HARDENED } from './hardened';
import type { WorldSeed } from './seed';

export type WorldName = 'empty' | 'exposed' | 'half' | 'hardened';

export const WORLDS: Readonly<Record<WorldName, WorldSeed>> = {
  empty: EMPTY,
  exposed: EXPOSED,
  half: HALF,
  hardened: HARDENED,
};
