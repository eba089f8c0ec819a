import type { WizardState } from '../../src/protocol/wizardState';
import { announcementFor } from './announcement';
import { firstView, isShowable, type View } from './view';

/** Everything that the page renders from: what the host sent last, and what the user did to the page. */
export interface PageState {
  /** Null until the host has answered for the first time. */
  readonly wizard: WizardState | null;
  /** Null until there is something to look at. */
  readonly view: View | null;
  /** Where "Back" leads from a review. */
  readonly back: View | null;
  /** The entry of the step list that the Tab key reaches; null for the one that is shown. */
  readonly listCursor: string | null;
  /** What the user has folded or unfolded, by the name of the fold; anything else is as it starts. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** The list holds only steps that are not done. */
  readonly onlyToDo: boolean;
  readonly logOpen: boolean;
  /** The menu that is open; null for none. */
  readonly openMenu: string | null;
  /** The confirmations that were ticked, and the plan that they were ticked for. They count for no other plan. */
  readonly agreed: { readonly planId: string; readonly confirmations: readonly string[] } | null;
  /**
   * What was asked for and is to be shown when it comes: a run other than `after`, or why the plan of it was refused; or
   * the first verification.
   */
  readonly awaiting:
    | { readonly kind: 'run'; readonly after: string | null; readonly planId: string | null }
    | { readonly kind: 'verify' }
    | null;
  /** Between asking the host to change something and its next state, nothing is asked for twice. */
  readonly waiting: boolean;
  /** What the live region says. */
  readonly announcement: string;
}

export const FRESH_PAGE: PageState = {
  wizard: null,
  view: null,
  back: null,
  listCursor: null,
  folds: {},
  onlyToDo: false,
  logOpen: false,
  openMenu: null,
  agreed: null,
  awaiting: null,
  waiting: false,
  announcement: '',
};

/** The page with a new state from the host; the same page if the state is not newer than the one that it has. */
export function receiveState(page: PageState, wizard: WizardState): PageState {
  if (page.wizard !== null && wizard.revision <= page.wizard.revision) return page;
  const came = page.awaiting === null ? null : arrival(page.awaiting, wizard);
  return {
    ...page,
    wizard,
    view: settledView(came ?? startingView(page, wizard), wizard),
    awaiting: came === null ? page.awaiting : null,
    waiting: false,
    announcement: announcementFor(page.wizard, wizard) ?? page.announcement,
  };
}

/** The view of what was waited for; null while it has not come. */
function arrival(awaiting: NonNullable<PageState['awaiting']>, wizard: WizardState): View | null {
  const { run, verification, refused } = wizard;
  if (awaiting.kind === 'verify') return verification === null ? null : { kind: 'verify', position: null };
  if (run !== null && (run.active || run.runId !== awaiting.after)) return { kind: 'run' };
  return refused !== null && refused === awaiting.planId ? reviewOf(refused, wizard) : null;
}

function reviewOf(planId: string, { plan, steps }: WizardState): View | null {
  if (plan?.planId === planId) return { kind: 'review', step: null };
  const step = Object.values(steps).find((detail) => detail.planId === planId);
  return step === undefined ? null : { kind: 'review', step: step.step };
}

/** A page that opens on a run that was interrupted shows that first, whatever it showed before. */
function startingView({ wizard, view }: PageState, next: WizardState): View | null {
  return wizard === null && next.run?.interrupted === true ? { kind: 'run' } : view;
}

/** Keeps what the user looks at, unless it is gone. While the host is still reading, nothing is gone for good. */
function settledView(view: View | null, wizard: WizardState): View | null {
  if (view !== null && isShowable(view, wizard)) return view;
  return wizard.busy !== null && wizard.groups.length === 0 ? view : firstView(wizard);
}

export function showView(page: PageState, view: View): PageState {
  const back = page.view !== null && page.view.kind !== 'review' ? page.view : page.back;
  return { ...page, view, back, listCursor: null, openMenu: null, awaiting: null };
}

/** Leaves a review for where it was opened from. */
export function leaveReview(page: PageState): PageState {
  const { wizard, view, back } = page;
  if (wizard === null || view?.kind !== 'review') return page;
  const target = view.step !== null ? ({ kind: 'step', step: view.step } as const) : back;
  return showView(page, target !== null && isShowable(target, wizard) ? target : firstView(wizard));
}

export function setFold(page: PageState, fold: string, folded: boolean): PageState {
  return { ...page, folds: { ...page.folds, [fold]: folded } };
}

/** @param otherwise How it starts, while the user has not touched it. */
export function isFolded({ folds }: PageState, fold: string, otherwise: boolean): boolean {
  return Object.hasOwn(folds, fold) ? folds[fold] === true : otherwise;
}

export function agree(page: PageState, planId: string, confirmation: string, agreed: boolean): PageState {
  const others = agreedTo(page, planId).filter((id) => id !== confirmation);
  return { ...page, agreed: { planId, confirmations: agreed ? [...others, confirmation] : others } };
}

/** The confirmations of this plan that are ticked. */
export function agreedTo(page: PageState, planId: string): readonly string[] {
  return page.agreed?.planId === planId ? page.agreed.confirmations : [];
}

/**
 * The page after it has asked the host for a run: it will follow the run when it starts.
 * @param planId The plan that is applied; null for a run without one.
 */
export function awaitRun(page: PageState, planId: string | null): PageState {
  return { ...page, waiting: true, awaiting: { kind: 'run', after: page.wizard?.run?.runId ?? null, planId } };
}

/** The page after it has asked for a verification: it shows the last one meanwhile, or the first when it comes. */
export function awaitVerification(page: PageState): PageState {
  if (page.wizard !== null && page.wizard.verification !== null) {
    return { ...showView(page, { kind: 'verify', position: null }), waiting: true };
  }
  return { ...page, waiting: true, awaiting: { kind: 'verify' } };
}
