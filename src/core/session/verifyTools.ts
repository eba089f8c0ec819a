import type { Clock, ProbePort } from '../ports';

/** What a verification needs of the world. */
export interface VerifyTools {
  readonly probes: ProbePort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Roles were given so lately that not every service may know of them. */
  readonly rolesAreNew?: boolean;
}

/** Waits until a new role is known everywhere, in seconds; nine minutes in all, as Azure says that it can take ten. */
export const ROLE_WAITS: readonly number[] = [10, 20, 30, 60, 60, 120, 120, 120];
