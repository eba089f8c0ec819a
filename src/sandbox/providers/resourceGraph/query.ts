import { asString, type Json, type JsonObject } from '../../../core/resources/json';
import { readPath } from '../../../core/resources/propertyPath';

/** The tables that queries can begin with. */
export type Table = 'resources' | 'authorizationresources' | 'policyresources';

/** A value of a row: a column or a path into one, a text, or what a function makes of others. */
export type Value =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'lowerCase' | 'asText'; readonly of: Value }
  | { readonly kind: 'split'; readonly of: Value; readonly by: string }
  /** Of an array; negative counts from the end. */
  | { readonly kind: 'item'; readonly of: Value; readonly index: number };

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

interface Column {
  readonly name: string;
  readonly value: Value;
}

export type Operator =
  | { readonly kind: 'where'; readonly condition: Condition }
  | { readonly kind: 'project' | 'extend'; readonly columns: readonly Column[] }
  | { readonly kind: 'order'; readonly by: Value; readonly descending: boolean }
  | { readonly kind: 'limit'; readonly count: number };

/** The operators of a query over a table, in order. */
export interface Query {
  readonly table: Table;
  readonly operators: readonly Operator[];
}

/** Sends the rows of the table through a query. */
export function runQuery({ operators }: Query, rows: readonly JsonObject[]): readonly JsonObject[] {
  return operators.reduce<readonly JsonObject[]>((current, operator) => {
    switch (operator.kind) {
      case 'where':
        return current.filter((row) => holds(operator.condition, row));
      case 'project':
        return current.map((row) => computed(operator.columns, row));
      case 'extend':
        return current.map((row) => ({ ...row, ...computed(operator.columns, row) }));
      case 'order': {
        const sorted = [...current].sort((left, right) => compare(read(operator.by, left), read(operator.by, right)));
        return operator.descending ? sorted.reverse() : sorted;
      }
      case 'limit':
        return current.slice(0, operator.count);
    }
  }, rows);
}

function computed(columns: readonly Column[], row: JsonObject): JsonObject {
  return Object.fromEntries(columns.map(({ name, value }) => [name, read(value, row)]));
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

function read(value: Value, row: JsonObject): Json {
  switch (value.kind) {
    case 'path':
      return readPath(row, value.path) ?? null;
    case 'text':
      return value.text;
    case 'lowerCase':
      return textOf(read(value.of, row)).toLowerCase();
    case 'asText':
      return textOf(read(value.of, row));
    case 'split':
      return textOf(read(value.of, row)).split(value.by);
    case 'item': {
      const list = read(value.of, row);
      return Array.isArray(list) ? ((list as readonly Json[]).at(value.index) ?? null) : null;
    }
  }
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : (asString(String(value)) ?? '');
}

function compare(left: Json, right: Json): number {
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
