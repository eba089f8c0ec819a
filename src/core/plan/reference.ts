import { isJsonObject, type Json, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';

/**
 * A value that a change takes from another resource at the moment when it is made, because Azure only then has it: the
 * principal of an identity that the same plan switches on. Written as templates of Azure Resource Manager write it.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#reference
 */
export interface Reference {
  readonly resource: string;
  /** Dotted path in the resource's wire JSON, with `[0]` for items. */
  readonly path: string;
  /** Only what stands behind the last slash: the version at the end of a key's address. */
  readonly lastPart?: true;
}

const REFERENCE = /^\[reference\('([^']+)'\)\.([A-Za-z][A-Za-z0-9.[\]]*)\]$/;
const LAST_PART = /^\[last\(split\(reference\('([^']+)'\)\.([A-Za-z][A-Za-z0-9.[\]]*), '\/'\)\)\]$/;

export function referenceTo(resource: string, path: string): string {
  return `[reference('${resource}').${path}]`;
}

/** What stands behind the last slash of a value. */
export function lastPartOf(resource: string, path: string): string {
  return `[last(split(reference('${resource}').${path}, '/'))]`;
}

export function parseReference(value: Json | undefined): Reference | undefined {
  if (typeof value !== 'string') return undefined;
  const part = LAST_PART.exec(value);
  const [, resource, path] = part ?? REFERENCE.exec(value) ?? [];
  return resource === undefined || path === undefined
    ? undefined
    : { resource, path, ...(part && { lastPart: true as const }) };
}

/** A reference as a person reads it: `contoso-openai › identity.principalId`. */
export function describeReference({ resource, path }: Reference): string {
  return `${resourceName(resource)} › ${path}`;
}

/** The resources that a body takes values from. */
export function referencesIn(body: Json | undefined): readonly Reference[] {
  if (Array.isArray(body)) return body.flatMap((item: Json) => referencesIn(item));
  if (isJsonObject(body)) return Object.values(body).flatMap((value) => referencesIn(value));
  const reference = parseReference(body);
  return reference === undefined ? [] : [reference];
}

/**
 * The body with every reference replaced by its value.
 * @param read What the references lead to.
 * @returns undefined where one of the values is not there yet.
 */
export function withValues(
  body: JsonObject,
  read: (resource: string) => WireResource | undefined,
): JsonObject | undefined {
  const missing: Reference[] = [];
  const replace = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((item: Json) => replace(item));
    if (isJsonObject(value)) {
      return Object.fromEntries(
        Object.entries(value).flatMap(([name, item]) => (item === undefined ? [] : [[name, replace(item)]])),
      );
    }
    const reference = parseReference(value);
    if (reference === undefined) return value;
    const found = readPath(read(reference.resource), reference.path.replace(/\[(\d+)\]/g, '.$1'));
    if (found === undefined || found === null || found === '') missing.push(reference);
    return reference.lastPart ? (String(found).split('/').at(-1) ?? null) : (found ?? null);
  };
  const replaced = replace(body);
  return missing.length > 0 || !isJsonObject(replaced) ? undefined : replaced;
}
