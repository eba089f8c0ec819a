import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { parentResourceId, parseResourceId, sameResource } from '../resources/resourceId';
import { text, type Text } from '../text';
import { parseIpv4Range, rangeContains } from './addresses';
import type { Setup } from './setup';
import { FORMATS, setupSchema } from './setupSchema';

/** Something wrong in `ringfence.json`, and where. Lines and columns count from 1. */
export interface SetupProblem {
  readonly line: number;
  readonly column: number;
  readonly message: Text;
}

export type SetupFileResult =
  { readonly ok: true; readonly setup: Setup } | { readonly ok: false; readonly problems: readonly SetupProblem[] };

type Path = readonly (string | number)[];

interface Problem {
  readonly path: Path;
  /** The name of the property is what is wrong, not its value. */
  readonly atName?: boolean;
  readonly message: Text;
}

/** Reads the content of a `ringfence.json`. Every problem is reported with its place; nothing is guessed or dropped. */
export function parseSetupFile(content: string): SetupFileResult {
  const source = content.replace(/^\uFEFF/, '');
  const syntax: ParseError[] = [];
  const tree = parseTree(source, syntax, { disallowComments: true, allowTrailingComma: false });
  if (syntax.length > 0 || tree === undefined) {
    const errors = syntax.length > 0 ? syntax : [{ error: 4, offset: 0, length: 0 }];
    return { ok: false, problems: errors.map((error) => syntaxProblem(source, error)) };
  }
  const parsed = setupSchema.safeParse(getNodeValue(tree));
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap((issue) => describeIssue(issue, tree));
    return { ok: false, problems: issues.map((problem) => problemAt(source, tree, problem)) };
  }
  const { $schema: _schema, ...setup } = parsed.data;
  const problems = contradictions(setup).map((problem) => problemAt(source, tree, problem));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, setup };
}

/** The file for a setup, as Ringfence writes it. */
export function formatSetupFile(setup: Setup): string {
  return `${JSON.stringify({ $schema: SETUP_SCHEMA_URL, ...setup }, undefined, 2)}\n`;
}

const SETUP_SCHEMA_URL = 'https://raw.githubusercontent.com/ringfence/ringfence/main/media/ringfence.schema.json';

/** What a schema cannot say: that the parts of a setup fit each other. */
function contradictions(setup: Setup): readonly Problem[] {
  const { virtualNetwork, privateEndpointSubnet } = setup.roles;
  const found: Problem[] = [];
  for (const [role, binding] of Object.entries(setup.roles)) {
    const subscription = binding && parseResourceId(binding.id)?.subscriptionId;
    if (subscription !== undefined && subscription.toLowerCase() !== setup.subscription.toLowerCase()) {
      found.push({
        path: ['roles', role, 'id'],
        message: text('This resource is in another subscription than the setup.'),
      });
    }
  }
  if (virtualNetwork && privateEndpointSubnet) {
    const parent = parentResourceId(privateEndpointSubnet.id);
    if (parent === undefined || !sameResource(parent, virtualNetwork.id)) {
      const message = text('This subnet is not in the virtual network of the setup.');
      found.push({ path: ['roles', 'privateEndpointSubnet', 'id'], message });
    }
    const subnet = parseIpv4Range(privateEndpointSubnet.create?.addressPrefix ?? '');
    const spaces = virtualNetwork.create?.addressPrefixes.flatMap((cidr) => parseIpv4Range(cidr) ?? []);
    if (subnet && spaces && !spaces.some((space) => rangeContains(space, subnet))) {
      const message = text('This range is not inside the address space of the virtual network.');
      found.push({ path: ['roles', 'privateEndpointSubnet', 'create', 'addressPrefix'], message });
    }
  }
  return found;
}

type Issue = NonNullable<ReturnType<typeof setupSchema.safeParse>['error']>['issues'][number];

/** The schema's complaint in a sentence that names the property. */
function describeIssue(issue: Issue, tree: Node): readonly Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const name = path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const unknown = [...path, key];
      return {
        path: unknown,
        atName: true,
        message: text('“{0}” is not a property that Ringfence knows.', unknown.join('.')),
      };
    });
  }
  if (path.length > 0 && findNodeAtLocation(tree, [...path]) === undefined) {
    return [{ path, message: text('“{0}” is missing.', name) }];
  }
  if (issue.code === 'invalid_value') {
    return [{ path, message: text('“{0}” must be one of {1}.', name, issue.values.map(String).join(', ')) }];
  }
  if (isFormat(issue.message)) return [{ path, message: text('“{0}” must be {1}.', name, FORMATS[issue.message]) }];
  if (issue.code === 'invalid_type') {
    return [{ path, message: text('“{0}” must be of type {1}.', name || 'ringfence.json', issue.expected) }];
  }
  if (issue.code === 'too_small') return [{ path, message: text('“{0}” must not be empty.', name) }];
  return [{ path, message: text('“{0}” is not valid.', name) }];
}

function isFormat(message: string): message is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, message);
}

function syntaxProblem(source: string, error: ParseError): SetupProblem {
  const words = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return { ...placeOf(source, error.offset), message: text('This is not JSON: {0}.', words) };
}

function problemAt(source: string, tree: Node, { path, atName, message }: Problem): SetupProblem {
  const node = nodeFor(tree, path);
  return { ...placeOf(source, (atName ? (node.parent ?? node) : node).offset), message };
}

/** The node at the path, or the nearest one around it: a missing property has no place of its own. */
function nodeFor(tree: Node, path: Path): Node {
  const node = findNodeAtLocation(tree, [...path]);
  if (node || path.length === 0) return node ?? tree;
  return nodeFor(tree, path.slice(0, -1));
}

function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
