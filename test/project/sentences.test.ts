import { describe, expect, test } from 'vitest';
import { placesOf, readSentences, sentenceBundle, sentencesIn } from '../../scripts/generate/sentences';

const sentences = readSentences('.');

describe('every sentence in the source', () => {
  test('has a value for each of its places, and a place for each of its values', () => {
    const wrong = sentences
      .filter(({ values }) => values !== undefined)
      .filter(
        ({ message, values = 0 }) =>
          [...placesOf(message)].sort().join() !== Array.from({ length: values }, (_, index) => index).join(),
      );
    expect(wrong.map(({ place, message }) => `${place}: ${message}`)).toEqual([]);
  });

  test('is whole: it does not begin or end in a space that something else was to fill', () => {
    expect(sentences.filter(({ message }) => message !== message.trim()).map(({ place }) => place)).toEqual([]);
  });
});

describe('collecting sentences', () => {
  const file = (...lines: readonly string[]): string => lines.join('\n');
  const importing = "import { text } from '../core/text';";

  test('finds every call of the text that a file imports, with its line and its values', () => {
    const content = file(importing, "const a = text('One');", 'f(text(`Two {0}`, x), text("Three {0} {1}", ...all));');
    expect(sentencesIn('a.ts', content)).toEqual([
      { message: 'One', values: 0, place: 'a.ts:2' },
      { message: 'Two {0}', values: 1, place: 'a.ts:3' },
      { message: 'Three {0} {1}', values: undefined, place: 'a.ts:3' },
    ]);
  });

  test('follows a renamed import, and leaves any other function of that name alone', () => {
    expect(
      sentencesIn('a.ts', file("import { text as t } from './text';", "t('One'); text('Not this');")),
    ).toHaveLength(1);
    expect(sentencesIn('a.ts', file("import { text } from 'some-library';", "text('Not this');"))).toEqual([]);
    expect(sentencesIn('a.ts', "function text(a: string) { return a; } text('Not this');")).toEqual([]);
  });

  test.each(['text(message)', "text('One ' + name)", 'text(`One ${name}`)', 'text()'])(
    'refuses %s: it could not be translated',
    (call) => {
      expect(() => sentencesIn('a.ts', file(importing, call))).toThrow('a.ts:2: a sentence has to be a literal');
    },
  );

  test('the bundle has each sentence once, in a stable order, and none that is nothing but places', () => {
    const uses = ['b', 'a {0}', 'b', '{0}', '{0} {1}', '{0}: {1}'].map((message) => ({
      message,
      values: 0,
      place: '',
    }));
    expect(Object.entries(sentenceBundle(uses))).toEqual([
      ['a {0}', 'a {0}'],
      ['b', 'b'],
      ['{0}: {1}', '{0}: {1}'],
    ]);
  });
});
