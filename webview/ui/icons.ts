import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';

/** Every icon stands beside a word; it is never the only bearer of what it means. */
export type IconName = keyof typeof SHAPES;

const SHAPES = {
  circle: svg`<circle cx="8" cy="8" r="4.5" />`,
  check: svg`<path d="M3 8.5 6.5 12 13 4.5" />`,
  cross: svg`<path d="m4 4 8 8M12 4l-8 8" />`,
  question: svg`<path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8" /><path d="M8 12.6v.4" />`,
  person: svg`<circle cx="8" cy="5" r="2.5" /><path d="M3.5 13.5c0-3 1.8-4.5 4.5-4.5s4.5 1.5 4.5 4.5" />`,
  dash: svg`<path d="M4 8h8" />`,
  running: svg`<path d="M8 3a5 5 0 1 1-5 5" class="turning" />`,
  clock: svg`<circle cx="8" cy="8" r="5" /><path d="M8 5v3l2 1.5" />`,
  warning: svg`<path d="M8 2.5 14 13.5H2zM8 6.5v3.5M8 11.6v.4" />`,
  info: svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 7.5v3.5M8 5v.4" />`,
  chevron: svg`<path d="m6 4 4 4-4 4" />`,
} satisfies Record<string, SVGTemplateResult>;

export function icon(name: IconName, tone = ''): TemplateResult {
  return html`<svg class="icon ${tone}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
