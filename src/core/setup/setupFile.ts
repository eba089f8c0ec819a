import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { text, type Text } from '../text';
import { checkSetup } from './checkSetup';
import type { SetupFault } from './setupFault';
import type { Setup } from './setup';

/** Something wrong in `ringfence.json`, and where. Lines and columns count from 1. */
export interface SetupProblem {
  readonly line: number;
  readonly column: number;
  readonly message: Text;
}

export type SetupFileResult =
  { readonly ok: true; readonly setup: Setup } | { readonly ok: false; readonly problems: readonly SetupProblem[] };

/** Reads the content of a `ringfence.json`. Every problem is reported with its place; nothing is guessed or dropped. */
export function parseSetupFile(content: string): SetupFileResult {
  const source = content.replace(/^\uFEFF/, '');
  const syntax: ParseError[] = [];
  const tree = parseTree(source, syntax, { disallowComments: true, allowTrailingComma: false });
  if (syntax.length > 0 || tree === undefined) {
    const errors = syntax.length > 0 ? syntax : [{ error: 4, offset: 0, length: 0 }];
    return { ok: false, problems: errors.map((error) => syntaxProblem(source, error)) };
  }
  const repeated = repeatedProperties(tree, []);
  if (repeated.length > 0)
    return { ok: false, problems: repeated.map(({ node, path }) => repeatedProblem(source, node, path)) };
  const checked = checkSetup(getNodeValue(tree));
  return checked.ok ? checked : { ok: false, problems: checked.faults.map((fault) => problemAt(source, tree, fault)) };
}

/** The file for a setup, as Ringfence writes it. */
export function formatSetupFile(setup: Setup): string {
  return `${JSON.stringify({ $schema: SETUP_SCHEMA_URL, ...setup }, undefined, 2)}\n`;
}

const SETUP_SCHEMA_URL = 'https://raw.githubusercontent.com/ringfence/ringfence/main/media/ringfence.schema.json';

function syntaxProblem(source: string, error: ParseError): SetupProblem {
  const words = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return { ...placeOf(source, error.offset), message: text('This is not JSON: {0}.', words) };
}

function problemAt(source: string, tree: Node, { path, atName, message }: SetupFault): SetupProblem {
  const node = nodeFor(tree, path);
  return { ...placeOf(source, (atName ? (node.parent ?? node) : node).offset), message };
}

interface RepeatedProperty {
  readonly node: Node;
  readonly path: string;
}

/** Properties that an object has a second time. JSON allows it, and every reader takes another one of them. */
function repeatedProperties(node: Node, path: readonly string[]): readonly RepeatedProperty[] {
  const seen = new Set<string>();
  return (node.children ?? []).flatMap((child, index) => {
    if (child.type !== 'property') return repeatedProperties(child, [...path, String(index)]);
    const [name, value] = child.children ?? [];
    const key = String(name?.value);
    const again: readonly RepeatedProperty[] = seen.has(key) ? [{ node: child, path: [...path, key].join('.') }] : [];
    seen.add(key);
    return value ? [...again, ...repeatedProperties(value, [...path, key])] : again;
  });
}

function repeatedProblem(source: string, node: Node, path: string): SetupProblem {
  return { ...placeOf(source, node.offset), message: text('“{0}” is given twice.', path) };
}

/** The node at the path, or the nearest one around it: a missing property has no place of its own. */
function nodeFor(tree: Node, path: SetupFault['path']): Node {
  const node = findNodeAtLocation(tree, [...path]);
  if (node || path.length === 0) return node ?? tree;
  return nodeFor(tree, path.slice(0, -1));
}

function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
