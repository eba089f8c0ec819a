import type { RunState } from '../../../core/apply/runState';
import type { Finding } from '../../../core/evaluate/finding';
import type { Change } from '../../../core/plan/change';
import { resourceName } from '../../../core/resources/resourceId';
import type { Snapshot, WireResource } from '../../../core/resources/snapshot';
import type { Setup } from '../../../core/setup/setup';
import type { PartState, PictureBox, PicturePart } from '../../../protocol/networkPicture';
import { stepStateOf } from '../stepStates';

/** What the picture is drawn from. */
export interface PictureInput {
  readonly setup: Setup;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly run: RunState | undefined;
  /** What is planned. */
  readonly changes: readonly Change[];
}

/** A resource that is there, or that is still to be created. */
export function stateOf({ snapshot }: PictureInput, id: string, create: unknown): PartState {
  const entry = snapshot.get(id);
  if (entry?.state === 'present') return 'present';
  return create !== undefined && entry?.state !== 'unreadable' ? 'planned' : 'unknown';
}

export function presentAt({ snapshot }: PictureInput, id: string): WireResource | undefined {
  const entry = snapshot.get(id);
  return entry?.state === 'present' ? entry.resource : undefined;
}

/**
 * Something that is there when some steps hold: a way in, a permission. Undefined where none of them applies.
 * What is not known, or was skipped, is never drawn as if it were there.
 */
export function partOf(input: PictureInput, steps: readonly string[]): PicturePart | undefined {
  const { setup, findings, run, changes } = input;
  const skipped = steps.filter((step) => setup.skip[step] !== undefined);
  if (skipped.length > 0) return { state: 'unknown', steps: knownSteps(input, steps) };
  const own = findings.filter(({ step, status }) => steps.includes(step) && status !== 'notApplicable');
  if (own.length === 0) return undefined;
  const states = own.map((finding) => stepStateOf(finding, run));
  return { state: partState(states, changes, steps), steps: own.map(({ step }) => step) };
}

function partState(states: readonly string[], changes: readonly Change[], steps: readonly string[]): PartState {
  if (states.every((state) => state === 'done')) return 'present';
  if (states.includes('unknown')) return 'unknown';
  return changes.some(({ step }) => steps.includes(step)) || states.includes('running') ? 'planned' : 'missing';
}

/** The steps of these ids that the checklist has. */
export function knownSteps({ findings }: PictureInput, steps: readonly string[]): readonly string[] {
  return findings.flatMap(({ step }) => (steps.includes(step) ? [step] : []));
}

export function box(
  input: PictureInput,
  id: string,
  note: string,
  state: PartState,
  steps: readonly string[],
): PictureBox {
  return { label: resourceName(id), note, state, steps: knownSteps(input, steps) };
}
