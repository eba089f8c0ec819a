import { describe, expect, test } from 'vitest';
import { renderText, text } from '../../src/core/text';

describe('renderText', () => {
  test('puts each value in its place, more than once where it stands twice', () => {
    expect(renderText(text('{1} before {0}, and {1} again', 'a', 2))).toBe('2 before a, and 2 again');
  });

  test('renders a sentence inside a sentence', () => {
    expect(renderText(text('It needs “{0}”.', text('Subnet {0}', 'x')))).toBe('It needs “Subnet x”.');
  });

  test('uses the bundle for the sentence and for those inside it, and English for the rest', () => {
    const bundle = { 'It needs “{0}”.': 'Il faut « {0} ».', 'Subnet {0}': 'Sous-réseau {0}' };
    expect(renderText(text('It needs “{0}”.', text('Subnet {0}', 'x')), bundle)).toBe('Il faut « Sous-réseau x ».');
    expect(renderText(text('Other'), bundle)).toBe('Other');
  });

  test('a value is never a template: its braces and dollars stay', () => {
    expect(renderText(text('{0} and {1}', '{1} $& $1', 'b'))).toBe('{1} $& $1 and b');
  });

  test('a place without a value stays to be seen', () => {
    expect(renderText(text('{0} {1}', 'a'))).toBe('a {1}');
  });

  test('what every object inherits is not a translation', () => {
    expect(renderText(text('constructor'), {})).toBe('constructor');
  });
});
