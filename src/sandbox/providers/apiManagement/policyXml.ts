/** An element of a policy document, with what is in it: elements, comments and text. */
export interface PolicyElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PolicyNode[];
}

export type PolicyNode = PolicyElement | { readonly comment: string } | { readonly text: string };

/** The text is no policy document. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

/**
 * Reads a policy document. Expressions, `@(…)` and `@{…}`, may hold quotes and angle brackets as they are (format
 * `rawxml`), or written as entities (format `xml`).
 * @throws PolicyError where it is not well-formed.
 */
export function parsePolicy(source: string): PolicyElement {
  const reader = new Reader(source);
  const nodes = reader.readNodes(undefined);
  const [root, ...others] = nodes.filter(isElement);
  if (root === undefined || others.length > 0) throw new PolicyError('A policy document has one root element.');
  return root;
}

export function isElement(node: PolicyNode): node is PolicyElement {
  return 'name' in node;
}

/** All elements with a name below an element, in the order of the document. */
export function elementsNamed(element: PolicyElement, name: string): readonly PolicyElement[] {
  return element.children
    .filter(isElement)
    .flatMap((child) => [...(child.name === name ? [child] : []), ...elementsNamed(child, name)]);
}

export const textOf = ({ children }: PolicyElement): string =>
  children.map((child) => ('text' in child ? child.text : '')).join('');

/** Recorded: a document comes back with an element a line, tabs, and CRLF. */
export function writePolicy(element: PolicyElement, format: 'xml' | 'rawxml'): string {
  const lines = (node: PolicyNode, depth: number): readonly string[] => {
    const indent = '\t'.repeat(depth);
    if ('comment' in node) return [`${indent}<!--${node.comment}-->`];
    if ('text' in node) return [`${indent}${escaped(node.text, format)}`];
    const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escaped(value, format)}"`);
    const open = `${indent}<${node.name}${attributes.join('')}`;
    if (node.children.length === 0) return [`${open} />`];
    if (node.children.every((child) => 'text' in child)) {
      return [`${open}>${escaped(textOf(node), format)}</${node.name}>`];
    }
    return [`${open}>`, ...node.children.flatMap((child) => lines(child, depth + 1)), `${indent}</${node.name}>`];
  };
  return lines(element, 0).join('\r\n');
}

function escaped(text: string, format: 'xml' | 'rawxml'): string {
  if (format === 'rawxml') return text;
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

class Reader {
  private at = 0;

  constructor(private readonly source: string) {}

  /** Nodes up to the end tag of `parent`, or to the end of the document. */
  readNodes(parent: string | undefined): readonly PolicyNode[] {
    const nodes: PolicyNode[] = [];
    for (;;) {
      const text = this.readText();
      if (text.trim() !== '') nodes.push({ text: decoded(text.trim()) });
      if (this.at >= this.source.length) {
        if (parent !== undefined) throw new PolicyError(`The element '${parent}' is not closed.`);
        return nodes;
      }
      if (this.source.startsWith('<!--', this.at)) nodes.push({ comment: this.readUpTo('<!--', '-->') });
      else if (this.source.startsWith('<?', this.at)) this.readUpTo('<?', '?>');
      else if (this.source.startsWith('</', this.at)) {
        const name = this.readUpTo('</', '>').trim();
        if (name !== parent) throw new PolicyError(`The end tag '${name}' does not match '${parent ?? ''}'.`);
        return nodes;
      } else nodes.push(this.readElement());
    }
  }

  private readElement(): PolicyElement {
    const [, name] = this.match(/<([\w:.-]+)\s*/y, 'an element');
    const attributes: Record<string, string> = {};
    for (;;) {
      const end = /\s*(\/?)>/y;
      end.lastIndex = this.at;
      const closing = end.exec(this.source);
      if (closing) {
        this.at = end.lastIndex;
        return { name: name ?? '', attributes, children: closing[1] === '/' ? [] : this.readNodes(name) };
      }
      const [, attribute = '', quote = ''] = this.match(/\s*([\w:.-]+)\s*=\s*(["'])/y, 'an attribute');
      attributes[attribute] = decoded(this.readValue(quote));
    }
  }

  private readValue(quote: string): string {
    const expression = this.readExpression();
    const end = this.source.indexOf(quote, this.at);
    if (end < 0) throw new PolicyError('The value of an attribute is not closed.');
    const rest = this.source.slice(this.at, end);
    this.at = end + 1;
    return expression + rest;
  }

  private readText(): string {
    const blank = this.match(/\s*/y, 'text')[0];
    const expression = this.readExpression();
    const end = this.source.indexOf('<', this.at);
    const rest = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at += rest.length;
    return blank + expression + rest;
  }

  /** An expression from here to the bracket that closes it; nothing where none begins. */
  private readExpression(): string {
    if (!/@[({]/y.test(this.source.slice(this.at, this.at + 2))) return '';
    let depth = 0;
    for (let end = this.at + 1; end < this.source.length; end += 1) {
      const character = this.source[end] ?? '';
      if ('({'.includes(character)) depth += 1;
      if (')}'.includes(character)) depth -= 1;
      if (depth > 0) continue;
      const expression = this.source.slice(this.at, end + 1);
      this.at = end + 1;
      return expression;
    }
    throw new PolicyError('An expression is not closed.');
  }

  private readUpTo(start: string, end: string): string {
    const from = this.at + start.length;
    const to = this.source.indexOf(end, from);
    if (to < 0) throw new PolicyError(`'${start}' is not closed.`);
    this.at = to + end.length;
    return this.source.slice(from, to);
  }

  private match(pattern: RegExp, what: string): RegExpExecArray {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found === null) throw new PolicyError(`There is no ${what} at position ${String(this.at + 1)}.`);
    this.at = pattern.lastIndex;
    return found;
  }
}

function decoded(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
