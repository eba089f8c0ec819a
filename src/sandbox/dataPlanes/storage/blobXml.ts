import type { ServiceAnswer } from '../dataPlane';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in XML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** An element around what is XML already. Empty ones close themselves, as Azure Storage writes them. */
export function element(name: string, content: string): string {
  return content === '' ? `<${name} />` : `<${name}>${content}</${name}>`;
}

export function xmlAnswer(status: number, root: string): ServiceAnswer {
  return { status, text: { type: 'application/xml', content: `\uFEFF<?xml version="1.0" encoding="utf-8"?>${root}` } };
}

/** A list of containers or of blobs. `attributes` name whose it is. */
export function enumeration(
  attributes: Readonly<Record<string, string>>,
  kind: 'Container' | 'Blob',
  items: readonly string[],
): ServiceAnswer {
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const list = element(`${kind}s`, items.map((item) => element(kind, item)).join(''));
  return xmlAnswer(200, `<EnumerationResults${given.join('')}>${list}<NextMarker /></EnumerationResults>`);
}
