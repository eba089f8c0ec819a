import { html, nothing, type TemplateResult } from 'lit-html';
import type { Fact } from '../../src/protocol/wizardState';
import { icon } from '../ui/icons';

/** "Needs … you have it · Risk … · Cost … · Undo …" in one line that wraps. */
export function facts(list: readonly Fact[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<dl class="facts">
    ${list.map(
      (fact) =>
        html`<div>
          <dt>${fact.label}</dt>
          <dd class=${fact.tone}>${toneIcon(fact.tone)}<span>${fact.value}</span></dd>
        </div>`,
    )}
  </dl>`;
}

function toneIcon(tone: Fact['tone']): TemplateResult | typeof nothing {
  if (tone === 'plain') return nothing;
  return tone === 'good' ? icon('check') : icon('warning');
}
