import type { Clock, ProbePort } from '../ports';
import type { HostMeasurement } from '../probes/probe';
import { wantsRole } from '../probes/proofs';

/** What a verification needs of the world. */
export interface VerifyTools {
  readonly probes: ProbePort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Roles were given so lately that not every service may know of them. */
  readonly rolesAreNew?: boolean;
}

/** Waits until a new role is known everywhere, in seconds; nine minutes in all, as Azure says that it can take ten. */
const ROLE_WAITS = [10, 20, 30, 60, 60, 120, 120, 120];

/** Makes a call, and makes it again while it is refused for want of a role that was just given. */
export async function callOnceKnown(
  call: () => Promise<HostMeasurement>,
  { clock, signal, rolesAreNew }: Omit<VerifyTools, 'probes'>,
): Promise<HostMeasurement> {
  let measurement = await call();
  for (const seconds of rolesAreNew ? ROLE_WAITS : []) {
    if (!wantsRole(measurement)) break;
    await clock.sleep(seconds * 1000, signal);
    measurement = await call();
  }
  return measurement;
}
