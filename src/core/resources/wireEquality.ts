import { isJsonObject, ownProperty, type Json, type JsonObject } from './json';
import { saysTheSame } from './policyDocument';

/**
 * Whether every property of `part` stands in `whole` with the same meaning: strings without regard to case (Azure's
 * enums and ids), locations without regard to spaces, a missing property where `part` says null, and arrays without regard to order.
 * Azure's own notes on what it lists inside of a resource, of versions and of how far it is, do not count.
 */
export function containsPart(whole: Json | undefined, part: Json | undefined, name = ''): boolean {
  if (NOTES.has(name)) return true;
  if (part === undefined || part === null) return whole === undefined || whole === null;
  if (Array.isArray(part)) return Array.isArray(whole) && whole.length === part.length && pairsUp(whole, part);
  if (isJsonObject(part)) {
    const parts = Object.entries(part);
    // Where the whole object is missing, so is each of its properties.
    if (whole === undefined || whole === null)
      return parts.length > 0 && parts.every(([key, value]) => containsPart(undefined, value, key));
    return isJsonObject(whole) && parts.every(([key, value]) => containsPart(ownProperty(whole, key), value, key));
  }
  if (typeof part === 'string' && typeof whole === 'string')
    return normalize(whole, name) === normalize(part, name) || saysTheSame(whole, part);
  return whole === part;
}

const NOTES = new Set(['etag', 'provisioningState']);

/** Whether each item of the part has one of its own in the whole. */
function pairsUp(whole: readonly Json[], part: readonly Json[]): boolean {
  const [item, ...others] = part;
  if (item === undefined) return true;
  return whole.some((candidate, index) => containsPart(candidate, item) && pairsUp(whole.toSpliced(index, 1), others));
}

/** RFC 7396: objects merge, everything else replaces, null removes. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const kept = Object.entries(target).filter(([name]) => ownProperty(patch, name) === undefined);
  const changed = Object.entries(patch).flatMap(([name, value]): [string, Json][] => {
    if (value === null || value === undefined) return [];
    const present = ownProperty(target, name);
    return [[name, isJsonObject(value) ? mergePatch(isJsonObject(present) ? present : {}, value) : value]];
  });
  return Object.fromEntries([...kept, ...changed]);
}

/** The comparable form of an Azure location: `Japan East` and `japaneast` are the same. */
export function normalizeLocation(location: string): string {
  return location.replace(/\s+/g, '').toLowerCase();
}

function normalize(value: string, name: string): string {
  if (name === 'location') return normalizeLocation(value);
  // Ids end with or without a slash; the issuer of a token is another one without.
  return (value.startsWith('/') ? value.replace(/\/+$/, '') : value).toLowerCase();
}
