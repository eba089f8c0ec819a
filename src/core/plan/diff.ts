import { isJsonObject, type Json, type JsonObject } from '../resources/json';
import { resourceName } from '../resources/resourceId';
import { containsPart } from '../resources/wireEquality';
import type { Change } from './change';
import { describeReference, parseReference } from './reference';

/** One line of a difference, property by property. Values are data and stand as Azure writes them. */
export interface PropertyDiff {
  readonly kind: 'add' | 'remove' | 'same';
  /** Dotted path without the leading `properties.`, with `[0]` for items. */
  readonly path: string;
  readonly value: string;
}

/** The difference that a change makes: what it adds, removes and leaves beside it. */
export function diffOf(change: Pick<Change, 'action' | 'before' | 'after'>): readonly PropertyDiff[] {
  const before = leavesOf(change.before ?? {});
  const after = leavesOf(change.after ?? {});
  if (change.action === 'delete') return [...before].map(([path, value]) => line('remove', path, value));
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const [old, present] = [before.get(path), after.get(path)];
    if (old !== undefined && present !== undefined && containsPart(old, present)) return [line('same', path, present)];
    return [
      ...(old === undefined || old === null ? [] : [line('remove', path, old)]),
      ...(present === undefined || present === null ? [] : [line('add', path, present)]),
    ];
  });
}

function line(kind: PropertyDiff['kind'], path: string, value: Json): PropertyDiff {
  return { kind, path: path.replace(/(^|\.)properties\./g, '$1'), value: show(value) };
}

function show(value: Json): string {
  const reference = parseReference(value);
  if (reference) return describeReference(reference);
  if (typeof value === 'string') return value.startsWith('/subscriptions/') ? `…/${shortId(value)}` : value;
  return JSON.stringify(value);
}

/** The type and name of an id: enough to recognize it, short enough to read. */
function shortId(id: string): string {
  return `${id.split('/').slice(-2, -1)[0] ?? ''}/${resourceName(id)}`;
}

/** Scalars and empty containers by dotted path. */
function leavesOf(value: JsonObject): ReadonlyMap<string, Json> {
  const leaves = new Map<string, Json>();
  const visit = (item: Json | undefined, path: string): void => {
    const children = isJsonObject(item)
      ? Object.entries(item).map(([name, child]): [string, Json | undefined] => [
          path === '' ? name : `${path}.${name}`,
          child,
        ])
      : Array.isArray(item)
        ? item.map((child: Json, index): [string, Json] => [`${path}[${index}]`, child])
        : [];
    if (children.length > 0) children.forEach(([childPath, child]) => visit(child, childPath));
    else if (item !== undefined && path !== '') leaves.set(path, item);
  };
  visit(value, '');
  return leaves;
}

/** A line of a difference in its place: properties of one object stand under its name. */
export interface DiffRow {
  readonly kind: PropertyDiff['kind'];
  readonly indent: number;
  readonly name: string;
  /** Empty for the name of an object whose properties follow. */
  readonly value: string;
}

interface DiffNode {
  readonly children: Map<string, DiffNode>;
  readonly lines: PropertyDiff[];
}

/** Arranges a difference as a tree. An object with a single property stays on its line: `subnet.id`. */
export function diffRows(lines: readonly PropertyDiff[]): readonly DiffRow[] {
  const root: DiffNode = { children: new Map(), lines: [] };
  for (const item of lines) {
    const node = item.path.split('.').reduce<DiffNode>((parent, name) => {
      const child: DiffNode = parent.children.get(name) ?? { children: new Map(), lines: [] };
      parent.children.set(name, child);
      return child;
    }, root);
    node.lines.push(item);
  }
  return rowsOf(root, 0);
}

function rowsOf(node: DiffNode, indent: number): readonly DiffRow[] {
  return [...node.children].flatMap(([first, child]) => {
    const [name, end] = shortened(first, child);
    const own = end.lines.map(({ kind, value }) => ({ kind, indent, name, value }));
    if (end.children.size === 0) return own;
    const kinds = new Set(linesUnder(end).map(({ kind }) => kind));
    const [kind = 'same'] = kinds.size === 1 ? kinds : [];
    return [...own, { kind, indent, name, value: '' }, ...rowsOf(end, indent + 1)];
  });
}

/** Follows a node down to where it branches or ends. */
function shortened(name: string, node: DiffNode): readonly [string, DiffNode] {
  const [only, ...others] = node.children;
  if (only === undefined || others.length > 0 || node.lines.length > 0) return [name, node];
  return shortened(`${name}.${only[0]}`, only[1]);
}

function linesUnder(node: DiffNode): readonly PropertyDiff[] {
  return [...node.lines, ...[...node.children.values()].flatMap(linesUnder)];
}
