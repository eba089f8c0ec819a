import { asArray, type Json, type JsonObject } from '../../../core/resources/json';
import { filterNotUnderstood, noSuchField, notFilterable } from './searchErrors';

/** True for documents that a filter lets through. */
export type Filter = (document: JsonObject) => boolean;

const TOKEN = /\s*(?:('(?:[^']|'')*')|([\w/]+(?:\.[\w]+)?)|([():,]))/gy;

/**
 * Reads the part of the OData filter language that document-level access needs: `and`, `or`, `not`, parentheses,
 * `field eq 'x'`, `field ne null`, `field/any()`, `field/any(g: g eq 'x')` and `field/any(g: search.in(g, 'x, y'))`.
 * @param fields The index's fields.
 * @throws ServiceRefusal for anything else, and for fields that cannot be filtered.
 */
export function parseFilter(text: string, fields: readonly JsonObject[]): Filter {
  const parser = new Parser(tokens(text), fields);
  const filter = parser.disjunction();
  parser.expectEnd();
  return filter;
}

function tokens(text: string): readonly string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw filterNotUnderstood(text.slice(start));
    found.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return found;
}

class Parser {
  private position = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly fields: readonly JsonObject[],
  ) {}

  disjunction(): Filter {
    const parts = [this.conjunction()];
    while (this.takes('or')) parts.push(this.conjunction());
    return (document) => parts.some((holds) => holds(document));
  }

  expectEnd(): void {
    if (this.position < this.tokens.length) throw filterNotUnderstood(this.next());
  }

  private conjunction(): Filter {
    const parts = [this.condition()];
    while (this.takes('and')) parts.push(this.condition());
    return (document) => parts.every((holds) => holds(document));
  }

  private condition(): Filter {
    if (this.takes('not')) {
      const holds = this.condition();
      return (document) => !holds(document);
    }
    if (this.takes('(')) {
      const inner = this.disjunction();
      this.expect(')');
      return inner;
    }
    const path = this.next();
    const [, collection] = /^(.+)\/any$/.exec(path) ?? [];
    if (collection !== undefined) return this.any(this.requireField(collection));
    const field = this.requireField(path);
    const holds = this.comparison();
    return (document) => holds(document[field] ?? null);
  }

  private any(field: string): Filter {
    this.expect('(');
    if (this.takes(')')) return (document) => asArray(document[field]).length > 0;
    const variable = this.next();
    this.expect(':');
    const holds = this.takes('search.in') ? this.searchIn(variable) : this.comparisonOf(variable);
    this.expect(')');
    return (document) => asArray(document[field]).some(holds);
  }

  /** Documented: names are separated by spaces and commas, unless other delimiters are given. */
  private searchIn(variable: string): (value: Json) => boolean {
    this.expect('(');
    this.expect(variable);
    this.expect(',');
    const list = this.text();
    const delimiters = this.takes(',') ? this.text() : ' ,';
    this.expect(')');
    const names = new Set(splitBy(list, delimiters));
    return (value) => names.has(String(value));
  }

  private comparisonOf(variable: string): (value: Json) => boolean {
    this.expect(variable);
    return this.comparison();
  }

  private comparison(): (value: Json) => boolean {
    const operator = this.next();
    if (operator !== 'eq' && operator !== 'ne') throw filterNotUnderstood(operator);
    const wanted = this.takes('null') ? null : this.text();
    return (value) => (value === wanted) === (operator === 'eq');
  }

  private requireField(name: string): string {
    const field = this.fields.find((each) => each['name'] === name);
    if (field === undefined) throw noSuchField(name);
    if (field['filterable'] === false) throw notFilterable(name);
    return name;
  }

  private text(): string {
    const token = this.next();
    if (!token.startsWith("'")) throw filterNotUnderstood(token);
    return token.slice(1, -1).replaceAll("''", "'");
  }

  private expect(token: string): void {
    const found = this.next();
    if (found !== token) throw filterNotUnderstood(found);
  }

  private takes(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position += 1;
    return true;
  }

  private next(): string {
    const token = this.tokens[this.position];
    if (token === undefined) throw filterNotUnderstood('end of filter');
    this.position += 1;
    return token;
  }
}

function splitBy(text: string, delimiters: string): readonly string[] {
  const parts: string[] = [''];
  for (const character of text) {
    if (delimiters.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== '');
}
