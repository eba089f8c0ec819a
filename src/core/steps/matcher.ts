import { isPublicIpv4Range } from '../setup/addresses';
import { asArray, isJsonObject, type Json, type JsonObject } from '../resources/json';
import { readPath, withPath } from '../resources/propertyPath';
import { resourceName, sameResource } from '../resources/resourceId';
import { saysTheSame } from '../resources/policyDocument';
import { containsPart, mergePatch, normalizeLocation } from '../resources/wireEquality';
import { text, type Text } from '../text';

/**
 * What a property must be: a small closed set, so that every expectation can be checked, explained, planned and
 * exported from the same value. Strings compare without regard to case, as Azure's enums do.
 */
export type Matcher =
  | { readonly kind: 'equals'; readonly value: string | number | boolean }
  /** One of several values; `prefer` is what a change writes. */
  | { readonly kind: 'oneOf'; readonly values: readonly string[]; readonly prefer: string }
  /** Anything that is not empty; `propose` is what a change writes. */
  | { readonly kind: 'present'; readonly propose?: Json }
  | { readonly kind: 'empty' }
  /** Not set at all; a change takes it away. */
  | { readonly kind: 'unset' }
  /** Azure's name of a region, in any of its spellings. Nothing can be moved, so a person has to decide. */
  | { readonly kind: 'inRegion'; readonly region: string }
  /** An array of regions with this one among them: where Azure offers something. */
  | { readonly kind: 'offeredIn'; readonly region: string }
  /** An object with `currentValue` and `limit`, as Azure counts what a subscription may have: one more fits in. */
  | { readonly kind: 'room'; readonly of: string }
  /** A comma-separated list that has this word, as `identity.type` is one. */
  | { readonly kind: 'includesWord'; readonly word: string; readonly insteadOf: readonly string[] }
  | { readonly kind: 'refersTo'; readonly id: string }
  /** An id whose last name is one of these: a role definition is written with several scopes in front of it. */
  | { readonly kind: 'endsWithOneOf'; readonly values: readonly string[] }
  /**
   * An array with an item of which all assertions hold; `add` is the item that a change appends, or puts in the place of
   * one with the same name.
   */
  | {
      readonly kind: 'someItem';
      readonly where: readonly Assertion[];
      /** Every item has to be such a one. */
      readonly andNoOther?: boolean;
      /** With `andNoOther`: what else there is goes when `add` comes. */
      readonly replacesOthers?: boolean;
      readonly add?: JsonObject;
      readonly what: Text;
    }
  /** An array of strings: these and no others, in any order. */
  | { readonly kind: 'exactly'; readonly values: readonly string[] }
  /**
   * An object with these entries, whatever else it has. A change sends all of it, because Azure takes what is left out
   * back to `defaults`.
   */
  | { readonly kind: 'entries'; readonly values: JsonObject; readonly defaults: JsonObject; readonly what: Text }
  /** An XML document that says this, in whatever layout. */
  | { readonly kind: 'document'; readonly value: string; readonly what: Text }
  /** An array of `{ value }` that are public IPv4 addresses or ranges: exactly these. */
  | { readonly kind: 'addressRules'; readonly allowed: readonly string[] };

/** One property and what it must be. */
export interface Assertion {
  /** Dotted path in the resource's wire JSON. */
  readonly at: string;
  readonly must: Matcher;
  /** What Azure means by leaving the property out. */
  readonly absentMeans?: Json;
  /** What undoing writes where the property was not set, if that is something else. */
  readonly restoreAbsentAs?: Json;
  /** Comes true with what else the change writes; Azure would refuse to be told both. */
  readonly implied?: boolean;
  /** The object around the property that Azure wants to be sent whole, with what its absence means. */
  readonly within?: Surrounding;
}

/** An object that Azure replaces as a whole, so a change sends all of it. */
export interface Surrounding {
  readonly at: string;
  readonly absentMeans: JsonObject;
  /** Undoing takes the object away where there was none, instead of writing what its absence means. */
  readonly removable?: boolean;
  /** Names that only Azure writes. */
  readonly readOnly?: readonly string[];
}

/** The value that a property stands for: its own, or what its absence means. */
export function effectiveValue(resource: JsonObject, assertion: Assertion): Json | undefined {
  const value = readPath(resource, assertion.at);
  return value === undefined || value === null ? assertion.absentMeans : value;
}

export function holds(resource: JsonObject, assertion: Assertion): boolean {
  return matches(assertion.must, effectiveValue(resource, assertion));
}

export function matches(matcher: Matcher, value: Json | undefined): boolean {
  switch (matcher.kind) {
    case 'equals':
      return sameScalar(value, matcher.value);
    case 'oneOf':
      return matcher.values.some((candidate) => sameScalar(value, candidate));
    case 'present':
      return !isEmpty(value);
    case 'empty':
      return isEmpty(value);
    case 'unset':
      return value === undefined || value === null;
    case 'inRegion':
      return isRegion(value, matcher.region);
    case 'offeredIn':
      return asArray(value).some((item) => isRegion(item, matcher.region));
    case 'room': {
      const usage = usageOf(value);
      return usage !== undefined && usage.used < usage.limit;
    }
    case 'includesWord':
      return words(value).some((word) => word.toLowerCase() === matcher.word.toLowerCase());
    case 'refersTo':
      return typeof value === 'string' && sameResource(value, matcher.id);
    case 'endsWithOneOf':
      return typeof value === 'string' && matcher.values.some((name) => sameScalar(resourceName(value), name));
    case 'someItem': {
      const items = asArray(value);
      const isOne = (item: Json): boolean => isSuch(item, matcher);
      return items.some(isOne) && (!matcher.andNoOther || items.every(isOne));
    }
    case 'exactly':
      return sameSet(asArray(value).map(String), matcher.values);
    case 'entries': {
      const present = { ...matcher.defaults, ...(isJsonObject(value) ? value : {}) };
      return containsPart(present, matcher.values);
    }
    case 'document':
      return typeof value === 'string' && saysTheSame(value, matcher.value);
    case 'addressRules':
      return sameSet(addressesOf(value), matcher.allowed) && addressesOf(value).every(isPublicIpv4Range);
  }
}

function isRegion(value: Json | undefined, region: string): boolean {
  return typeof value === 'string' && normalizeLocation(value) === normalizeLocation(region);
}

type SomeItem = Extract<Matcher, { readonly kind: 'someItem' }>;

/** Azure tells the items of a list apart by their names, where they have any. */
function withItem(items: readonly Json[], added: JsonObject): readonly Json[] {
  const { name } = added;
  const isNamesake = (item: Json): boolean =>
    typeof name === 'string' && isJsonObject(item) && sameScalar(item['name'], name);
  return items.some(isNamesake) ? items.map((item) => (isNamesake(item) ? added : item)) : [...items, added];
}

function isSuch(item: Json, { where }: SomeItem): boolean {
  return isJsonObject(item) && where.every((part) => holds(item, part));
}

/**
 * The value that makes the matcher hold, made from the present one.
 * Undefined where no single value can be named, so that a person has to decide.
 */
export function remedyFor(matcher: Matcher, value: Json | undefined): Json | undefined {
  switch (matcher.kind) {
    case 'equals':
      return matcher.value;
    case 'oneOf':
      return matcher.prefer;
    case 'present':
      return matcher.propose;
    case 'empty':
    case 'inRegion':
    case 'offeredIn':
    case 'room':
    case 'endsWithOneOf':
      return undefined;
    case 'unset':
      return null;
    case 'includesWord': {
      const kept = words(value).filter((word) => !matcher.insteadOf.some((other) => sameScalar(word, other)));
      return [matcher.word, ...kept].join(', ');
    }
    case 'refersTo':
      return matcher.id;
    case 'someItem': {
      const items = asArray(value);
      // What else is there is somebody's, and adding an item does not make it go away.
      if (matcher.replacesOthers && matcher.add !== undefined) return [matcher.add];
      const mayStay = !matcher.andNoOther || items.every((item) => isSuch(item, matcher));
      return matcher.add === undefined || !mayStay ? undefined : withItem(items, matcher.add);
    }
    case 'exactly':
      return matcher.values;
    case 'entries':
      return { ...(isJsonObject(value) ? value : {}), ...matcher.values };
    case 'document':
      return matcher.value;
    case 'addressRules':
      return matcher.allowed.map((address) => ({ value: address }));
  }
}

/** The expectation in words, for the evidence table. */
export function explain(matcher: Matcher): Text {
  switch (matcher.kind) {
    case 'equals':
      return text('{0}', String(matcher.value));
    case 'oneOf':
      return text('one of {0}', matcher.values.join(', '));
    case 'present':
      return text('a value');
    case 'empty':
      return text('empty');
    case 'unset':
      return text('not set');
    case 'inRegion':
      return text('{0}', matcher.region);
    case 'offeredIn':
      return text('offered in {0}', matcher.region);
    case 'room':
      return text('room for one more of {0}', matcher.of);
    case 'includesWord':
      return text('includes {0}', matcher.word);
    case 'refersTo':
      return text('{0}', matcher.id);
    case 'endsWithOneOf':
      return text('one of {0}', matcher.values.join(', '));
    case 'someItem':
    case 'entries':
    case 'document':
      return matcher.what;
    case 'exactly':
      return text('{0}', matcher.values.join(', '));
    case 'addressRules':
      return matcher.allowed.length === 0 ? text('no addresses') : text('exactly {0}', matcher.allowed.join(', '));
  }
}

/** What was found, in words that answer what was asked: nobody wants to read every region that Azure has. */
export function describeFound(matcher: Matcher, value: Json | undefined): Text {
  if (matcher.kind !== 'offeredIn' || isEmpty(value)) return describeValue(value);
  return matches(matcher, value) ? explain(matcher) : text('offered elsewhere');
}

/** A value in words. */
export function describeValue(value: Json | undefined): Text {
  if (value === undefined || value === null || value === '') return text('not set');
  if (Array.isArray(value)) return value.length === 0 ? text('none') : text('{0}', value.map(describeItem).join(', '));
  const usage = usageOf(value);
  if (usage !== undefined) return text('{0} of {1} used', usage.used, usage.limit);
  if (isJsonObject(value)) return text('{0}', JSON.stringify(value));
  // What people write into such a document is nobody else's business.
  if (typeof value === 'string' && value.startsWith('<')) return text('another document');
  return text('{0}', String(value));
}

/**
 * The smallest patch that makes the failing assertions hold: wire JSON with the changed properties, or with the whole
 * object around them where Azure wants that. Undefined where one of them has no remedy.
 */
export function patchFor(resource: JsonObject, failing: readonly Assertion[]): JsonObject | undefined {
  let patch: JsonObject = {};
  for (const assertion of failing) {
    const value = remedyFor(assertion.must, effectiveValue(mergePatch(resource, patch), assertion));
    if (value === undefined) return undefined;
    const { within } = assertion;
    if (within && readPath(patch, within.at) === undefined)
      patch = withPath(patch, within.at, wholeOf(resource, within));
    patch = withPath(patch, assertion.at, value);
  }
  return patch;
}

/** The same properties as they stand in the resource, null where they are not set: what a change replaces. */
export function presentValues(resource: JsonObject, assertions: readonly Assertion[]): JsonObject {
  return assertions.reduce<JsonObject>((before, { at, within }) => {
    const around = within && ownPart(resource, within);
    if (within && around === undefined) return withPath(before, within.at, null);
    const isThere = within === undefined || readPath(before, within.at) !== undefined;
    const whole = isThere ? before : withPath(before, within.at, around ?? null);
    return withPath(whole, at, readPath(resource, at) ?? null);
  }, {});
}

/**
 * The patch that brings the same properties back. A property that was not set is written with what its absence means,
 * because a patch cannot take a property away.
 */
export function restoringPatch(resource: JsonObject, assertions: readonly Assertion[]): JsonObject {
  return assertions.reduce<JsonObject>((patch, assertion) => {
    const { within } = assertion;
    return within
      ? withPath(patch, within.at, within.removable && !ownPart(resource, within) ? null : wholeOf(resource, within))
      : withPath(patch, assertion.at, valueToRestore(resource, assertion));
  }, {});
}

function valueToRestore(resource: JsonObject, assertion: Assertion): Json {
  const own = readPath(resource, assertion.at);
  return own ?? assertion.restoreAbsentAs ?? assertion.absentMeans ?? null;
}

/** The surrounding object without what only Azure writes. */
function ownPart(resource: JsonObject, within: Surrounding): JsonObject | undefined {
  const present = readPath(resource, within.at);
  if (!isJsonObject(present)) return undefined;
  return Object.fromEntries(Object.entries(present).filter(([name]) => !within.readOnly?.includes(name)));
}

function wholeOf(resource: JsonObject, within: Surrounding): JsonObject {
  return { ...within.absentMeans, ...ownPart(resource, within) };
}

/** How Azure counts what a subscription has of something; undefined for everything else. */
function usageOf(value: Json | undefined): { readonly used: number; readonly limit: number } | undefined {
  if (!isJsonObject(value)) return undefined;
  const { currentValue: used, limit } = value;
  return typeof used === 'number' && typeof limit === 'number' ? { used, limit } : undefined;
}

function describeItem(item: Json): string {
  if (isJsonObject(item)) {
    const label = item['name'] ?? item['value'] ?? item['ipv4Address'] ?? item['id'];
    return typeof label === 'string' ? label : JSON.stringify(item);
  }
  return String(item);
}

function words(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? value.split(',').flatMap((word) => word.trim() || []) : [];
}

function addressesOf(value: Json | undefined): readonly string[] {
  return asArray(value).flatMap((rule) =>
    isJsonObject(rule) && typeof rule['value'] === 'string' ? rule['value'] : [],
  );
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const isIn = (item: string, list: readonly string[]): boolean => list.some((other) => sameScalar(item, other));
  return (
    left.length === right.length && left.every((item) => isIn(item, right)) && right.every((item) => isIn(item, left))
  );
}

function sameScalar(left: Json | undefined, right: string | number | boolean): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  return left === right;
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
