import type { WizardState } from '../../src/protocol/wizardState';

/** What the main area shows. */
export type View =
  | { readonly kind: 'setup' }
  /** The plan for everything that is left or, with a step, for that step and what it needs first. */
  | { readonly kind: 'review'; readonly step: string | null }
  | { readonly kind: 'run' }
  /** The measurements from one position, or from all of them. */
  | { readonly kind: 'verify'; readonly position: string | null }
  | { readonly kind: 'step'; readonly step: string };

const REVIEW_OF = 'review/';
const VERIFY_FROM = 'verify/';

/** The name under which a view is remembered, and by which the step list and the focus know it. */
export function viewName(view: View): string {
  if (view.kind === 'step') return view.step;
  if (view.kind === 'verify' && view.position !== null) return VERIFY_FROM + view.position;
  return view.kind === 'review' && view.step !== null ? REVIEW_OF + view.step : view.kind;
}

/** The view of a name; null for the empty name. */
export function viewOfName(name: string): View | null {
  if (name === '') return null;
  if (name === 'setup' || name === 'run') return { kind: name };
  if (name === 'verify') return { kind: 'verify', position: null };
  if (name.startsWith(VERIFY_FROM)) return { kind: 'verify', position: name.slice(VERIFY_FROM.length) };
  if (name === 'review') return { kind: 'review', step: null };
  if (name.startsWith(REVIEW_OF)) return { kind: 'review', step: name.slice(REVIEW_OF.length) };
  return { kind: 'step', step: name };
}

/** Whether the host's state holds what the view shows. */
export function isShowable(view: View, wizard: WizardState): boolean {
  switch (view.kind) {
    case 'setup':
      return true;
    case 'run':
      return wizard.run !== null;
    case 'verify':
      return view.position === null || wizard.proof.rows.some(({ position }) => position === view.position);
    case 'step':
      return Object.hasOwn(wizard.steps, view.step);
    case 'review':
      if (view.step === null) return wizard.plan !== null;
      return Object.hasOwn(wizard.steps, view.step) && wizard.steps[view.step]?.planId !== null;
  }
}

/** Where a user starts who has not chosen anything: at what is going on or was interrupted, else at the first step that needs them. */
export function firstView(wizard: WizardState): View {
  if (wizard.run?.active === true || wizard.run?.interrupted === true) return { kind: 'run' };
  const order = ['failed', 'todo', 'unknown', 'manual', 'done'] as const;
  const rows = wizard.groups.flatMap(({ steps }) => steps).filter(({ step }) => Object.hasOwn(wizard.steps, step));
  for (const state of order) {
    const row = rows.find((candidate) => candidate.state === state);
    if (row !== undefined) return { kind: 'step', step: row.step };
  }
  return { kind: 'setup' };
}
