import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '../../src/core/text';
import type { CopyKind } from '../../src/protocol/messages';
import type { StepDetail } from '../../src/protocol/wizardState';
import { button } from '../ui/kit';
import type { ViewContext } from './context';

/** What can be copied of a step, in a small menu below its button. */
export function copyMenu(context: ViewContext, { step, changes }: StepDetail): TemplateResult {
  const { t, page, send, act } = context;
  const open = page.copyMenuOpen;
  const item = (what: CopyKind, label: string): TemplateResult =>
    html`<button
      type="button"
      role="menuitem"
      tabindex="-1"
      @click=${(event: Event) => {
        send({ type: 'copy', what, step });
        close(event, act);
      }}
    >
      ${label}
    </button>`;
  return html`<div class="menu-anchor" @keydown=${(event: KeyboardEvent) => menuKeys(event, open, act)}>
    ${button({
      label: t(text('Copy…')),
      opens: 'menu',
      expanded: open,
      onClick: (event) => toggle(event, !open, act),
      key: 'step-copy',
    })}
    ${
      open
        ? html`<div
            class="menu"
            role="menu"
            aria-label=${t(text('Copy…'))}
            @focusout=${(event: FocusEvent) => closeWhenLeft(event, act)}
          >
            ${item('findings', t(text('What was found')))}
            ${changes.length === 0 ? nothing : item('plan', t(text('What will change')))}
          </div>`
        : nothing
    }
  </div>`;
}

function toggle(event: Event, open: boolean, act: ViewContext['act']): void {
  const anchor = (event.currentTarget as HTMLElement).closest('.menu-anchor');
  act.setCopyMenuOpen(open);
  anchor?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
}

function menuKeys(event: KeyboardEvent, open: boolean, act: ViewContext['act']): void {
  if (!open) return;
  const anchor = event.currentTarget as HTMLElement;
  const items = [...anchor.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.findIndex((item) => item === event.target);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at + items.length - 1) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[event.key];
  if (event.key !== 'Escape' && target === undefined) return;
  event.preventDefault();
  if (target === undefined) close(event, act);
  else items[target]?.focus();
}

function close(event: Event, act: ViewContext['act']): void {
  const anchor = (event.currentTarget as HTMLElement).closest('.menu-anchor');
  act.setCopyMenuOpen(false);
  anchor?.querySelector<HTMLElement>('[data-focus=step-copy]')?.focus();
}

function closeWhenLeft(event: FocusEvent, act: ViewContext['act']): void {
  const anchor = (event.currentTarget as HTMLElement).closest('.menu-anchor');
  const goesTo = event.relatedTarget;
  if (goesTo instanceof Node && anchor?.contains(goesTo) === true) return;
  act.setCopyMenuOpen(false);
}
