import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type { RunChangeErrorView, RunChangeRow, RunChoice, RunView } from '../../src/protocol/wizardState';
import { icon } from '../ui/icons';
import { button } from '../ui/kit';
import type { ViewContext } from './context';
import { viewHeading } from './heading';
import { networkPicture } from './picture/networkPicture';
import { changeIcon, changeTone } from './statusIcon';

/** The running or the last run, change by change. */
export function runView(context: ViewContext, run: RunView): TemplateResult {
  return html`<article class="run">
    ${viewHeading(run.heading)}
    <p class="run-sentence ${run.tone}">${outcomeIcon(run)}<span>${run.sentence}</span></p>
    ${run.active ? runBar(run, context) : nothing} ${actions(context, run)}
    <ol class="run-changes">
      ${repeat(
        run.changes,
        ({ id }) => id,
        (row) => changeRow(context, run, row),
      )}
    </ol>
    ${networkPicture(context)}
  </article>`;
}

function outcomeIcon({ active, tone }: RunView): TemplateResult | typeof nothing {
  if (active) return icon('running', 'busy');
  if (tone === 'plain') return nothing;
  return tone === 'good' ? icon('check', 'good') : icon('cross', 'bad');
}

function runBar({ done, total, sentence }: RunView, { t }: ViewContext): TemplateResult {
  const share = total > 0 ? Math.min(100, (100 * done) / total) : 0;
  return html`<div
    class="bar"
    role="progressbar"
    aria-label=${t(text('Changes that are finished'))}
    aria-valuemin="0"
    aria-valuemax=${Math.max(total, 1)}
    aria-valuenow=${done}
    aria-valuetext=${sentence}
  >
    <svg width="100%" height="3" aria-hidden="true">
      <rect class="busy" x="0" y="0" height="3" width="${share}%" />
    </svg>
  </div>`;
}

function changeRow(context: ViewContext, run: RunView, row: RunChangeRow): TemplateResult {
  return html`<li class="run-change">
    ${changeIcon(row.state)}
    <span class="run-title"><span>${row.title}</span> <span class="run-name" title=${row.name}>${row.name}</span></span>
    <span class="run-state ${changeTone(row.state)}">${row.stateLabel}</span>
    ${row.note === '' ? nothing : html`<span class="run-note">${row.note}</span>`}
    ${row.error === null ? nothing : changeError(context, run, row, row.error)}
  </li>`;
}

/** The cause first, then what to do next, then what support would ask for. */
function changeError(
  context: ViewContext,
  run: RunView,
  row: RunChangeRow,
  { message, next, details, action }: RunChangeErrorView,
): TemplateResult {
  const { t, send } = context;
  return html`<div class="run-error">
    <p>${message}</p>
    ${next === '' ? nothing : html`<p class="next">${next}</p>`}
    ${action === null ? nothing : nextAction(context, run, row, action)}
    ${
      details === ''
        ? nothing
        : html`<details>
            <summary>${icon('chevron')}<span>${t(text('Details for support'))}</span></summary>
            <pre>${details}</pre>
            ${button({
              label: t(text('Copy')),
              spoken: t(text('Copy the details of {0}', row.title)),
              onClick: () => send({ type: 'copyError', change: row.id }),
              key: `run-copy:${row.id}`,
            })}
          </details>`
    }
  </div>`;
}

/** What can be done about an error with one click, where it can be done now. */
function nextAction(
  { wizard, page, send, act }: ViewContext,
  { runId, choices }: RunView,
  { id, title }: RunChangeRow,
  { kind, label }: NonNullable<RunChangeErrorView['action']>,
): TemplateResult | typeof nothing {
  const can = {
    signIn: true,
    retry: choices.some(({ choice }) => choice === 'resume'),
    review: wizard.plan !== null,
  };
  if (!can[kind]) return nothing;
  const doIt = {
    signIn: () => send({ type: 'problemAction', command: 'signIn' }),
    retry: () => act.startRun({ type: 'resumeRun', runId }),
    review: () => act.show({ kind: 'review', step: null }),
  };
  return html`<div class="actions">
    ${button({
      label,
      spoken: `${label}: ${title}`,
      disabled: kind === 'retry' && (page.waiting || !wizard.can.decide),
      onClick: doIt[kind],
      key: `run-next:${id}`,
    })}
  </div>`;
}

function actions(context: ViewContext, run: RunView): TemplateResult | typeof nothing {
  const { t, wizard, send } = context;
  const { runId, active, choices } = run;
  if (active) {
    return html`<div class="actions">
      ${button({
        label: t(text('Cancel')),
        disabled: !wizard.can.cancel,
        onClick: () => send({ type: 'cancelRun', runId }),
        key: 'run-first',
      })}
    </div>`;
  }
  if (choices.length === 0) return nothing;
  return html`<div class="actions" role="group" aria-label=${t(text('What becomes of this run'))}>
    ${choices.map((choice) => choiceButton(context, runId, choice))}
  </div>`;
}

function choiceButton(
  { wizard, page, send, act }: ViewContext,
  runId: string,
  { choice, label }: RunChoice,
): TemplateResult {
  const doIt = {
    resume: () => act.startRun({ type: 'resumeRun', runId }),
    undo: () => act.startRun({ type: 'undoRun', runId }),
    abandon: () => send({ type: 'abandonRun', runId }),
  };
  return button({
    label,
    ...(choice === 'resume' ? { kind: 'primary' as const } : {}),
    disabled: page.waiting || !wizard.can.decide,
    onClick: doIt[choice],
    key: choice === 'resume' ? 'run-first' : `run-${choice}`,
  });
}
