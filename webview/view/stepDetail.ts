import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '../../src/core/text';
import type { EvidenceRow, SourceLink, StepDetail } from '../../src/protocol/wizardState';
import { isShownByStep, reviewedPlan } from '../state/reviewedPlan';
import { icon } from '../ui/icons';
import { button, link } from '../ui/kit';
import { changeBlocks } from './changeBlock';
import type { ViewContext } from './context';
import { facts } from './facts';
import { viewHeading } from './heading';
import { menuButton } from './menu';
import { networkPicture } from './picture/networkPicture';
import { stepIcon, stepTone } from './statusIcon';

/** One step: why, what was found, what would change, what it takes, and what can be done. */
export function stepDetail(context: ViewContext, detail: StepDetail): TemplateResult {
  const { t } = context;
  return html`<article>
    ${viewHeading(detail.heading)}
    <p class="step-state ${stepTone(detail.state)}">${stepIcon(detail.state)}<span>${detail.stateLabel}</span></p>
    <p class="why">${detail.why}</p>
    ${sources(context, detail.sources)}
    ${
      detail.skipped === null
        ? nothing
        : html`<p class="notice">${icon('dash')}<span>${t(text('Skipped: {0}', detail.skipped))}</span></p>`
    }
    ${detail.deviation === null ? nothing : html`<p class="notice">${icon('warning')}<span>${detail.deviation.sentence}</span></p>`}
    ${detail.reason === null ? nothing : html`<p class="notice">${icon('question')}<span>${detail.reason}</span></p>`}
    ${notes(detail.notes)} ${detail.evidence.length === 0 ? nothing : evidence(context, detail)}
    ${
      detail.changes.length === 0
        ? nothing
        : html`<h3>${t(text('What will change'))}</h3>
            ${changeBlocks(context, detail.changes)}`
    }
    ${facts(detail.facts)} ${actions(context, detail)} ${networkPicture(context)}
  </article>`;
}

/** What is worth knowing beside the judgement. */
function notes(list: readonly string[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<ul class="step-notes">
    ${list.map((note) => html`<li>${icon('info')}<span>${note}</span></li>`)}
  </ul>`;
}

function sources({ t, send }: ViewContext, list: readonly SourceLink[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<p class="sources">
    <span>${t(text('Sources:'))}</span>
    ${list.map(({ label, linkId }) =>
      linkId === null
        ? html`<span class="source">${label}</span>`
        : html`<span class="source">${link({ label, onClick: () => send({ type: 'openLink', linkId }) })}</span>`,
    )}
  </p>`;
}

function evidence({ t }: ViewContext, detail: StepDetail): TemplateResult {
  const columns = [t(text('Property')), t(text('Expected')), t(text('Found'))] as const;
  return html`<h3>${t(text('What we found'))}</h3>
    <table class="evidence">
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${detail.evidence.map(
          (row) =>
            html`<tr>
              <td data-column=${columns[0]}>${row.property}</td>
              <td data-column=${columns[1]}>${row.expected}</td>
              <td data-column=${columns[2]}>${found(row, detail, t)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** In a step that could not be judged, what is missing is not known to be wrong: it is never red, and never green. */
function found(row: EvidenceRow, { state }: StepDetail, t: ViewContext['t']): TemplateResult {
  const value = html`<span>${row.actual}</span>`;
  if (row.satisfied) {
    return html`<span class="found good"
      >${icon('check')}<span class="sr-only">${t(text('As expected:'))}</span>${value}</span
    >`;
  }
  if (state === 'unknown' || state === 'manual' || state === 'notApplicable') {
    return html`<span class="found dim"
      >${icon('question')}<span class="sr-only">${t(text('Not known:'))}</span>${value}</span
    >`;
  }
  return html`<span class="found bad"
    >${icon('cross')}<span class="sr-only">${t(text('Not as expected:'))}</span>${value}</span
  >`;
}

function actions(context: ViewContext, detail: StepDetail): TemplateResult {
  const { t, send, page, wizard, act } = context;
  const { step, skipped } = detail;
  const canSkip =
    skipped === null && (detail.state === 'todo' || detail.state === 'failed' || detail.state === 'manual');
  return html`<div class="actions">
    ${applyButton(context, detail)}
    ${
      canSkip
        ? button({
            label: t(text('Skip…')),
            disabled: page.waiting,
            onClick: () => send({ type: 'skipStep', step }),
            key: 'step-skip',
          })
        : nothing
    }
    ${
      skipped === null
        ? nothing
        : button({
            label: t(text('Stop skipping')),
            disabled: page.waiting,
            onClick: () => send({ type: 'unskipStep', step }),
            key: 'step-skip',
          })
    }
    ${
      detail.canUndo
        ? button({
            label: t(text('Take this step back…')),
            disabled: page.waiting || !wizard.can.verify,
            onClick: () => act.startRun({ type: 'undoStep', step }),
            key: 'step-undo',
          })
        : nothing
    }
    ${copyMenu(context, detail)}
  </div>`;
}

function copyMenu(context: ViewContext, { step, changes }: StepDetail): TemplateResult {
  const { t, send } = context;
  const found = { label: t(text('What was found')), onChoose: () => send({ type: 'copy', what: 'findings', step }) };
  const planned = { label: t(text('What will change')), onChoose: () => send({ type: 'copy', what: 'plan', step }) };
  return menuButton(context, {
    menu: 'step-copy',
    label: t(text('Copy…')),
    items: changes.length === 0 ? [found] : [found, planned],
  });
}

/** What the step needs first, and what has to be agreed to, is reviewed before it is applied. */
function applyButton(context: ViewContext, detail: StepDetail): TemplateResult | typeof nothing {
  const { t, wizard, page, act } = context;
  const plan = reviewedPlan(wizard, detail.step);
  if (plan === null) return nothing;
  const shown = isShownByStep(plan, detail.changes);
  const more = plan.changes.length + plan.hidden.length > detail.changes.length;
  return button({
    label: shown
      ? t(text('Apply this step'))
      : more
        ? t(text('Review and apply with what it needs first…'))
        : t(text('Review and apply this step…')),
    kind: 'primary',
    disabled: !wizard.can.apply || page.waiting,
    onClick: () =>
      shown
        ? act.startRun({ type: 'apply', planId: plan.planId, confirmed: [] })
        : act.show({ kind: 'review', step: detail.step }),
    key: 'step-apply',
  });
}
