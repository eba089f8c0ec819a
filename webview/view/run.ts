import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type { RunChangeErrorView, RunChangeRow, RunView } from '../../src/protocol/wizardState';
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
        (row) => changeRow(context, row),
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

function changeRow({ t }: ViewContext, row: RunChangeRow): TemplateResult {
  return html`<li class="run-change">
    ${changeIcon(row.state)}
    <span class="run-title"><span>${row.title}</span> <span class="run-name" title=${row.name}>${row.name}</span></span>
    <span class="run-state ${changeTone(row.state)}">${row.stateLabel}</span>
    ${row.note === '' ? nothing : html`<span class="run-note">${row.note}</span>`}
    ${row.error === null ? nothing : changeError(row.error, t)}
  </li>`;
}

function changeError(error: RunChangeErrorView, t: ViewContext['t']): TemplateResult {
  return html`<div class="run-error">
    <p>${error.message}</p>
    ${error.next === '' ? nothing : html`<p class="next">${error.next}</p>`}
    ${
      error.details === ''
        ? nothing
        : html`<details>
            <summary>${icon('chevron')}<span>${t(text('Details for support'))}</span></summary>
            <pre>${error.details}</pre>
          </details>`
    }
  </div>`;
}

function actions(
  { t, wizard, page, send, act }: ViewContext,
  { runId, active }: RunView,
): TemplateResult | typeof nothing {
  const { can } = wizard;
  if (active) {
    return html`<div class="actions">
      ${button({
        label: t(text('Cancel')),
        disabled: !can.cancel,
        onClick: () => send({ type: 'cancelRun', runId }),
        key: 'run-first',
      })}
    </div>`;
  }
  if (!can.resume && !can.undo) return nothing;
  return html`<div class="actions">
    ${
      can.resume
        ? button({
            label: t(text('Resume')),
            kind: 'primary',
            disabled: page.waiting,
            onClick: () => act.startRun({ type: 'resumeRun', runId }),
            key: 'run-first',
          })
        : nothing
    }
    ${
      can.undo
        ? button({
            label: t(text('Undo this run…')),
            disabled: page.waiting,
            onClick: () => act.startRun({ type: 'undoRun', runId }),
            key: 'run-undo',
          })
        : nothing
    }
  </div>`;
}
