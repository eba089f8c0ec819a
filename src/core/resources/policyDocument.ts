import { parseXml, XmlComment, XmlElement, XmlText, type XmlNode } from '@rgrove/parse-xml';

/**
 * Policy documents of API Management, as it shows them in the format `xml`.
 * Source: https://learn.microsoft.com/azure/api-management/api-management-policies
 */

export interface PolicyElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PolicyNode[];
}

export type PolicyNode = PolicyElement | { readonly text: string } | { readonly comment: string };

/** The document's root element; undefined where the text is no XML. */
export function parsePolicyDocument(source: string): PolicyElement | undefined {
  try {
    const { root } = parseXml(source, { preserveComments: true });
    return root === null ? undefined : elementOf(root);
  } catch {
    return undefined;
  }
}

function elementOf({ name, attributes, children }: XmlElement): PolicyElement {
  return { name, attributes: { ...attributes }, children: children.flatMap((child) => nodeOf(child) ?? []) };
}

function nodeOf(node: XmlNode): PolicyNode | undefined {
  if (node instanceof XmlElement) return elementOf(node);
  if (node instanceof XmlComment) return { comment: node.content };
  const content = node instanceof XmlText ? node.text.trim() : '';
  return content === '' ? undefined : { text: content };
}

export function isElement(node: PolicyNode): node is PolicyElement {
  return 'name' in node;
}

/** Elements right below another one. */
export function childElements({ children }: PolicyElement): readonly PolicyElement[] {
  return children.filter(isElement);
}

/** Elements of a name, at any depth below another one. */
export function elementsNamed(element: PolicyElement, name: string): readonly PolicyElement[] {
  return childElements(element).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsNamed(child, name),
  ]);
}

/** The text right inside of an element. */
export function textOf({ children }: PolicyElement): string {
  return children.flatMap((child) => ('text' in child ? child.text : [])).join(' ');
}

/** The document as text, an element a line. */
export function writePolicyDocument(element: PolicyElement): string {
  return linesOf(element, 0).join('\n');
}

function linesOf(node: PolicyNode, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  if ('comment' in node) return [`${indent}<!--${node.comment}-->`];
  if ('text' in node) return [`${indent}${escaped(node.text)}`];
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const open = `${indent}<${node.name}${attributes.join('')}`;
  if (node.children.length === 0) return [`${open} />`];
  if (node.children.every((child) => 'text' in child)) return [`${open}>${escaped(textOf(node))}</${node.name}>`];
  return [`${open}>`, ...node.children.flatMap((child) => linesOf(child, depth + 1)), `${indent}</${node.name}>`];
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Whether two documents differ in nothing but layout, escapes and comments. False where one of them is none. */
export function saysTheSame(left: string, right: string): boolean {
  if (!left.trimStart().startsWith('<') || !right.trimStart().startsWith('<')) return false;
  const [first, second] = [parsePolicyDocument(left), parsePolicyDocument(right)];
  return first !== undefined && second !== undefined && sameElement(first, second);
}

function sameElement(left: PolicyElement, right: PolicyElement): boolean {
  const [ours, theirs] = [meaningful(left), meaningful(right)];
  const names = new Set([...Object.keys(left.attributes), ...Object.keys(right.attributes)]);
  return (
    left.name === right.name &&
    [...names].every((name) => left.attributes[name] === right.attributes[name]) &&
    ours.length === theirs.length &&
    ours.every((node, index) => sameNode(node, theirs[index]))
  );
}

function meaningful({ children }: PolicyElement): readonly PolicyNode[] {
  return children.filter((node) => !('comment' in node));
}

function sameNode(left: PolicyNode, right: PolicyNode | undefined): boolean {
  if (right === undefined) return false;
  if (isElement(left)) return isElement(right) && sameElement(left, right);
  return 'text' in left && 'text' in right && left.text === right.text;
}
