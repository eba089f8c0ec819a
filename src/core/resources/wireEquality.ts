import { isJsonObject, type Json, type JsonObject } from './json';

/**
 * Whether every property of `part` stands in `whole` with the same meaning: strings without regard to case (Azure's
 * enums and ids), locations without regard to spaces, a missing property where `part` says null, and arrays without regard to order.
 */
export function containsPart(whole: Json | undefined, part: Json | undefined, name = ''): boolean {
  if (part === undefined || part === null) return whole === undefined || whole === null;
  if (Array.isArray(part)) {
    if (!Array.isArray(whole) || whole.length !== part.length) return false;
    return part.every((item) => whole.some((candidate) => containsPart(candidate, item)));
  }
  if (isJsonObject(part)) {
    return isJsonObject(whole) && Object.entries(part).every(([key, value]) => containsPart(whole[key], value, key));
  }
  if (typeof part === 'string' && typeof whole === 'string') return normalize(whole, name) === normalize(part, name);
  return whole === part;
}

/** RFC 7396: objects merge, everything else replaces, null removes. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const kept = Object.entries(target).filter(([name]) => patch[name] === undefined);
  const changed = Object.entries(patch).flatMap(([name, value]): [string, Json][] => {
    if (value === null || value === undefined) return [];
    const present = target[name];
    return [[name, isJsonObject(value) ? mergePatch(isJsonObject(present) ? present : {}, value) : value]];
  });
  return Object.fromEntries([...kept, ...changed]);
}

/** The comparable form of an Azure location: `Japan East` and `japaneast` are the same. */
export function normalizeLocation(location: string): string {
  return location.replace(/\s+/g, '').toLowerCase();
}

function normalize(value: string, name: string): string {
  return name === 'location' ? normalizeLocation(value) : value.replace(/\/+$/, '').toLowerCase();
}
