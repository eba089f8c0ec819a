import type { WizardState } from '../../src/protocol/wizardState';

/**
 * Marks that cannot be seen but make a name look like another one: they turn the writing direction, or join what
 * seems apart. The marks that only fence off a name (first strong isolate, pop isolate) may stay.
 */
const DECEPTIVE = /[\p{Bidi_Control}\u200b\u2060\ufeff]/gu;
const HARMLESS = new Set(['\u2068', '\u2069']);

/** The text with such marks written out as VS Code writes them: `[U+202E]`. */
export function withVisibleMarks(text: string): string {
  return text.replace(DECEPTIVE, (mark) => {
    if (HARMLESS.has(mark)) return mark;
    return `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** The state with every such mark visible, but for the values of the setup form, which go back to the host as they are. */
export function withVisibleState(state: WizardState): WizardState {
  const map = (value: unknown, inForm: boolean): unknown => {
    if (typeof value === 'string') return withVisibleMarks(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => map(item, inForm));
    const entries = Object.entries(value).map(([key, item]) => {
      return [key, inForm && key === 'value' ? item : map(item, inForm || key === 'setup')] as const;
    });
    return Object.fromEntries(entries);
  };
  return map(state, false) as WizardState;
}
