import { html, type TemplateResult } from 'lit-html';

export const HEADING_ID = 'view-heading';

/** The heading of what the main area shows: where the focus goes when it shows something else. */
export function viewHeading(heading: string): TemplateResult {
  return html`<h2 id=${HEADING_ID} tabindex="-1">${heading}</h2>`;
}
