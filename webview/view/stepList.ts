import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text, type Text } from '../../src/core/text';
import type { RunView } from '../../src/protocol/wizardState';
import { listedGroups, type ListedEntry, type ListedGroup } from '../state/listed';
import { viewName, viewOfName, type View } from '../state/view';
import { icon } from '../ui/icons';
import { rovingKeys } from '../ui/rovingKeys';
import type { ViewContext } from './context';
import { stepIcon } from './statusIcon';

interface Place {
  readonly view: View;
  readonly label: string;
}

/** All there is to look at, on the left; a list of choices above the detail where the page is narrow. */
export function stepList(context: ViewContext): TemplateResult {
  const { wizard, page, t, act } = context;
  const shown = page.view === null ? '' : viewName(page.view);
  const groups = listedGroups(wizard, page, t);
  const tabStop = tabStopOf(context, groups, shown);
  return html`<nav aria-label=${t(text('Steps'))}>
    ${narrowList(context, groups, shown)}
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
          : html`${filter(context)}
            ${repeat(
              groups,
              ({ group }) => group,
              (group) => groupEntries(context, group, shown, tabStop),
            )}`
      }
    </div>
  </nav>`;
}

function places({ wizard, t }: ViewContext): readonly Place[] {
  const setup: Place = { view: { kind: 'setup' }, label: t(text('Scenario and resources')) };
  if (wizard.run === null) return [setup];
  return [setup, { view: { kind: 'run' }, label: t(runLabel(wizard.run)) }];
}

function runLabel({ active, interrupted }: RunView): Text {
  if (active) return text('Run in progress');
  return interrupted ? text('Interrupted run') : text('Last run');
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

/** Sixty steps are many: what is done can be left out of the list. */
function filter({ page, t, act }: ViewContext): TemplateResult {
  return html`<div class="filter" role="group" aria-label=${t(text('Which steps are listed'))}>
    ${[false, true].map(
      (onlyToDo) =>
        html`<button
          type="button"
          class="filter-choice"
          data-focus="filter:${onlyToDo ? 'todo' : 'all'}"
          aria-pressed=${String(page.onlyToDo === onlyToDo)}
          @click=${() => act.setOnlyToDo(onlyToDo)}
        >
          ${onlyToDo ? t(text('To do')) : t(text('All steps'))}
        </button>`,
    )}
  </div>`;
}

function groupEntries(context: ViewContext, group: ListedGroup, shown: string, tabStop: string): TemplateResult {
  const { act } = context;
  const { fold, folded } = group;
  return html`<h2>
      <button
        type="button"
        class="group"
        data-entry=${fold}
        data-focus="list:${fold}"
        tabindex=${tabStop === fold ? 0 : -1}
        aria-expanded=${String(!folded)}
        @click=${() => act.setFold(fold, !folded)}
      >
        ${icon('chevron')}
        <span class="group-title" aria-hidden="true">${group.label}</span>
        <span class="group-count" aria-hidden="true">${group.count}</span>
        ${stepIcon(group.state)}
        <span class="sr-only">${group.spoken}</span>
      </button>
    </h2>
    <ul ?hidden=${folded}>
      ${
        folded
          ? nothing
          : repeat(
              group.entries,
              ({ name }) => name,
              (entry) => stepEntry(context, entry, shown, tabStop),
            )
      }
    </ul>`;
}

function stepEntry({ act }: ViewContext, entry: ListedEntry, shown: string, tabStop: string): TemplateResult {
  const { name, title, note, state, spoken } = entry;
  return html`<li>
    <button
      type="button"
      class="entry step"
      data-entry=${name}
      data-focus="list:${name}"
      tabindex=${tabStop === name ? 0 : -1}
      aria-current=${shown === name ? 'step' : nothing}
      @click=${() => act.show(entry.view)}
    >
      ${stepIcon(state)}
      <span class="entry-title" title=${title} aria-hidden="true">${title}</span>
      <span class="entry-note" aria-hidden="true">${note}</span>
      <span class="sr-only">${spoken}</span>
    </button>
  </li>`;
}

/** The one entry that the Tab key reaches: where the user was last, else what is shown, else the first. */
function tabStopOf(context: ViewContext, groups: readonly ListedGroup[], shown: string): string {
  const steps = groups.flatMap(({ fold, folded, entries }) => [
    fold,
    ...(folded ? [] : entries.map(({ name }) => name)),
  ]);
  const entries = [...places(context).map(({ view }) => viewName(view)), ...steps];
  return (
    [context.page.listCursor, shown].find((entry) => entry !== null && entries.includes(entry)) ?? entries[0] ?? ''
  );
}

function narrowList(context: ViewContext, groups: readonly ListedGroup[], shown: string): TemplateResult {
  const { t, act } = context;
  const option = (value: string, label: string): TemplateResult =>
    html`<option value=${value} .selected=${value === shown}>${label}</option>`;
  const listed = groups.flatMap(({ entries }) => entries.map(({ name }) => name));
  const known = [...places(context).map(({ view }) => viewName(view)), ...listed];
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
      ${groups.map(
        (group) =>
          html`<optgroup label=${t(text('{0}, {1}', group.label, group.count))}>
            ${group.entries.map(({ name, title }) => option(name, title))}
          </optgroup>`,
      )}
    </select>
  </label>`;
}
