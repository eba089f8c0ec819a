import type { ByHand } from '../support/byHand';
import type { Estate, HardenedName } from './estates';

/** How one step's effect goes, and all that follows from it. Whatever is not named stays as it was. */
export interface Removal {
  /** What somebody does by hand, as a sentence goes on: “when …”. */
  readonly when: string;
  readonly remove: (hand: ByHand) => Promise<void>;
  /** The estate in which the step holds; the one with everything, where nothing is said. */
  readonly in?: HardenedName;
  /** Steps that are not compliant then, and steps of which it cannot be told any more. */
  readonly nonCompliant: readonly string[];
  readonly unknown?: readonly string[];
  /** Steps that have nothing to judge any more. */
  readonly notApplicable?: readonly string[];
  /** Probes that no longer pass: `answers/virtualNetwork/search`. */
  readonly probes?: Failures;
  /** Steps that a new plan does not bring back, and why. */
  readonly notMended?: { readonly steps: readonly string[]; readonly because: string };
}

/** A step whose effect nobody can take away, and an estate that never had it. */
export interface Unremovable {
  readonly because: string;
  /** What Azure refuses, with a word of its refusal. */
  readonly attempt?: (hand: ByHand) => Promise<void>;
  readonly refusal?: RegExp;
  readonly never: Estate;
  /** Whether a plan has a change for the estate that never had it, or only says what is missing. */
  readonly planned: boolean;
  /** It is left to a person, so that no plan speaks of it. */
  readonly byHand?: true;
}

export type Fate = Removal | Unremovable;

/** What probes show that do not pass. `gone`: they are not made any more. */
export type Failures = Readonly<Record<string, 'fail' | 'unknown' | 'gone'>>;

export const INGESTION_FAILS: Failures = { 'ingestion/virtualNetwork': 'fail', 'ingestion/webApp': 'fail' };
export const INFERENCE_FAILS: Failures = { 'inference/virtualNetwork': 'fail', 'inference/webApp': 'fail' };

/** Something is missing that the calls are made of, so that they are not made from anywhere. */
export const NOT_PROVED: Failures = {
  'ingestion/internet': 'unknown',
  'ingestion/virtualNetwork': 'unknown',
  'ingestion/webApp': 'unknown',
  'inference/internet': 'unknown',
  'inference/virtualNetwork': 'unknown',
  'inference/webApp': 'unknown',
};

/** Whoever is in the virtual network no longer gets to the service. The web app talks to Azure OpenAI alone. */
export function outOfReach(service: 'openAi' | 'search' | 'storage' | 'files'): Failures {
  const inNetwork: Failures = {
    [`resolves/virtualNetwork/${service}`]: 'fail',
    [`answers/virtualNetwork/${service}`]: 'fail',
  };
  if (service !== 'openAi') return inNetwork;
  const inApp: Failures = { 'resolves/webApp/openAi': 'fail', 'answers/webApp/openAi': 'fail' };
  return { ...inNetwork, ...inApp, ...INGESTION_FAILS, ...INFERENCE_FAILS };
}

/** A resource that is gone for good, because the setup names it and lets nothing be created in its place. */
export function deleted(
  when: string,
  remove: Removal['remove'],
  followed: Pick<Removal, 'nonCompliant' | 'unknown' | 'probes'>,
): Removal {
  const steps = [...followed.nonCompliant, ...(followed.unknown ?? [])];
  return { when, remove, ...followed, notMended: { steps, because: 'the setup lets nothing be created in its place' } };
}
