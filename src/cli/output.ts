import { styleText } from 'node:util';
import { renderText, type Text, type TextBundle } from '../core/text';

/** Where the command line writes: results on stdout, words for people on stderr. */
export interface Output {
  readonly localize: (sentence: Text) => string;
  /** A line of the result. */
  result(line: string): void;
  /** A line about what is going on. */
  words(line: string): void;
  /** The text in a color where the result goes to a terminal. */
  paint(color: Color, content: string): string;
}

export type Color = 'green' | 'red' | 'yellow' | 'gray' | 'bold';

export function processOutput(bundle: TextBundle = {}): Output {
  const colored = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  return {
    localize: (sentence) => renderText(sentence, bundle),
    result: (line) => process.stdout.write(`${line}\n`),
    words: (line) => process.stderr.write(`${printable(line)}\n`),
    paint: (color, content) => (colored ? styleText(color, content) : content),
  };
}

/**
 * Text that came from Azure or from a file, safe for a terminal: control characters and those that turn the reading
 * direction are shown as what they are instead of being obeyed.
 */
export function printable(content: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are the point
  return content.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
