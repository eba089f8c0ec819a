import { asArray, asString, type Json, type JsonObject } from '../../../core/resources/json';
import { objectOf } from '../../bodies';
import { undefinedParameter, valueNotAllowed } from './policyErrors';

const REFERENCE = /^\[\s*parameters\('([^']+)'\)\s*\]$/i;

/** The values of declared parameters: what is given, or the default. `given` is `{name: {value}}`. */
export function valuesOf(declared: JsonObject, given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(declared).map((name) => [
      name,
      objectOf(valueAt(given, name))['value'] ?? objectOf(declared[name])['defaultValue'],
    ]),
  );
}

/** `{name: {value}}` with every value `[parameters('x')]` replaced by that of an outer parameter. */
export function resolved(given: JsonObject, outer: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([name, each]) => {
      const value = objectOf(each)['value'];
      const reference = REFERENCE.exec(asString(value) ?? '')?.[1];
      return [name, { value: reference === undefined ? value : valueAt(outer, reference) }];
    }),
  );
}

/**
 * @throws Refusal for parameters that are not declared, where `strict`, and for values that are not among the allowed
 * ones. References to outer parameters are let through where those are declared.
 */
export function checkParameters(
  given: JsonObject,
  declared: JsonObject,
  { of, strict, outer = {} }: { readonly of: string; readonly strict: boolean; readonly outer?: JsonObject },
): void {
  for (const [name, each] of Object.entries(given)) {
    const declaration = valueAt(declared, name);
    if (declaration === undefined) {
      if (strict) throw undefinedParameter(name, of);
      continue;
    }
    const value = asString(objectOf(each)['value']);
    const reference = REFERENCE.exec(value ?? '')?.[1];
    if (reference !== undefined) {
      if (valueAt(outer, reference) === undefined) throw undefinedParameter(reference, of);
      continue;
    }
    const allowed = asArray(objectOf(declaration)['allowedValues']).map(String);
    const isAllowed = allowed.length === 0 || allowed.some((one) => one.toLowerCase() === value?.toLowerCase());
    if (!isAllowed) throw valueNotAllowed(name, String(objectOf(each)['value']), allowed);
  }
}

/** Names of parameters compare without regard to case. */
function valueAt(parameters: JsonObject, name: string): Json | undefined {
  return Object.entries(parameters).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}
