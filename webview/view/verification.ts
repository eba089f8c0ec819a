import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '../../src/core/text';
import type { VerificationRow, VerificationView } from '../../src/protocol/wizardState';
import { button } from '../ui/kit';
import type { ViewContext } from './context';
import { viewHeading } from './heading';
import { networkPicture } from './picture/networkPicture';
import { verdictIcon, verdictTone } from './statusIcon';

/** What was measured, position by position. */
export function verification(context: ViewContext, result: VerificationView): TemplateResult {
  const { t, wizard, page, act } = context;
  const positions = [...new Set(result.rows.map(({ position }) => position))];
  return html`<article class="verification">
    ${viewHeading(result.heading)}
    <p class="why">${result.sentence}</p>
    ${positions.map((position) =>
      positionTable(
        context,
        position,
        result.rows.filter((row) => row.position === position),
      ),
    )}
    <div class="actions">
      ${button({
        label: t(text('Verify again')),
        disabled: !wizard.can.verify || page.waiting,
        onClick: () => act.verify(),
        key: 'verify-again',
      })}
    </div>
    ${networkPicture(context)}
  </article>`;
}

function positionTable({ t }: ViewContext, position: string, rows: readonly VerificationRow[]): TemplateResult {
  const columns = [t(text('Result')), t(text('Measured')), t(text('Expected')), t(text('Found'))];
  return html`<h3>${position}</h3>
    <table class="measurements">
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
function measurement(row: VerificationRow, [result = '', measured = '', expected = '', found = '']: readonly string[]) {
  const advised = row.advice !== '';
  return html`<tr class=${advised ? 'advised' : ''}>
      <td data-column=${result}>
        <span class="found ${verdictTone(row.verdict)}"
          >${verdictIcon(row.verdict)}<span>${row.verdictLabel}</span></span
        >
      </td>
      <td data-column=${measured}>
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
