/** Moves the focus through the parts of the picture, which are one Tab stop, and chooses one with Enter or Space. */
export function partKeys(event: KeyboardEvent): void {
  const parts = [...(event.currentTarget as SVGElement).querySelectorAll<SVGElement>('[data-part]')];
  const at = parts.findIndex((part) => part === event.target);
  const part = parts[at];
  if (part === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    part.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    return;
  }
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: parts.length - 1,
  };
  const target = parts[targets[event.key] ?? -1];
  if (target === undefined) return;
  event.preventDefault();
  moveTabStop(parts, target);
  target.focus();
}

/** The one part that the Tab key reaches. */
export function moveTabStop(parts: readonly SVGElement[], target: SVGElement | undefined): void {
  for (const part of parts) part.setAttribute('tabindex', part === target ? '0' : '-1');
}
