/** Moves the focus through a list that is one Tab stop: arrows, Home, End, j and k; left and right fold a group. */
export function rovingKeys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const list = event.currentTarget as HTMLElement;
  const entries = [...list.querySelectorAll<HTMLElement>('[data-entry]')];
  const from = entries.findIndex((entry) => entry === event.target);
  const at = entries[from];
  if (at === undefined) return;
  const target = nextEntry(event.key, entries, from) ?? foldingTarget(event.key, entries, at);
  if (target === undefined) return;
  event.preventDefault();
  if (target === 'toggle') at.click();
  else target.focus();
}

function nextEntry(key: string, entries: readonly HTMLElement[], from: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return entries[Math.min(from + 1, entries.length - 1)];
    case 'ArrowUp':
    case 'k':
      return entries[Math.max(from - 1, 0)];
    case 'Home':
      return entries[0];
    case 'End':
      return entries.at(-1);
    default:
      return undefined;
  }
}

/** As in a tree: left folds the group or goes up to it, right unfolds it. */
function foldingTarget(
  key: string,
  entries: readonly HTMLElement[],
  at: HTMLElement,
): HTMLElement | 'toggle' | undefined {
  const expanded = at.getAttribute('aria-expanded');
  if (key === 'ArrowRight') return expanded === 'false' ? 'toggle' : undefined;
  if (key !== 'ArrowLeft') return undefined;
  if (expanded !== null) return expanded === 'true' ? 'toggle' : undefined;
  return entries.slice(0, entries.indexOf(at)).findLast((entry) => entry.hasAttribute('aria-expanded'));
}
