import { html, nothing, type TemplateResult } from 'lit-html';
import { button } from '../ui/kit';
import type { ViewContext } from './context';

export interface MenuItem {
  readonly label: string;
  readonly onChoose: () => void;
}

export interface MenuOptions {
  /** By what the focus and the page's state know it. */
  readonly menu: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Where there is no room below. */
  readonly opensUp?: boolean;
}

/** A button with a small menu at it. */
export function menuButton({ page, act }: ViewContext, { menu, label, items, opensUp }: MenuOptions): TemplateResult {
  const open = page.openMenu === menu;
  return html`<div class="menu-anchor" @keydown=${(event: KeyboardEvent) => menuKeys(event, open, act)}>
    ${button({
      label,
      opens: 'menu',
      expanded: open,
      onClick: (event) => toggle(event, open ? null : menu, act),
      key: menu,
    })}
    ${
      open
        ? html`<div
            class="menu ${opensUp === true ? 'up' : ''}"
            role="menu"
            aria-label=${label}
            @focusout=${(event: FocusEvent) => closeWhenLeft(event, act)}
          >
            ${items.map((item) => menuItem(item, act))}
          </div>`
        : nothing
    }
  </div>`;
}

function menuItem({ label, onChoose }: MenuItem, act: ViewContext['act']): TemplateResult {
  return html`<button
    type="button"
    role="menuitem"
    tabindex="-1"
    @click=${(event: Event) => {
      onChoose();
      close(event, act);
    }}
  >
    ${label}
  </button>`;
}

function toggle(event: Event, menu: string | null, act: ViewContext['act']): void {
  const anchor = (event.currentTarget as HTMLElement).closest('.menu-anchor');
  act.setMenu(menu);
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
  act.setMenu(null);
  anchor?.querySelector<HTMLElement>('[data-focus]')?.focus();
}

function closeWhenLeft(event: FocusEvent, act: ViewContext['act']): void {
  const anchor = (event.currentTarget as HTMLElement).closest('.menu-anchor');
  const goesTo = event.relatedTarget;
  if (goesTo instanceof Node && anchor?.contains(goesTo) === true) return;
  act.setMenu(null);
}
