/** A JSON value as it travels to and from Azure Resource Manager. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property of the object's own: names come from Azure and from files, and `constructor` is a name like any other. */
export function ownProperty(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The string, or undefined for anything else: Azure's optional strings are absent, null or empty. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Strings of an array; what is not one, or is empty, is left out. */
export function asStrings(value: Json | undefined): readonly string[] {
  return asArray(value).flatMap((item) => asString(item) ?? []);
}

/** Objects of an array; what is not an object is left out. */
export function asObjects(value: Json | undefined): readonly JsonObject[] {
  return asArray(value).filter(isJsonObject);
}
