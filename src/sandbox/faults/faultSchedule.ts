import type { FaultKind, FaultPlan, SeededFaults } from './faultPlan';
import { randomFrom } from './random';

/** What happens to one request. */
export interface Fault {
  readonly kind: FaultKind;
  /** Where the client dies: before the request takes effect, or after. */
  readonly when: 'before' | 'after';
  /** From 0 up to 1: chooses among the forms that a kind has. */
  readonly form: number;
}

/** What the schedule says of one request. */
export interface Forecast {
  /** Of all requests, from 1 on. */
  readonly request: number;
  /** Of those that ask the same, from 1 on. */
  readonly occurrence: number;
  readonly fault: Fault | undefined;
}

const LONGEST_BURST = 6;

/** Azure SDKs make up for three of these by themselves, so they also come several times in a row. */
const COMES_IN_BURSTS: ReadonlySet<FaultKind> = new Set(['throttle', 'serverError', 'resetBefore', 'busy']);

/** The requests that ask the same, one after another. */
interface Strand {
  readonly occurrence: number;
  readonly fault: Fault | undefined;
  /** How often the fault still comes. */
  readonly left: number;
}

/**
 * Says which fault a request meets. Under a seed that follows from what is asked and from how often it was asked before,
 * not from what happens meanwhile: a client that works on several things at once meets the same faults in every run.
 * What is asked again after a fault, or after a burst of it, is let through.
 */
export class FaultSchedule {
  private request = 0;
  private readonly strands = new Map<string, Strand>();

  constructor(private readonly plan: FaultPlan | undefined) {}

  /** @param possible The kinds that make sense for this request. */
  next(asked: string, possible: readonly FaultKind[]): Forecast {
    const { plan } = this;
    const request = (this.request += 1);
    const before = this.strands.get(asked) ?? { occurrence: 0, fault: undefined, left: 0 };
    const strand = plan !== undefined && 'seed' in plan ? follow(plan, asked, possible, before) : calm(before);
    this.strands.set(asked, strand);
    const fault = plan !== undefined && 'at' in plan ? singleFault(plan, request, possible) : strand.fault;
    return { request, occurrence: strand.occurrence, fault };
  }

  /** How many requests there have been. */
  get requests(): number {
    return this.request;
  }
}

function follow(plan: SeededFaults, asked: string, possible: readonly FaultKind[], before: Strand): Strand {
  if (before.left > 0) return { ...before, occurrence: before.occurrence + 1, left: before.left - 1 };
  if (before.fault !== undefined) return calm(before);
  return draw(plan, asked, possible, before.occurrence + 1);
}

function calm({ occurrence }: Strand): Strand {
  return { occurrence: occurrence + 1, fault: undefined, left: 0 };
}

function draw({ seed, rate, kinds }: SeededFaults, asked: string, possible: readonly FaultKind[], occurrence: number) {
  const random = randomFrom(`${String(seed)} ${asked} ${String(occurrence)}`);
  const wanted = kinds === undefined ? possible : possible.filter((kind) => kinds.includes(kind));
  const isHit = random() < rate;
  const kind = wanted[Math.floor(random() * wanted.length)];
  if (!isHit || kind === undefined) return { occurrence, fault: undefined, left: 0 };
  const fault: Fault = { kind, when: random() < 0.5 ? 'before' : 'after', form: random() };
  // Cubed, so that every second one comes alone and every fifth one outlasts the retries of an SDK.
  return { occurrence, fault, left: COMES_IN_BURSTS.has(kind) ? Math.floor(LONGEST_BURST * random() ** 3) : 0 };
}

function singleFault(
  { at, kind, when = 'before' }: Extract<FaultPlan, { at: number }>,
  request: number,
  possible: readonly FaultKind[],
): Fault | undefined {
  if (request !== at || !possible.includes(kind)) return undefined;
  return { kind, when, form: randomFrom(`${String(at)} ${kind}`)() };
}
