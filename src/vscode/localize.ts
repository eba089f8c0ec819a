import { text, type Text } from '../core/text';

/** Writes a sentence out in the user's language. */
export type Localize = (sentence: Text) => string;

/** A typical duration, short enough for the end of a row. */
export function shortDuration(seconds: number): Text {
  if (seconds < 90) return text('~{0} s', Math.max(1, Math.round(seconds)));
  return text('~{0} min', Math.round(seconds / 60));
}

/** A duration inside a sentence. */
export function aboutDuration(seconds: number): Text {
  if (seconds < 90) return text('about {0} s', Math.max(1, Math.round(seconds)));
  return text('about {0} min', Math.round(seconds / 60));
}

/** How long ago something was, for a sentence that is refreshed every few seconds. */
export function ago(milliseconds: number): Text {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 10) return text('just now');
  if (seconds < 90) return text('{0} s ago', seconds);
  if (seconds < 5400) return text('{0} min ago', Math.round(seconds / 60));
  return text('{0} h ago', Math.round(seconds / 3600));
}
