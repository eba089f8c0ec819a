import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type { ChangeView, DiffLine } from '../../src/protocol/wizardState';
import { icon } from '../ui/icons';
import type { ViewContext } from './context';

/** A diff of more lines than this starts folded, with its size beside it. */
const LONG = 14;
const DEEPEST_INDENT = 8;

/** Changes, each with its diff. A fold that the user opened or closed stays so while the change is there. */
export function changeBlocks(context: ViewContext, changes: readonly ChangeView[]): TemplateResult {
  return html`<div class="changes">
    ${repeat(
      changes,
      ({ id }) => id,
      (change) => changeBlock(context, change),
    )}
  </div>`;
}

function changeBlock({ t }: ViewContext, change: ChangeView): TemplateResult {
  const { lines } = change;
  return html`<details class="change" ?open=${lines.length <= LONG} data-change=${change.id}>
    <summary>
      ${icon('chevron')}
      <span class="change-action ${change.action}">${change.actionLabel}</span>
      <span class="change-name" title=${change.name}>${change.name}</span>
      <span class="change-heading">${change.heading}</span>
      ${lines.length > LONG ? html`<span class="change-size">${t(text('{0} lines', lines.length))}</span>` : nothing}
    </summary>
    ${lines.length === 0 ? nothing : diff(lines, change, t)}
    ${change.note === null ? nothing : html`<p class="change-note">${change.note}</p>`}
  </details>`;
}

function diff(lines: readonly DiffLine[], change: ChangeView, t: ViewContext['t']): TemplateResult {
  const words = { add: t(text('added')), remove: t(text('removed')), same: t(text('unchanged')) } as const;
  return html`<table class="diff">
    <caption class="sr-only">
      ${change.actionLabel} ${change.name}
    </caption>
    <thead class="sr-only">
      <tr>
        <th scope="col">${t(text('Change'))}</th>
        <th scope="col">${t(text('Property'))}</th>
        <th scope="col">${t(text('Value'))}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr class=${line.kind}>
            <td class="sign">
              <span aria-hidden="true">${SIGNS[line.kind]}</span><span class="sr-only">${words[line.kind]}</span>
            </td>
            <td class="name indent-${Math.max(0, Math.min(line.indent, DEEPEST_INDENT))}">${line.name}</td>
            <td class="value">${line.value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const SIGNS = { add: '+', remove: '\u2212', same: '' } as const satisfies Record<DiffLine['kind'], string>;
