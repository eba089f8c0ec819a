import { asString, type Json, type JsonObject } from '../../../core/resources/json';
import { readPath } from '../../../core/resources/propertyPath';

/** A value of a row: a column or a path into one, as it is, in lower case, or as text. */
export interface Value {
  readonly path: string;
  readonly as: 'itself' | 'lowerCase' | 'text';
}

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'present'; readonly value: Value }
  | {
      readonly kind: 'compare';
      readonly value: Value;
      readonly ignoreCase: boolean;
      readonly negated: boolean;
      readonly among: readonly string[];
    };

export type Operator =
  | { readonly kind: 'where'; readonly condition: Condition }
  | { readonly kind: 'project'; readonly columns: readonly { readonly name: string; readonly value: Value }[] }
  | { readonly kind: 'order'; readonly by: Value; readonly descending: boolean }
  | { readonly kind: 'limit'; readonly count: number };

/** The operators of a query over the table `resources`, in order. */
export type Query = readonly Operator[];

/** Sends rows through a query. */
export function runQuery(query: Query, rows: readonly JsonObject[]): readonly JsonObject[] {
  return query.reduce<readonly JsonObject[]>((current, operator) => {
    switch (operator.kind) {
      case 'where':
        return current.filter((row) => holds(operator.condition, row));
      case 'project':
        return current.map((row) =>
          Object.fromEntries(operator.columns.map(({ name, value }) => [name, read(value, row)])),
        );
      case 'order': {
        const sorted = [...current].sort((left, right) => compare(read(operator.by, left), read(operator.by, right)));
        return operator.descending ? sorted.reverse() : sorted;
      }
      case 'limit':
        return current.slice(0, operator.count);
    }
  }, rows);
}

function holds(condition: Condition, row: JsonObject): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((each) => holds(each, row));
    case 'any':
      return condition.of.some((each) => holds(each, row));
    case 'not':
      return !holds(condition.of, row);
    case 'present':
      return read(condition.value, row) !== null;
    case 'compare': {
      const fold = (text: string): string => (condition.ignoreCase ? text.toLowerCase() : text);
      const actual = fold(textOf(read(condition.value, row)));
      return condition.among.some((wanted) => fold(wanted) === actual) !== condition.negated;
    }
  }
}

function read({ path, as }: Value, row: JsonObject): Json {
  const value = readPath(row, path) ?? null;
  if (as === 'itself') return value;
  return as === 'lowerCase' ? textOf(value).toLowerCase() : textOf(value);
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : (asString(String(value)) ?? '');
}

function compare(left: Json, right: Json): number {
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
