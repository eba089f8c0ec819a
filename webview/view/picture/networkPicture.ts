import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';
import { text } from '../../../src/core/text';
import type { ViewContext } from '../context';
import { layOut } from './layOut';
import type { PlacedBox, PlacedLink } from './placed';
import { atWidth } from './atWidth';
import type { NetworkPicture } from '../../../src/protocol/wizardState';

/** The network as it is and as it is planned; the same facts as a list for those who do not see it. */
export function networkPicture({ wizard, t }: ViewContext): TemplateResult | typeof nothing {
  const { network } = wizard;
  if (network === null) return nothing;
  return html`<section class="network" aria-labelledby="network-heading">
    <h3 id="network-heading">${t(text('Network'))}</h3>
    <div class="picture">${atWidth((width) => draw(network, width, t))}</div>
    <ul class="sr-only">
      ${network.facts.map((fact) => html`<li>${fact}</li>`)}
    </ul>
  </section>`;
}

function draw(network: NetworkPicture, width: number, t: ViewContext['t']): TemplateResult {
  const placed = layOut(network, width);
  return html`<svg
    role="img"
    aria-labelledby="picture-title"
    aria-describedby="picture-description"
    width=${placed.width}
    height=${placed.height}
    viewBox="0 0 ${placed.width} ${placed.height}"
  >
    <title id="picture-title">${t(text('Network picture'))}</title>
    <desc id="picture-description">${network.description}</desc>
    ${placed.boxes.map(drawBox)} ${placed.links.map(drawLink)}
  </svg>`;
}

function drawBox(box: PlacedBox): SVGTemplateResult {
  const { x, y, width, height, label, note } = box;
  return svg`<g class="box ${box.kind} ${box.state}">
    <rect x=${x} y=${y} width=${width} height=${height} rx="3" />
    <foreignObject x=${x} y=${y} width=${width} height=${Math.min(height, 56)}>${boxText(label, note)}</foreignObject>
  </g>`;
}

function boxText(label: string, note: string): TemplateResult {
  const whole = note === '' ? label : `${label}\n${note}`;
  return html`<div class="box-text" title=${whole}>
    <div class="box-label">${label}</div>
    ${note === '' ? nothing : html`<div class="box-note">${note}</div>`}
  </div>`;
}

function drawLink({ kind, state, path, label, mark }: PlacedLink): SVGTemplateResult {
  return svg`<g class="link ${kind} ${state}">
    <path d=${path} />
    ${mark === null ? nothing : svg`<path class="mark" d="m${mark.x - 5} ${mark.y - 5} 10 10m0 -10 -10 10" />`}
    ${
      label === null
        ? nothing
        : svg`<foreignObject x=${label.x} y=${label.y} width=${label.width} height=${label.height}>${linkLabel(label.text)}</foreignObject>`
    }
  </g>`;
}

function linkLabel(label: string): TemplateResult {
  return html`<div class="link-label" title=${label}>${label}</div>`;
}
