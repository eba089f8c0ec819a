import { isJsonObject, type Json, type JsonObject } from '../../../src/core/resources/json';
import { RESERVED_HOST } from '../../../src/sandbox/http/server';
import type { Received } from '../client';
import { COMMON_HEADERS, type RecordedExchange } from './record';

/** Compared in both directions: a header that Azure did not send must not be sent. */
const EXACT = [
  'azure-asyncoperation',
  'location',
  'retry-after',
  'azure-asyncnotification',
  'etag',
  'content-type',
  'x-ms-failure-cause',
] as const;

/** Recorders of these sources drop headers: what they lack proves nothing. */
const KEEPS_HEADERS = /^ASO:/;

/** Properties whose values are words of a protocol. */
const WORDS = /(^|\.)(provisioningState|status|code|type|level|registrationState|resultTruncated)$/;
/** `etag` words differ by nature; a location's casing is compared by tests of its own. */
const MESSAGE = /(^|\.)(message|Message)$/;

/** Every difference between what Azure answered and what the sandbox answered, each in one line. */
export function compare(record: RecordedExchange, received: Received, endpoint: string): readonly string[] {
  return [
    ...(record.status === received.status
      ? []
      : [`status: ${String(received.status)} instead of ${String(record.status)}`]),
    ...compareHeaders(record, received.headers, endpoint),
    ...compareBodies(record.body, received.body ?? null),
  ];
}

function compareHeaders(
  record: RecordedExchange,
  received: Readonly<Record<string, string>>,
  endpoint: string,
): readonly string[] {
  const differences: string[] = [];
  for (const name of EXACT) {
    const expected = headerShape(name, record.headers[name], endpoint);
    const actual = headerShape(name, received[name], endpoint);
    if (expected === actual) continue;
    if (actual === undefined) differences.push(`header ${name}: missing`);
    else if (expected !== undefined) differences.push(`header ${name}: ${actual} instead of ${expected}`);
    else if (KEEPS_HEADERS.test(record.source)) differences.push(`header ${name}: extra`);
  }
  const others = Object.keys(record.headers).filter((name) => !EXACT.some((exact) => exact === name));
  for (const name of others) {
    const present = Object.keys(received).some((other) => counterName(other) === counterName(name));
    if (!present) differences.push(`header ${name}: missing`);
  }
  for (const name of COMMON_HEADERS) {
    const isOptional = ['content-type', 'x-ms-operation-identifier'].includes(name) || name.includes('ratelimit');
    if (!isOptional && received[name] === undefined) differences.push(`header ${name}: missing`);
  }
  return differences;
}

/** Since 2024 the counters are called `…-global-reads`; before, `…-reads`. They count the same. */
function counterName(name: string): string {
  return name.replace('-global-', '-');
}

/** URLs and tags as shapes: what differs from one call to the next is replaced by what it is. */
function headerShape(name: string, value: string | undefined, endpoint: string): string | undefined {
  if (value === undefined) return undefined;
  if (name === 'etag') {
    return value
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '{guid}')
      .replace(/datetime'.*'/, '{time}')
      .replace(/1D[0-9A-F]{13}/, '{ticks}')
      .replace(/AAAAA[\w+/]{6}=/, '{row}');
  }
  if (name !== 'azure-asyncoperation' && name !== 'location') return value;
  const [address = '', query = ''] = value
    .replace('https://management.azure.com', '')
    .replace(`https://${RESERVED_HOST}`, '')
    .replace(endpoint, '')
    .split('?');
  const operation = address.replace(/[^/]+$/, '{operation}');
  const parameters = query
    .split('&')
    .map((parameter) => parameter.replace(/^([tcsh]|(?:azure-)?asyncId)=.*/, '$1=…'))
    .join('&');
  return `${operation}?${parameters}`;
}

function compareBodies(expected: Json, actual: Json): readonly string[] {
  const differences: string[] = [];
  const [wanted, found] = [describe(expected), describe(actual)];
  for (const [path, kinds] of wanted) {
    const others = found.get(path);
    if (others === undefined) differences.push(`body ${path}: missing`);
    else if (![...others].some((kind) => kinds.has(kind))) {
      differences.push(`body ${path}: ${[...others].join(' or ')} instead of ${[...kinds].join(' or ')}`);
    }
  }
  for (const path of found.keys()) if (!wanted.has(path)) differences.push(`body ${path}: extra`);
  return withoutChildren(differences).concat(compareWords(expected, actual));
}

/** Paths of a JSON value with what is at each: items of an array share one path. */
function describe(value: Json, path = '', into = new Map<string, Set<string>>()): Map<string, Set<string>> {
  if (path !== '') into.set(path, (into.get(path) ?? new Set()).add(kindOf(value)));
  else if (value === null) into.set('(none)', new Set(['null']));
  if (Array.isArray(value)) for (const item of value) describe(item as Json, `${path}[]`, into);
  else if (isJsonObject(value)) {
    for (const [name, child] of Object.entries(value)) {
      describe(child ?? null, path === '' ? name : `${path}.${name}`, into);
    }
  }
  return into;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Where a property is missing or extra, the ones inside it go without saying. */
function withoutChildren(differences: readonly string[]): readonly string[] {
  const paths = differences.map((difference) => /^body (.+): (missing|extra)$/.exec(difference)?.[1]);
  return differences.filter((_, index) => {
    const path = paths[index];
    return path === undefined || !paths.some((other) => other !== undefined && other !== path && isInside(path, other));
  });
}

function isInside(path: string, other: string): boolean {
  return path.startsWith(`${other}.`) || path.startsWith(`${other}[]`);
}

function compareWords(expected: Json, actual: Json): readonly string[] {
  const [wanted, found] = [words(expected), words(actual)];
  return [...wanted].flatMap(([path, word]) => {
    const other = found.get(path);
    return other === undefined || other === word ? [] : [`body ${path}: "${other}" instead of "${word}"`];
  });
}

/** The protocol's words and messages by path, with ids neutralized. */
function words(value: Json): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (current: Json, path: string): void => {
    if (typeof current === 'string' && (WORDS.test(path) || MESSAGE.test(path))) found.set(path, neutral(current));
    if (Array.isArray(current))
      current.forEach((item: Json, index) => {
        visit(item, `${path}[${String(index)}]`);
      });
    else if (isJsonObject(current)) {
      for (const [name, child] of Object.entries(current as JsonObject)) {
        visit(child ?? null, path === '' ? name : `${path}.${name}`);
      }
    }
  };
  visit(value, '');
  return found;
}

function neutral(text: string): string {
  return text
    .replace(/https?:\/\/[^/\s]+\//g, 'https://host/')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{guid}');
}
