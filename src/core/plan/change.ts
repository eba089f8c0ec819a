import type { JsonObject } from '../resources/json';
import type { Text } from '../text';

export type ChangeAction = 'create' | 'update' | 'delete' | 'action';

/** How Azure Resource Manager is asked: one write to one resource. */
export interface ResourceWrite {
  /** ARM id of the resource that is written. */
  readonly resource: string;
  readonly action: ChangeAction;
  /** Wire JSON of the request; whole for `create`, what changes (or the whole, where Azure replaces) for `update`. */
  readonly body?: JsonObject;
  /** For `action`: the POST segment behind the id, as in `register`. */
  readonly operation?: string;
}

/** What taking a change back means. */
export type ChangeUndo =
  /** Write the properties back that were there before: `body` is the patch that does it. */
  | { readonly kind: 'restore'; readonly body: JsonObject }
  /** Delete what the change created, if nobody has put anything into it since. */
  | { readonly kind: 'delete'; readonly note?: Text }
  /** It stays: Azure cannot take it back, or taking it back would hurt others. */
  | { readonly kind: 'none'; readonly reason: Text };

export type RiskKind = 'none' | 'lockout' | 'irreversible' | 'cost';

export interface Risk {
  readonly kind: RiskKind;
  readonly note?: Text;
}

/** An Azure RBAC action that a change needs, and where. */
export interface RequiredPermission {
  readonly action: string;
  readonly scope: string;
}

/** What must hold at the moment when a change is made; the executor looks just before. */
export type Guard =
  /** The private path was measured to work, or the user accepts losing access. */
  | 'privatePathAnswers'
  /** No later run closed the public way in on the strength of what is taken back. */
  | 'nothingReliesOnIt';

/** One write to one resource, with what it replaces and how it is taken back. Data: it can be printed, stored and compared. */
export interface Change extends ResourceWrite {
  /** Unique in its plan, stable from one planning to the next. */
  readonly id: string;
  readonly step: string;
  readonly title: Text;
  /** The touched properties as they are now, null for one that is not set; null where the resource does not exist. */
  readonly before: JsonObject | null;
  /** Another way in which Azure may show that nothing has changed yet: what leaving the properties out means. */
  readonly sameAsBefore?: JsonObject;
  /** The touched properties as they will be; null for `delete`. */
  readonly after: JsonObject | null;
  /** Another way in which Azure may show that it is done: for what is taken back, how it was before it was ever set. */
  readonly sameAsAfter?: JsonObject;
  /** Ids of changes that must have succeeded before. */
  readonly dependsOn: readonly string[];
  /** Keys of what may have one writer at a time: the account, the virtual network. */
  readonly locks: readonly string[];
  readonly undo: ChangeUndo;
  readonly permissions: readonly RequiredPermission[];
  readonly risk: Risk;
  readonly guards: readonly Guard[];
  readonly typicalSeconds: number;
  /**
   * For `delete`: what it takes away had begun to be made when nobody was left to see the end of it, and may only come
   * to light until then. Milliseconds since the epoch.
   */
  readonly mayAppearUntil?: number;
}

/** When a creation that began at a time has either come to light or is not coming, in milliseconds since the epoch. */
export function settledBy(begunAt: number, { typicalSeconds }: Pick<Change, 'typicalSeconds'>): number {
  return begunAt + 2000 * typicalSeconds;
}

/** A step that cannot be planned now, and why. */
export interface BlockedStep {
  readonly step: string;
  readonly title: Text;
  readonly resource: string;
  readonly reason: Text;
}

/** The changes that would make the findings compliant, as a graph of dependencies, in an order that respects it. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly blocked: readonly BlockedStep[];
}
