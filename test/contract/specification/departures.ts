import { isJsonObject, type Json } from '../../../src/core/resources/json';

/**
 * What the specification says of a value: `string`, `boolean`, `integer`, `any`, `map` (any names), the allowed values as
 * `A | B`, a list of one shape, or properties by name. A name that ends with `!` is required, one with `~` read-only.
 * `object` is one that nobody sends: its content was not extracted.
 */
export type Shape = string | readonly [Shape] | { readonly [name: string]: Shape };

/** Where a value is not what the specification allows: `properties.sku.name: Huge is not allowed`. */
export function departures(shape: Shape, value: Json, path = ''): readonly string[] {
  if (value === null) return [`${path}: null`];
  if (typeof shape === 'string') return ofScalar(shape, value).map((problem) => `${path}: ${problem}`);
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path}: not a list`];
    return value.flatMap((item: Json) => departures(shape[0], item, `${path}[]`));
  }
  if (!isJsonObject(value)) return [`${path}: not an object`];
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const known = new Map(Object.entries(shape).map(([name, inner]) => [name.replace(/[!~]$/, ''), { name, inner }]));
  const missing = [...known].filter(([plain, { name }]) => name.endsWith('!') && value[plain] === undefined);
  const sent = Object.entries(value).flatMap(([name, inner]) => {
    const found = known.get(name);
    if (found === undefined || inner === undefined) return [`${at(name)}: not known`];
    return found.name.endsWith('~') ? [`${at(name)}: read-only`] : departures(found.inner, inner, at(name));
  });
  return [...missing.map(([name]) => `${at(name)}: missing`), ...sent];
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function ofScalar(shape: string, value: Json): readonly string[] {
  switch (shape) {
    case 'any':
      return [];
    case 'string':
    case 'boolean':
      return typeof value === shape ? [] : [`not a ${shape}`];
    case 'integer':
      return Number.isInteger(value) ? [] : ['not an integer'];
    case 'map':
      return isJsonObject(value) ? [] : ['not an object'];
    case 'object':
      return isJsonObject(value) && Object.keys(value).length === 0 ? [] : ['not extracted'];
    default:
      return shape.split(' | ').some((allowed) => allowed === value) ? [] : [`${JSON.stringify(value)} is not allowed`];
  }
}
