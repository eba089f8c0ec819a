import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '../../src/core/text';
import type { PreflightFindingView, PreflightView } from '../../src/protocol/wizardState';
import { icon, type IconName } from '../ui/icons';
import { progressRing } from '../ui/kit';
import type { ViewContext } from './context';

const TONES: Readonly<Record<PreflightView['tone'], IconName>> = {
  plain: 'info',
  good: 'check',
  warning: 'warning',
  bad: 'cross',
};

const VERDICTS = {
  blocks: ['cross', 'bad'],
  warns: ['warning', 'warning'],
  unknown: ['question', 'warning'],
} as const satisfies Record<PreflightFindingView['verdict'], readonly [IconName, string]>;

/** What could be known of a plan before its first write: what is in the way of it, how long it takes, what it costs. */
export function preflight({ t }: ViewContext, found: PreflightView | undefined): TemplateResult | typeof nothing {
  if (found === undefined) return nothing;
  const { looking, tone, sentence, summary, findings } = found;
  return html`<section class="preflight" aria-label=${t(text('Before it begins'))} aria-busy=${String(looking)}>
    <p class="preflight-sentence ${tone}" role="status">
      ${looking ? progressRing() : icon(TONES[tone])}<span>${sentence}</span>
    </p>
    ${
      findings.length === 0
        ? nothing
        : html`<ul>
            ${findings.map(findingItem)}
          </ul>`
    }
    ${summary === '' ? nothing : html`<p class="dim">${summary}</p>`}
  </section>`;
}

function findingItem({ verdict, label, title, detail, remedy, concerns }: PreflightFindingView): TemplateResult {
  const [name, tone] = VERDICTS[verdict];
  return html`<li>
    ${icon(name, tone)}
    <div>
      <p><span class="preflight-label ${tone}">${label}</span> <span>${title}</span></p>
      ${detail === '' ? nothing : html`<p class="detail">${detail}</p>`}
      <p class="next">${remedy}</p>
      ${concerns === '' ? nothing : html`<p class="dim">${concerns}</p>`}
    </div>
  </li>`;
}
