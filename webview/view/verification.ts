import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '../../src/core/text';
import type { VerificationRow, VerificationView } from '../../src/protocol/wizardState';
import { button } from '../ui/kit';
import type { ViewContext } from './context';
import { viewHeading } from './heading';
import { networkPicture } from './picture/networkPicture';
import { verdictIcon, verdictTone } from './statusIcon';

/** What was measured, position by position; before the first time, what a verification is. */
export function verification(
  context: ViewContext,
  result: VerificationView | null,
  position: string | null,
): TemplateResult {
  return html`<article class="verification">
    ${result === null ? nothingYet(context) : measured(context, result, position)} ${networkPicture(context)}
  </article>`;
}

function nothingYet(context: ViewContext): TemplateResult {
  const { t } = context;
  return html`${viewHeading(t(text('Not verified yet')))}
    <p class="why">
      ${t(
        text(
          'A verification asks every service from the internet, from this machine and from inside, as far as each can be done from here, and shows what was answered. It changes nothing in Azure but for the index that an ingestion makes.',
        ),
      )}
    </p>
    <div class="actions">${verifyButton(context, t(text('Verify')))}</div>`;
}

function measured(context: ViewContext, result: VerificationView, position: string | null): TemplateResult {
  const { t, act } = context;
  const rows = result.rows.filter((row) => position === null || row.position === position);
  const positions = [...new Set(rows.map((row) => row.position))];
  return html`${viewHeading(position ?? result.heading)}
    ${position === null ? html`<p class="why">${result.sentence}</p>` : nothing}
    ${positions.map((from) => {
      const own = rows.filter((row) => row.position === from);
      return html`${position === null ? html`<h3>${from}</h3>` : nothing} ${positionTable(context, from, own)}`;
    })}
    <div class="actions">
      ${verifyButton(context, t(text('Verify again')))}
      ${
        position === null
          ? nothing
          : button({
              label: t(text('All measurements')),
              onClick: () => act.show({ kind: 'verify', position: null }),
              key: 'verify-all',
            })
      }
    </div>`;
}

function verifyButton({ wizard, page, act }: ViewContext, label: string): TemplateResult {
  return button({
    label,
    disabled: !wizard.can.verify || page.waiting,
    onClick: () => act.verify(),
    key: 'verify-again',
  });
}

function positionTable({ t }: ViewContext, position: string, rows: readonly VerificationRow[]): TemplateResult {
  const columns = [t(text('Result')), t(text('Measured')), t(text('Expected')), t(text('Found'))];
  return html`<table class="measurements">
    <caption class="sr-only">
      ${position}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => measurement(row, columns))}
    </tbody>
  </table>`;
}

/** A measurement, with what to do about it in a row of its own below. */
function measurement(row: VerificationRow, [result = '', asked = '', expected = '', found = '']: readonly string[]) {
  const advised = row.advice !== '';
  return html`<tr class=${advised ? 'advised' : ''}>
      <td data-column=${result}>
        <span class="found ${verdictTone(row.verdict)}"
          >${verdictIcon(row.verdict)}<span>${row.verdictLabel}</span></span
        >
      </td>
      <td data-column=${asked}>
        <div>${row.title} <span class="host">${row.host}</span></div>
      </td>
      <td data-column=${expected}>${row.expected}</td>
      <td data-column=${found}>${row.actual}</td>
    </tr>
    ${
      advised
        ? html`<tr>
            <td></td>
            <td colspan="3">${row.advice}</td>
          </tr>`
        : nothing
    }`;
}
