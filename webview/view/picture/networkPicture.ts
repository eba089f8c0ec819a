import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';
import { text } from '../../../src/core/text';
import type { NetworkPicture } from '../../../src/protocol/networkPicture';
import type { ViewContext } from '../context';
import { atWidth } from './atWidth';
import { layOut } from './layOut';
import type { PlacedBox, PlacedLink } from './placed';
import { partKeys } from './partKeys';

/** The network as it is and as it is planned; the same facts as a list for those who do not see it. */
export function networkPicture(context: ViewContext): TemplateResult | typeof nothing {
  const { wizard, t } = context;
  const { network } = wizard;
  if (network === null) return nothing;
  return html`<section class="network" aria-labelledby="network-heading">
    <h3 id="network-heading">${t(text('Network'))}</h3>
    <div class="picture">${atWidth((width) => draw(context, network, width))}</div>
    ${legend(context)}
    <ul class="sr-only">
      ${network.facts.map((fact) => html`<li>${fact}</li>`)}
    </ul>
  </section>`;
}

/** What the lines mean; for those who do not see them, the list of facts says it. */
function legend({ t }: ViewContext): TemplateResult {
  const kinds = [
    ['present', t(text('in place'))],
    ['planned', t(text('planned'))],
    ['missing', t(text('not there, or not known'))],
    ['open', t(text('open to the internet'))],
  ] as const;
  return html`<p class="legend" aria-hidden="true">
    ${kinds.map(
      ([state, words]) =>
        html`<span class="legend-entry"
          ><svg class="link ${state}" width="28" height="8"><path class="line" d="M0 4H28" /></svg>${words}</span
        >`,
    )}
  </p>`;
}

/** Something that is drawn: what a screen reader calls it, what it stands out for, and the step that it leads to. */
interface Part {
  readonly className: string;
  readonly spoken: string;
  readonly isCurrent: boolean;
  /** Null where there is nothing to show. */
  readonly target: string | null;
  readonly shape: SVGTemplateResult;
}

function draw(context: ViewContext, network: NetworkPicture, width: number): TemplateResult {
  const { t } = context;
  const placed = layOut(network, width);
  const parts = [
    ...placed.boxes.map((box) => boxPart(context, box)),
    ...placed.links.map((link) => linkPart(context, link)),
  ];
  const choosable = parts.filter(({ target }) => target !== null);
  const tabStop = choosable.find(({ isCurrent }) => isCurrent) ?? choosable[0];
  return html`<svg
    role="group"
    aria-labelledby="picture-title"
    aria-describedby="picture-description"
    width=${placed.width}
    height=${placed.height}
    viewBox="0 0 ${placed.width} ${placed.height}"
    @keydown=${partKeys}
  >
    <title id="picture-title">${t(text('Network picture'))}</title>
    <desc id="picture-description">${network.description}</desc>
    ${parts.map((part) => drawPart(context, part, part === tabStop))}
  </svg>`;
}

function drawPart({ act }: ViewContext, part: Part, isTabStop: boolean): SVGTemplateResult {
  const { className, spoken, isCurrent, target, shape } = part;
  const classes = isCurrent ? `${className} current` : className;
  if (target === null) return svg`<g class=${classes}>${shape}</g>`;
  return svg`<g
    class="${classes} part"
    role="button"
    tabindex=${isTabStop ? 0 : -1}
    aria-label=${spoken}
    data-part
    @click=${() => act.show({ kind: 'step', step: target })}
  >${shape}</g>`;
}

function boxPart(context: ViewContext, box: PlacedBox): Part {
  const { x, y, width, height, kind, state, label, note, reach, steps } = box;
  const shape = svg`<rect x=${x} y=${y} width=${width} height=${height} rx="3" />
    <foreignObject x=${x} y=${y} width=${width} height=${Math.min(height, 64)}>${boxText(box)}</foreignObject>`;
  const spoken = [label, note, reach?.label ?? ''].filter((words) => words !== '').join(', ');
  return { className: `box ${kind} ${state}`, spoken, ...leading(context, steps), shape };
}

function boxText({ label, note, reach }: PlacedBox): TemplateResult {
  const whole = [label, note, reach?.label ?? ''].filter((line) => line !== '').join('\n');
  return html`<div class="box-text" title=${whole}>
    <div class="box-label">${label}</div>
    ${note === '' ? nothing : html`<div class="box-note">${note}</div>`}
    ${reach === null ? nothing : html`<div class="box-note reach ${reach.state}">${reach.label}</div>`}
  </div>`;
}

function linkPart(context: ViewContext, { kind, state, path, head, mark, label, steps }: PlacedLink): Part {
  const shape = svg`<title>${label}</title>
    <path class="halo" d=${path} />
    <path class="line" d=${path} />
    ${head === null ? nothing : svg`<path class="head" d=${head} />`}
    ${mark === null ? nothing : svg`<path class="mark" d="m${mark.x - 5} ${mark.y - 5} 10 10m0 -10 -10 10" />`}`;
  const part = { className: `link ${kind} ${state}`, spoken: label, ...leading(context, steps), shape };
  // The endpoint that it starts from leads to the same step.
  return kind === 'private' ? { ...part, target: null } : part;
}

/** Whether the shown step is among these, and the step that a part waits for: the first that is not done. */
function leading({ wizard, page }: ViewContext, steps: readonly string[]): Pick<Part, 'isCurrent' | 'target'> {
  const shown = page.view?.kind === 'step' ? page.view.step : '';
  const known = steps.filter((step) => Object.hasOwn(wizard.steps, step));
  const target = known.find((step) => wizard.steps[step]?.state !== 'done') ?? known[0] ?? null;
  return { isCurrent: steps.includes(shown), target };
}
