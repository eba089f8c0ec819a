import { isJsonObject, type Json, type JsonObject } from './json';

/**
 * Reads a dotted path (`properties.networkAcls.defaultAction`) from wire JSON.
 * Names are matched exactly first, then without regard to case, because exports differ in casing. A number is the place
 * of an item in an array.
 */
export function readPath(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((current, name) => {
    if (Array.isArray(current)) return /^\d+$/.test(name) ? (current[Number(name)] as Json | undefined) : undefined;
    if (!isJsonObject(current)) return undefined;
    if (Object.hasOwn(current, name)) return current[name];
    const wanted = name.toLowerCase();
    const key = Object.keys(current).find((candidate) => candidate.toLowerCase() === wanted);
    return key === undefined ? undefined : current[key];
  }, value);
}

/** A copy of `target` in which the dotted path holds `value`. Objects on the way are made where they are missing. */
export function withPath(target: JsonObject, path: string, value: Json): JsonObject {
  const [name, ...rest] = path.split('.');
  if (name === undefined) return target;
  if (rest.length === 0) return { ...target, [name]: value };
  const child = target[name];
  return { ...target, [name]: withPath(isJsonObject(child) ? child : {}, rest.join('.'), value) };
}

/** A copy of `target` without the property at the dotted path. */
export function withoutPath(target: JsonObject, path: string): JsonObject {
  const [name = '', ...rest] = path.split('.');
  const child = target[name];
  if (rest.length > 0) return isJsonObject(child) ? { ...target, [name]: withoutPath(child, rest.join('.')) } : target;
  return Object.fromEntries(Object.entries(target).filter(([other]) => other !== name));
}
