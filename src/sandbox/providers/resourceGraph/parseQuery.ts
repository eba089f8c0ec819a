import type { Condition, Operator, Query, Table, Value } from './query';

/** The query uses something of the Kusto query language that the sandbox does not know. */
export class QueryError extends Error {
  override readonly name = 'QueryError';

  constructor(readonly token: string) {
    super(`unexpected '${token}'`);
  }
}

const TOKEN =
  /\s+|\/\/[^\n]*|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(==|!=|=~|!~|!in~|!in\b|in~|in\b|[|(),=[\]])|(-?[\w$][\w$.-]*)/gy;
const COMPARISONS: Readonly<Record<string, { readonly ignoreCase: boolean; readonly negated: boolean }>> = {
  '==': { ignoreCase: false, negated: false },
  '!=': { ignoreCase: false, negated: true },
  '=~': { ignoreCase: true, negated: false },
  '!~': { ignoreCase: true, negated: true },
  in: { ignoreCase: false, negated: false },
  'in~': { ignoreCase: true, negated: false },
  '!in': { ignoreCase: false, negated: true },
  '!in~': { ignoreCase: true, negated: true },
};

const TABLES: readonly Table[] = ['resources', 'authorizationresources', 'policyresources'];

/**
 * Reads a small subset of the query language: `resources | where … | extend … | project … | order by … | limit …`.
 * @throws QueryError for everything else.
 */
export function parseQuery(text: string): Query {
  const parser = new Parser(tokens(text));
  const table = parser.table();
  const operators: Operator[] = [];
  while (!parser.atEnd()) {
    parser.expect('|');
    operators.push(parser.operator());
  }
  return { table, operators };
}

function tokens(text: string): readonly string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new QueryError(text.slice(at, at + 1));
    const token = match[1] ?? match[2] ?? match[3];
    if (token !== undefined) found.push(token);
  }
  return found;
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  atEnd(): boolean {
    return this.position >= this.tokens.length;
  }

  table(): Table {
    const found = this.next();
    const table = TABLES.find((each) => each === found.toLowerCase());
    if (table === undefined) throw new QueryError(found);
    return table;
  }

  operator(): Operator {
    const name = this.next().toLowerCase();
    switch (name) {
      case 'where':
        return { kind: 'where', condition: this.disjunction() };
      case 'project':
      case 'extend':
        return { kind: name, columns: this.list(() => this.column()) };
      case 'order':
      case 'sort':
        this.expectWord('by');
        return this.order();
      case 'limit':
      case 'take':
        return { kind: 'limit', count: this.count() };
      default:
        throw new QueryError(name);
    }
  }

  expect(token: string): void {
    const found = this.next();
    if (found !== token) throw new QueryError(found);
  }

  expectWord(word: string): void {
    const found = this.next();
    if (found.toLowerCase() !== word) throw new QueryError(found);
  }

  private disjunction(): Condition {
    const of = [this.conjunction()];
    while (this.takes('or')) of.push(this.conjunction());
    return of.length === 1 && of[0] ? of[0] : { kind: 'any', of };
  }

  private conjunction(): Condition {
    const of = [this.condition()];
    while (this.takes('and')) of.push(this.condition());
    return of.length === 1 && of[0] ? of[0] : { kind: 'all', of };
  }

  private condition(): Condition {
    if (this.takes('(')) {
      const inner = this.disjunction();
      this.expect(')');
      return inner;
    }
    if (this.takes('isnotnull')) return { kind: 'present', value: this.argument() };
    if (this.takes('isnull')) return { kind: 'not', of: { kind: 'present', value: this.argument() } };
    if (this.takes('not')) {
      this.expect('(');
      const inner = this.disjunction();
      this.expect(')');
      return { kind: 'not', of: inner };
    }
    return this.comparison();
  }

  private comparison(): Condition {
    const value = this.value();
    const operator = this.next();
    const comparison = COMPARISONS[operator];
    if (comparison === undefined) throw new QueryError(operator);
    if (!operator.includes('in')) return { kind: 'compare', value, ...comparison, among: [this.text()] };
    this.expect('(');
    const among = this.list(() => this.text());
    this.expect(')');
    return { kind: 'compare', value, ...comparison, among };
  }

  private column(): { readonly name: string; readonly value: Value } {
    const start = this.position;
    const name = this.path();
    if (this.takes('=')) return { name, value: this.value() };
    this.position = start;
    return { name, value: this.value() };
  }

  private order(): Operator {
    const by = this.value();
    const descending = !this.takes('asc');
    if (descending) this.takes('desc');
    return { kind: 'order', by, descending };
  }

  private value(): Value {
    let value = this.function();
    while (this.takes('[')) {
      value = { kind: 'item', of: value, index: this.index() };
      this.expect(']');
    }
    return value;
  }

  private function(): Value {
    if (this.takes('tolower')) return { kind: 'lowerCase', of: this.argument() };
    if (this.takes('tostring')) return { kind: 'asText', of: this.argument() };
    if (!this.takes('split')) return { kind: 'path', path: this.path() };
    this.expect('(');
    const of = this.value();
    this.expect(',');
    const by = this.text();
    this.expect(')');
    return { kind: 'split', of, by };
  }

  private argument(): Value {
    this.expect('(');
    const value = this.value();
    this.expect(')');
    return value;
  }

  private path(): string {
    const token = this.next();
    if (!/^[A-Za-z_][\w.]*$/.test(token)) throw new QueryError(token);
    return token;
  }

  private text(): string {
    const token = this.next();
    if (!/^['"]/.test(token)) throw new QueryError(token);
    return token.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  private count(): number {
    const count = this.index();
    if (count < 0) throw new QueryError(String(count));
    return count;
  }

  private index(): number {
    const token = this.next();
    if (!/^-?\d+$/.test(token)) throw new QueryError(token);
    return Number(token);
  }

  private list<Item>(item: () => Item): readonly Item[] {
    const items = [item()];
    while (this.takes(',')) items.push(item());
    return items;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.position]?.toLowerCase() !== token) return false;
    this.position += 1;
    return true;
  }

  private next(): string {
    const token = this.tokens[this.position];
    if (token === undefined) throw new QueryError('end of query');
    this.position += 1;
    return token;
  }
}
