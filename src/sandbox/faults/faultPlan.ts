import * as z from 'zod/mini';

/** What can go wrong between a client and Azure; docs/sandbox.md tells what each one looks like. */
export const FAULT_KINDS = [
  'throttle',
  'serverError',
  'resetBefore',
  'resetAfter',
  'slow',
  'expiredToken',
  'claims',
  'busy',
  'operationFailed',
  'lostOperation',
  'crash',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Faults that come by chance, the same ones whenever the same is asked under the same seed. */
export interface SeededFaults {
  readonly seed: number;
  /** How likely a request meets a fault of its own, from 0 to 1. What a burst adds comes on top. */
  readonly rate: number;
  /** All of them where not given. */
  readonly kinds?: readonly FaultKind[] | undefined;
}

/** One fault at one request. Where it makes no sense for that request, nothing happens. */
export interface SingleFault {
  /** The number of the request, from 1 on, since the plan was set. */
  readonly at: number;
  readonly kind: FaultKind;
  /** Whether the client of a `crash` dies before the request takes effect, as where not given, or after it. */
  readonly when?: 'before' | 'after' | undefined;
}

export type FaultPlan = SeededFaults | SingleFault;

const kind = z.enum(FAULT_KINDS);

/** A fault plan as it comes off the wire. */
export const FAULT_PLAN = z.union([
  z.strictObject({
    seed: z.int(),
    rate: z.number().check(z.minimum(0), z.maximum(1)),
    kinds: z.optional(z.array(kind).check(z.minLength(1))),
  }),
  z.strictObject({
    at: z.int().check(z.minimum(1)),
    kind,
    when: z.optional(z.enum(['before', 'after'])),
  }),
]);
