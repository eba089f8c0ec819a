import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type { StepGroup, StepRow } from '../../src/protocol/wizardState';
import { icon, type IconName } from '../ui/icons';
import { rovingKeys } from '../ui/rovingKeys';
import { viewName, viewOfName, type View } from '../state/view';
import type { ViewContext } from './context';
import { stepIcon } from './statusIcon';

interface Place {
  readonly view: View;
  readonly label: string;
  readonly icon: IconName;
}

/** All there is to look at, on the left; a list of choices above the detail where the page is narrow. */
export function stepList(context: ViewContext): TemplateResult {
  const { wizard, page, t, act } = context;
  const shown = page.view === null ? '' : viewName(page.view);
  const tabStop = tabStopOf(context, shown);
  return html`<nav aria-label=${t(text('Steps'))}>
    ${narrowList(context, shown)}
    <div
      class="wide-list"
      @keydown=${rovingKeys}
      @focusin=${(event: FocusEvent) => {
        const entry = (event.target as HTMLElement).dataset['entry'];
        if (entry !== undefined && entry !== page.listCursor) act.moveListCursor(entry);
      }}
    >
      <ul>
        ${places(context).map((place) => placeEntry(context, place, shown, tabStop))}
      </ul>
      ${
        wizard.groups.length === 0
          ? html`<p class="dim empty">
              ${t(text('The steps appear here when the scenario and its resources are chosen.'))}
            </p>`
          : repeat(
              wizard.groups,
              ({ state }) => state,
              (group) => groupEntries(context, group, shown, tabStop),
            )
      }
    </div>
  </nav>`;
}

function places({ wizard, t }: ViewContext): readonly Place[] {
  const list: Place[] = [{ view: { kind: 'setup' }, label: t(text('Scenario and resources')), icon: 'dash' }];
  if (wizard.run !== null) {
    const label = wizard.run.active ? t(text('Run in progress')) : t(text('Last run'));
    list.push({ view: { kind: 'run' }, label, icon: wizard.run.active ? 'running' : 'clock' });
  }
  if (wizard.verification !== null) {
    list.push({ view: { kind: 'verify' }, label: t(text('Verification')), icon: 'check' });
  }
  return list;
}

function placeEntry({ act }: ViewContext, place: Place, shown: string, tabStop: string): TemplateResult {
  const name = viewName(place.view);
  return html`<li>
    <button
      type="button"
      class="entry place"
      data-entry=${name}
      data-focus="list:${name}"
      tabindex=${tabStop === name ? 0 : -1}
      aria-current=${shown === name ? 'page' : nothing}
      @click=${() => act.show(place.view)}
    >
      <span class="entry-title">${place.label}</span>
    </button>
  </li>`;
}

function groupEntries(context: ViewContext, group: StepGroup, shown: string, tabStop: string): TemplateResult {
  const { page, act } = context;
  const folded = page.foldedGroups.has(group.state);
  const entry = groupEntry(group);
  return html`<h2>
      <button
        type="button"
        class="group"
        data-entry=${entry}
        data-focus="list:${entry}"
        tabindex=${tabStop === entry ? 0 : -1}
        aria-expanded=${String(!folded)}
        @click=${() => act.foldGroup(group.state, !folded)}
      >
        ${icon('chevron')}<span>${group.label}</span>
      </button>
    </h2>
    <ul ?hidden=${folded}>
      ${
        folded
          ? nothing
          : repeat(
              group.steps,
              ({ step }) => step,
              (row) => stepEntry(context, row, shown, tabStop),
            )
      }
    </ul>`;
}

function stepEntry({ act }: ViewContext, row: StepRow, shown: string, tabStop: string): TemplateResult {
  return html`<li>
    <button
      type="button"
      class="entry step"
      data-entry=${row.step}
      data-focus="list:${row.step}"
      tabindex=${tabStop === row.step ? 0 : -1}
      aria-current=${shown === row.step ? 'step' : nothing}
      @click=${() => act.show({ kind: 'step', step: row.step })}
    >
      ${stepIcon(row.state)}
      <span class="entry-title" title=${row.title} aria-hidden="true">${row.title}</span>
      <span class="entry-note" aria-hidden="true">${row.note}</span>
      <span class="sr-only">${row.label}</span>
    </button>
  </li>`;
}

const groupEntry = (group: StepGroup): string => `group:${group.state}`;

/** The one entry that the Tab key reaches: where the user was last, else what is shown, else the first. */
function tabStopOf(context: ViewContext, shown: string): string {
  const { wizard, page } = context;
  const steps = wizard.groups.flatMap((group) => [
    groupEntry(group),
    ...(page.foldedGroups.has(group.state) ? [] : group.steps.map(({ step }) => step)),
  ]);
  const entries = [...places(context).map(({ view }) => viewName(view)), ...steps];
  return [page.listCursor, shown].find((entry) => entry !== null && entries.includes(entry)) ?? entries[0] ?? '';
}

function narrowList(context: ViewContext, shown: string): TemplateResult {
  const { wizard, t, act } = context;
  const option = (value: string, label: string): TemplateResult =>
    html`<option value=${value} .selected=${value === shown}>${label}</option>`;
  const known = [...places(context).map(({ view }) => viewName(view)), ...Object.keys(wizard.steps)];
  return html`<label class="narrow-list">
    <span>${t(text('Show'))}</span>
    <select
      data-focus="list:select"
      @change=${(event: Event) => {
        const view = viewOfName((event.target as HTMLSelectElement).value);
        if (view !== null) act.show(view);
      }}
    >
      ${known.includes(shown) ? nothing : option(shown, t(text('Review')))}
      ${places(context).map(({ view, label }) => option(viewName(view), label))}
      ${wizard.groups.map(
        (group) =>
          html`<optgroup label=${group.label}>${group.steps.map((row) => option(row.step, row.title))}</optgroup>`,
      )}
    </select>
  </label>`;
}
