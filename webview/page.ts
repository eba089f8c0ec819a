import { html, nothing, render, type TemplateResult } from 'lit-html';
import { renderText, text, type Text } from '../src/core/text';
import type { Intent, Notice, PageBootstrap } from '../src/protocol/messages';
import type { WizardState } from '../src/protocol/wizardState';
import type { Host } from './host';
import { memoryOf, restore } from './state/memory';
import {
  agree,
  awaitRun,
  awaitVerification,
  FRESH_PAGE,
  leaveReview,
  receiveState,
  setFold,
  showView,
  type PageState,
} from './state/pageState';
import { reviewedPlan } from './state/reviewedPlan';
import { isShowable, viewName, viewOfName, type View } from './state/view';
import { withVisibleState } from './state/visible';
import { captureFocus } from './ui/focus';
import { progressRing } from './ui/kit';
import type { PageActions, ViewContext } from './view/context';
import { HEADING_ID } from './view/heading';
import { mainArea } from './view/mainArea';
import { applyPlan } from './view/review';
import { footer, header, logPanel } from './view/shell';
import { stepList } from './view/stepList';

const PATIENCE_MS = 10_000;

/**
 * The wizard's page. Everything that happens makes a new PageState, and every new PageState is rendered whole; what
 * lit-html finds unchanged it leaves alone, so focus, scroll positions and folds stay.
 */
export class WizardPage {
  private page: PageState;
  private remembered = '';
  /** The plan that the host was last asked about. */
  private askedAhead = '';
  /** The state in which a deviation was last looked at. */
  private lookedAt = -1;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
    private readonly bootstrap: PageBootstrap,
  ) {
    this.page = restore(FRESH_PAGE, host.recall(), bootstrap.setupUri);
    root.addEventListener('keydown', (event) => this.onKey(event));
    for (const sign of ['keydown', 'pointermove']) root.addEventListener(sign, () => this.noteLooked());
    this.render();
  }

  receive(notice: Notice): void {
    switch (notice.type) {
      case 'state':
        this.update(receiveState(this.page, withVisibleState(notice.state)));
        break;
      case 'showView':
        this.showNamed(viewOfName(notice.view));
        break;
    }
  }

  private readonly t = (sentence: Text): string => renderText(sentence, this.bootstrap.bundle);

  private readonly send = (intent: Intent): void => this.host.send(intent);

  private readonly act: PageActions = {
    show: (view) => this.show(view),
    leaveReview: () => this.leaveReview(),
    startRun: (intent) => {
      this.update(awaitRun(this.page, intent.type === 'apply' ? intent.planId : null));
      this.host.send(intent);
    },
    verify: () => {
      this.update(awaitVerification(this.page));
      this.host.send({ type: 'verify' });
    },
    moveListCursor: (listCursor) => this.update({ ...this.page, listCursor }),
    setFold: (fold, folded) => this.update(setFold(this.page, fold, folded)),
    setOnlyToDo: (onlyToDo) => this.update({ ...this.page, onlyToDo }),
    setLogOpen: (logOpen) => this.update({ ...this.page, logOpen }),
    setMenu: (openMenu) => {
      if (this.page.openMenu !== openMenu) this.update({ ...this.page, openMenu });
    },
    agree: (planId, confirmation, agreed) => this.update(agree(this.page, planId, confirmation, agreed)),
  };

  /** Before the first state any view may be meant; later only one that the host has sent. */
  private showNamed(view: View | null): void {
    const { wizard } = this.page;
    if (view !== null && (wizard === null || isShowable(view, wizard))) this.show(view);
  }

  private show(view: View): void {
    this.update(showView(this.page, view));
    this.focusHeading();
    this.noteLooked();
  }

  private leaveReview(): void {
    this.update(leaveReview(this.page));
    this.focusHeading();
  }

  private focusHeading(): void {
    this.root.querySelector('main')?.scrollTo(0, 0);
    this.root.querySelector<HTMLElement>(`#${HEADING_ID}`)?.focus();
  }

  private update(page: PageState): void {
    if (page === this.page) return;
    const before = this.page.view;
    this.page = page;
    const restoreFocus = captureFocus(this.root);
    this.render();
    restoreFocus(HEADING_ID);
    this.remember();
    this.stopWaitingInTime();
    this.lookAhead();
    const moved = page.view !== null && (before === null || viewName(before) !== viewName(page.view));
    if (moved) this.root.querySelector('main')?.scrollTo(0, 0);
  }

  /** Has the host look what is in the way of the plan that is reviewed, once for each plan that nothing is known of. */
  private lookAhead(): void {
    const { wizard, view } = this.page;
    const planId = wizard !== null && view?.kind === 'review' ? reviewedPlan(wizard, view.step)?.planId : undefined;
    if (wizard === null || planId === undefined) return;
    const isKnown = Object.hasOwn(wizard.preflights, planId);
    const isAsked = this.askedAhead === planId;
    this.askedAhead = isKnown ? '' : planId;
    if (!isKnown && !isAsked) this.host.send({ type: 'lookAhead', planId });
  }

  /** Tells the host that somebody who is there has a step before them that is no longer compliant. */
  private noteLooked(): void {
    const { wizard, view } = this.page;
    const detail = wizard !== null && view?.kind === 'step' ? wizard.steps[view.step] : undefined;
    if (wizard === null || detail?.deviation?.isNew !== true || this.lookedAt === wizard.revision) return;
    this.lookedAt = wizard.revision;
    this.host.send({ type: 'looked', step: detail.step });
  }

  private remember(): void {
    const memory = memoryOf(this.page, this.bootstrap.setupUri);
    const written = JSON.stringify(memory);
    if (written === this.remembered) return;
    this.remembered = written;
    this.host.remember(memory);
  }

  /** The host answers with a state. Should it not (a dialog was dismissed, an error), the buttons come back anyway. */
  private stopWaitingInTime(): void {
    clearTimeout(this.patience);
    if (!this.page.waiting) return;
    this.patience = setTimeout(() => this.update({ ...this.page, waiting: false }), PATIENCE_MS);
  }

  private onKey(event: KeyboardEvent): void {
    const { wizard, view } = this.page;
    if (event.defaultPrevented || wizard === null || view === null) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (view.kind === 'review') this.leaveReview();
      else this.focusList(viewName(view));
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && view.kind === 'review') {
      event.preventDefault();
      const plan = reviewedPlan(wizard, view.step);
      if (plan !== null) applyPlan(this.context(wizard), plan);
    }
  }

  private focusList(entry: string): void {
    const target = this.root.querySelector<HTMLElement>(`[data-focus="list:${CSS.escape(entry)}"]`);
    const select = this.root.querySelector<HTMLElement>('[data-focus="list:select"]');
    (target?.checkVisibility() === true ? target : select)?.focus();
  }

  private context(wizard: WizardState): ViewContext {
    return { page: this.page, wizard, t: this.t, send: this.send, act: this.act };
  }

  private render(): void {
    const { wizard, announcement } = this.page;
    const content = wizard === null ? this.starting() : this.content(this.context(wizard));
    render(
      html`${content}
        <p class="sr-only" role="status" id="announcements">${announcement}</p>`,
      this.root,
    );
  }

  private starting(): TemplateResult {
    return html`<main class="starting">
      ${progressRing()}
      <h1>${this.t(text('Waiting for Ringfence…'))}</h1>
    </main>`;
  }

  private content(context: ViewContext): TemplateResult {
    return html`<div class="page">
      ${header(context)} ${stepList(context)} ${mainArea(context)} ${context.page.logOpen ? logPanel(context) : nothing}
      ${footer(context)}
    </div>`;
  }
}
