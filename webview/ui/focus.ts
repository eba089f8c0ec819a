/**
 * Remembers what has the focus before the page is rendered anew. The returned function gives the focus back where
 * the element was replaced by another of the same `data-focus` key, or to the heading where it is gone: the focus
 * never falls out of the page because something changed in Azure.
 */
export function captureFocus(root: HTMLElement): (headingId: string) => void {
  const { ownerDocument: document } = root;
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !root.contains(focused)) return () => undefined;
  const key = focused.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
  return (headingId) => {
    if (document.activeElement === focused && isUsable(focused)) return;
    const same = key === undefined ? null : root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`);
    const target = same !== null && isUsable(same) ? same : document.getElementById(headingId);
    target?.focus({ preventScroll: true });
  };
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.hasAttribute('disabled') && element.checkVisibility();
}
