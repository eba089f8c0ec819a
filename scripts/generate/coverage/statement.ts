import type { SeedId } from '../../../src/core/steps/source';
import type { RoleId, SetupOptions } from '../../../src/core/setup/setup';
import type { DecisionId } from './decisions';
import type { MeasurementId, ToolId } from './tools';

/** A document as far as it asks for something: its sections in their order, and in each of them its sentences. */
export interface CoveredDocument {
  readonly seed: SeedId;
  /** What it is, for somebody who does not read its language. */
  readonly about: string;
  readonly sections: readonly CoveredSection[];
}

export interface CoveredSection {
  /** As in the sources of steps: the heading, after that of its part; in brackets where our copy has lost it. */
  readonly name: string;
  readonly sentences: readonly Sentence[];
}

/** A few words by which a sentence (a list item, a row, a sample) is found in the document, and what it says. */
export type Sentence = readonly [foundBy: string, statement: Statement];

/** What one or more documents say, in our words, and what of Ringfence answers it. */
export interface Statement {
  readonly says: string;
  readonly answers: readonly Answer[];
}

export type Answer =
  | { readonly kind: 'steps'; readonly ids: readonly string[] }
  /** The steps that name the section among their own sources. */
  | { readonly kind: 'stepsOfSection' }
  | { readonly kind: 'roles'; readonly roles: readonly RoleId[] }
  | { readonly kind: 'option'; readonly option: keyof SetupOptions }
  | { readonly kind: 'tools'; readonly tools: readonly ToolId[] }
  | { readonly kind: 'measurements'; readonly measurements: readonly MeasurementId[] }
  | { readonly kind: 'nonGoal'; readonly reason: string }
  | { readonly kind: 'asksNothing' }
  /** Adds to an answer, and is none by itself. */
  | { readonly kind: 'decision'; readonly decision: DecisionId }
  | { readonly kind: 'note'; readonly note: string };

export function statement(says: string, ...answers: readonly Answer[]): Statement {
  return { says, answers };
}

/** For what a document only describes. */
export function description(says: string, ...more: readonly Answer[]): Statement {
  return statement(says, { kind: 'asksNothing' }, ...more);
}

export function steps(...ids: readonly string[]): Answer {
  return { kind: 'steps', ids };
}

export const stepsOfSection: Answer = { kind: 'stepsOfSection' };

export function roles(...chosen: readonly RoleId[]): Answer {
  return { kind: 'roles', roles: chosen };
}

export function option(name: keyof SetupOptions): Answer {
  return { kind: 'option', option: name };
}

export function tools(...used: readonly ToolId[]): Answer {
  return { kind: 'tools', tools: used };
}

export function measured(...measurements: readonly MeasurementId[]): Answer {
  return { kind: 'measurements', measurements };
}

export function nonGoal(reason: string): Answer {
  return { kind: 'nonGoal', reason };
}

export function decision(id: DecisionId): Answer {
  return { kind: 'decision', decision: id };
}

export function note(words: string): Answer {
  return { kind: 'note', note: words };
}
