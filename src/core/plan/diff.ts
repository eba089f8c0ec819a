import { isJsonObject, type Json, type JsonObject } from '../resources/json';
import { resourceName } from '../resources/resourceId';
import { containsPart } from '../resources/wireEquality';
import type { Change } from './change';

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
