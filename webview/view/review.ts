import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '../../src/core/text';
import type { WizardState } from '../../src/protocol/wizardState';
import { agreedTo, type PageState } from '../state/pageState';
import type { ReviewedPlan } from '../state/reviewedPlan';
import { icon } from '../ui/icons';
import { button, checkbox, divider } from '../ui/kit';
import { changeBlocks } from './changeBlock';
import type { ViewContext } from './context';
import { facts } from './facts';
import { viewHeading } from './heading';
import { preflight } from './preflight';

/** A plan before it is applied: everything that would be written, and everything that has to be agreed to. */
export function review(context: ViewContext, plan: ReviewedPlan): TemplateResult {
  const { t } = context;
  return html`<article class="review">
    ${viewHeading(plan.heading)}
    <p class="why">${plan.summary}</p>
    ${facts(plan.facts)} ${preflight(context, context.wizard.preflights[plan.planId])} ${confirmations(context, plan)}
    <h3>${t(text('What will change'))}</h3>
    ${changeBlocks(context, plan.changes)} ${blocked(context, plan)} ${actions(context, plan)}
  </article>`;
}

function confirmations({ t, page, act }: ViewContext, plan: ReviewedPlan): TemplateResult | typeof nothing {
  if (plan.confirmations.length === 0) return nothing;
  const agreed = agreedTo(page, plan.planId);
  return html`<fieldset class="confirmations">
    <legend>${t(text('Before it can be applied'))}</legend>
    ${plan.confirmations.map(
      ({ id, label, notes }) =>
        html`${checkbox({
          label,
          checked: agreed.includes(id),
          onChange: (checked) => act.agree(plan.planId, id, checked),
          key: `confirm-${id}`,
        })}
        ${
          notes.length === 0
            ? nothing
            : html`<ul class="confirmation-notes" aria-label=${label}>
                ${notes.map((note) => html`<li>${note}</li>`)}
              </ul>`
        }`,
    )}
  </fieldset>`;
}

function blocked({ t }: ViewContext, plan: ReviewedPlan): TemplateResult | typeof nothing {
  if (plan.blocked.length === 0) return nothing;
  return html`<h3>${t(text('What cannot be planned yet'))}</h3>
    <ul class="blocked">
      ${plan.blocked.map((reason) => html`<li>${reason}</li>`)}
    </ul>`;
}

function actions(context: ViewContext, plan: ReviewedPlan): TemplateResult {
  const { t, page, wizard, act } = context;
  const hint = whyNot(context, plan);
  return html`<div class="review-actions">
    ${divider()}
    <div class="actions">
      ${button({
        label: t(text('Apply changes: {0}', plan.changes.length)),
        kind: 'primary',
        disabled: !canApply(page, wizard, plan),
        onClick: () => applyPlan(context, plan),
        key: 'review-apply',
      })}
      ${button({ label: t(text('Back')), onClick: () => act.leaveReview(), key: 'review-back' })}
      ${hint === null ? nothing : html`<span class="hint">${icon('warning', 'warning')}<span>${hint}</span></span>`}
    </div>
  </div>`;
}

function whyNot({ t, page, wizard }: ViewContext, plan: ReviewedPlan): string | null {
  if (plan.hidden.length > 0) {
    return t(text('Some changes of this plan cannot be shown here, so it cannot be applied. Check again.'));
  }
  if (!wizard.can.apply) return t(text('Nothing can be applied right now.'));
  if (isLookingAhead(wizard, plan)) return t(text('What is in the way is being looked up.'));
  const left = plan.confirmations.length - agreedTo(page, plan.planId).length;
  return left > 0 ? t(text('Confirmations still to tick: {0}', left)) : null;
}

/** Whether everything was shown and everything agreed to. */
function canApply(page: PageState, wizard: WizardState, plan: ReviewedPlan): boolean {
  const agreed = agreedTo(page, plan.planId);
  const shown = plan.hidden.length === 0 && plan.changes.length > 0;
  const isReady = wizard.can.apply && !page.waiting && !isLookingAhead(wizard, plan);
  return isReady && shown && plan.confirmations.every(({ id }) => agreed.includes(id));
}

function isLookingAhead({ preflights }: WizardState, { planId }: ReviewedPlan): boolean {
  return preflights[planId]?.looking === true;
}

/** Applies a plan that may be applied; does nothing otherwise. Also reached by the keyboard. */
export function applyPlan({ page, wizard, act }: ViewContext, plan: ReviewedPlan): void {
  if (!canApply(page, wizard, plan)) return;
  const confirmed = plan.confirmations.map(({ id }) => id);
  act.startRun({ type: 'apply', planId: plan.planId, confirmed });
}
