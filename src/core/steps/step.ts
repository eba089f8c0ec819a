import type { Cloud } from '../clouds';
import type { Severity } from '../evaluate/finding';
import type { ChangeUndo, Guard, RequiredPermission, Risk } from '../plan/change';
import type { JsonObject } from '../resources/json';
import type { WireResource } from '../resources/snapshot';
import type { RoleId, Roles, Setup } from '../setup/setup';
import type { ScenarioId } from '../setup/scenarios';
import type { Text } from '../text';
import type { Assertion } from './matcher';
import type { Source } from './source';

/** What a step is about: the resource in a role, or the subscription itself. */
export type StepTarget = RoleId | 'subscription';

/** What the steps of a checklist are grouped by, in the order in which it shows them. */
export const STEP_GROUPS = [
  'foundation',
  'openAi',
  'search',
  'storage',
  'roles',
  'privateNetwork',
  'vpn',
  'webApp',
  'apiManagement',
  'applicationGateway',
  'governance',
] as const;

export type StepGroup = (typeof STEP_GROUPS)[number];

/**
 * What a step may ask while it says what it expects. Whatever is not known yet ends the question by itself (see
 * `Unsettled`), so a declaration reads as if everything were known.
 */
export interface StepContext {
  readonly setup: Setup;
  readonly cloud: Cloud;
  /** The day of the judgement, as 2026-11-22; undefined where nobody says it. */
  readonly today: string | undefined;
  /** The resource in a role; ends in `unknown` where none is chosen. */
  role<R extends RoleId>(role: R): NonNullable<Roles[R]>;
  /** The same, undefined where none is chosen. */
  optionalRole<R extends RoleId>(role: R): Roles[R];
  /** A resource, undefined where it does not exist; ends in `unknown` where that cannot be told. */
  read(id: string): WireResource | undefined;
  /** All resources of a type in the subscription. */
  list(type: string): readonly WireResource[];
}

/** One resource and what must be true of it. */
export interface Expectation {
  readonly resource: string;
  readonly assertions: readonly Assertion[];
  /** Wire JSON to create the resource with, where it does not exist and Ringfence may create it. */
  readonly create?: JsonObject;
  /** Paths in `create` that Azure takes and never shows again. */
  readonly notShown?: readonly string[];
  /** POST operation that makes the assertions hold, where a write to the resource does not. */
  readonly operation?: string;
  /** Azure has it without anybody creating it, but shows it only once something else is there. */
  readonly comesByItself?: boolean;
  /** Only looked at: something else has to change for it to become true. */
  readonly observed?: boolean;
  /** Nobody may look at it before the same plan gives the right to: until then it counts as missing. */
  readonly hidden?: boolean;
  /** What a change to it needs, where that is more than the step's own permissions on the resource. */
  readonly permissions?: readonly RequiredPermission[];
  /** How a creation is taken back, where deleting is not the answer. */
  readonly undoCreate?: ChangeUndo;
  /** How an update is taken back, where writing the old values is not the answer. */
  readonly undoUpdate?: ChangeUndo;
}

/**
 * One documented hardening step, declared once: check, plan, diff, apply, undo and documentation derive from it.
 */
export interface Step {
  /** Stable for ever: setups, journals and reports name it. */
  readonly id: string;
  readonly title: Text;
  /** What it does and why it matters, in two sentences. */
  readonly why: Text;
  readonly group: StepGroup;
  readonly on: StepTarget;
  readonly scenarios: readonly ScenarioId[];
  /** Steps that must hold, or be planned before, in the same plan. */
  readonly after: readonly string[];
  /** Steps that come first where the same plan has them, though this one does not need them. */
  readonly preferAfter?: readonly string[];
  /** Comes after every step that is not of this kind: what keeps the fence up would be in the way of building it. */
  readonly last?: boolean;
  readonly sources: readonly Source[];
  readonly severity: Severity;
  /** Why the step does not apply to this setup; undefined where it does. */
  readonly notApplicable?: (context: StepContext) => Text | undefined;
  /** What is left for a person to do, where Ringfence has no change for it and should have none; undefined where nothing is. */
  readonly manual?: (context: StepContext, target: string) => Text | undefined;
  /** What is worth knowing beside the judgement: what stays open, or where the documents disagree. */
  readonly notes?: (context: StepContext, target: string) => readonly Text[];
  /** What must be true, for the resource that the step is about. */
  readonly expects: (context: StepContext, target: string) => readonly Expectation[];
  /** Azure RBAC actions that a change needs on the resource that it writes. */
  readonly permissions: readonly string[];
  readonly risk: Risk;
  readonly guards?: readonly Guard[];
  readonly typicalSeconds: number;
}

/** The shorter form of a step whose expectations are properties of the resource that it is about. */
export interface PropertyStep extends Omit<Step, 'expects'>, Pick<Expectation, 'undoUpdate'> {
  readonly desired: readonly Assertion[] | ((context: StepContext, target: string) => readonly Assertion[]);
}

export function defineStep(step: Step | PropertyStep): Step {
  if ('expects' in step) return step;
  const { desired, undoUpdate, ...rest } = step;
  return {
    ...rest,
    expects: (context, target) => {
      const assertions = typeof desired === 'function' ? desired(context, target) : desired;
      return [{ resource: target, assertions, ...(undoUpdate && { undoUpdate }) }];
    },
  };
}

export type UnsettledCause =
  | { readonly kind: 'resource'; readonly id: string }
  | { readonly kind: 'listing'; readonly type: string }
  | { readonly kind: 'role'; readonly role: RoleId };

/** Ends a step's question where something is not known; the evaluator turns it into `unknown` with the reason. */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';

  constructor(
    override readonly cause: UnsettledCause,
    readonly reason: Text,
  ) {
    super(reason.message);
  }
}

/** What a question comes to: an answer, or why it is not known. */
export type Answer<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: Text };

/** Asks a declaration; what it could not find out becomes the reason. */
export function attempt<T>(ask: () => T): Answer<T> {
  try {
    return { known: true, value: ask() };
  } catch (error) {
    if (error instanceof Unsettled) return { known: false, reason: error.reason };
    throw error;
  }
}
