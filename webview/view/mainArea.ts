import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { text } from '../../src/core/text';
import type { ObstacleView, ProblemView } from '../../src/protocol/wizardState';
import { reviewedPlan } from '../state/reviewedPlan';
import { viewName } from '../state/view';
import { icon } from '../ui/icons';
import { button, progressRing } from '../ui/kit';
import type { ViewContext } from './context';
import { viewHeading } from './heading';
import { review } from './review';
import { runView } from './run';
import { setupForm } from './setupForm';
import { stepDetail } from './stepDetail';
import { verification } from './verification';

/** What is shown on the right: a problem first, then the view, or what the host is busy with before there is one. */
export function mainArea(context: ViewContext): TemplateResult {
  const { wizard, page } = context;
  const name = page.view === null ? '' : viewName(page.view);
  const shown = view(context);
  return html`<main data-view=${name}>
    ${wizard.problem === null ? nothing : problem(context, wizard.problem)}
    ${wizard.obstacle === null ? nothing : obstacle(context, wizard.obstacle)}
    ${shown === null ? waiting(context) : keyed(name, shown)}
  </main>`;
}

function view(context: ViewContext): TemplateResult | null {
  const { page, wizard } = context;
  switch (page.view?.kind) {
    case 'setup':
      return setupForm(context);
    case 'run':
      return wizard.run === null ? null : runView(context, wizard.run);
    case 'verify':
      return verification(context, wizard.verification, page.view.position);
    case 'review': {
      const plan = reviewedPlan(wizard, page.view.step);
      return plan === null ? null : review(context, plan);
    }
    case 'step': {
      const detail = wizard.steps[page.view.step];
      return detail === undefined ? null : stepDetail(context, detail);
    }
    case undefined:
      return null;
  }
}

function problem({ t, send }: ViewContext, { message, next, action }: ProblemView): TemplateResult {
  return alertSection(
    t(text('Problem')),
    { message, next },
    action === null
      ? nothing
      : button({
          label: action.label,
          onClick: () => send({ type: 'problemAction', command: action.command }),
          key: 'problem-action',
        }),
  );
}

/** Somebody else is at it: the user decides whether the run begins all the same. */
function obstacle({ t, send, page, act }: ViewContext, view: ObstacleView): TemplateResult {
  return alertSection(
    t(text('Somebody else is at it')),
    view,
    html`<div class="actions">
      ${button({
        label: t(text('Try again')),
        kind: 'primary',
        disabled: page.waiting,
        onClick: () => act.startRun({ type: 'answerObstacle', answer: 'tryAgain' }),
        key: 'obstacle-again',
      })}
      ${button({
        label: t(text('Go on anyway')),
        disabled: page.waiting,
        onClick: () => act.startRun({ type: 'answerObstacle', answer: 'goOn' }),
        key: 'obstacle-go-on',
      })}
      ${button({
        label: t(text('Not now')),
        onClick: () => send({ type: 'answerObstacle', answer: 'dismiss' }),
        key: 'obstacle-dismiss',
      })}
    </div>`,
  );
}

function alertSection(
  label: string,
  { message, next }: ObstacleView,
  buttons: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<section class="problem" role="alert" aria-label=${label}>
    ${icon('warning')}
    <div>
      <p class="message">${message}</p>
      ${next === '' ? nothing : html`<p>${next}</p>`} ${buttons}
    </div>
  </section>`;
}

function waiting({ wizard, t }: ViewContext): TemplateResult | typeof nothing {
  if (wizard.busy === null) return nothing;
  return html`<article class="waiting" aria-busy="true">
    ${progressRing()}
    <div>
      ${viewHeading(wizard.busy)}
      <p class="dim">${t(text('Nothing is changed while it reads.'))}</p>
    </div>
  </article>`;
}
