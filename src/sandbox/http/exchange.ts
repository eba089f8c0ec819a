import { isJsonObject, type Json, type JsonObject } from '../../core/resources/json';

/** One HTTP exchange with the sandbox, as it is recorded. Tokens and keys are never in it. */
export interface Exchange {
  /** ISO 8601, in the sandbox's time. */
  readonly time: string;
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: Json;
  /** 0 where the connection broke instead of an answer. */
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody?: Json;
}

const HIDDEN = '{KEY}';

/** Answers that list keys: `{key1,key2}`, `{primaryKey,secondaryKey}`; the token of a web app at its position. */
const KEYS = /^(key[12]|primaryKey|secondaryKey|primarySharedKey|secondarySharedKey|token)$/;
/** Items of lists of keys: `{name,key}` of Azure AI Search, `{keyName,value}` of Storage. */
const KEY_LISTS: Readonly<Record<string, readonly [id: string, key: string]>> = {
  value: ['name', 'key'],
  keys: ['keyName', 'value'],
};

/** A copy of a body without account keys, without tokens, and without the signature of a URL that is the whole body. */
export function withoutKeys(body: Json | undefined): Json | undefined {
  if (typeof body === 'string') return body.replace(/\bsig=[^&]*/, `sig=${HIDDEN}`);
  if (!isJsonObject(body)) return body;
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    isSecret(name, value) ? HIDDEN : name === 'properties' ? withoutSecrets(value) : withoutList(name, value),
  ]);
  return Object.fromEntries(entries) as Json;
}

/** Certificates and credentials, in the middle of what is written. */
const SECRETS = /^(data|password|encodedCertificate|certificatePassword)$/;

/** Keys by their name; secrets of vaults and named values: `{"properties":{"value":"…"}}`. */
function isSecret(name: string, value: Json | undefined): boolean {
  return KEYS.test(name) || (name === 'value' && typeof value === 'string');
}

function withoutSecrets(properties: Json | undefined): Json | undefined {
  if (!isJsonObject(properties)) return properties;
  const entries = Object.entries(properties).map(([name, value]) => [
    name,
    isSecret(name, value) || name === 'credentials' ? HIDDEN : withoutCertificates(name, value),
  ]);
  return Object.fromEntries(entries) as Json;
}

function withoutCertificates(name: string, value: Json | undefined): Json | undefined {
  if (!Array.isArray(value) || !['sslCertificates', 'hostnameConfigurations'].includes(name)) return value;
  const hide = (item: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(item).map(([key, inner]) => [
        key,
        SECRETS.test(key) ? HIDDEN : key === 'properties' && isJsonObject(inner) ? hide(inner) : inner,
      ]),
    );
  return (value as readonly Json[]).map((item) => (isJsonObject(item) ? hide(item) : item));
}

function withoutList(name: string, value: Json | undefined): Json | undefined {
  const list = KEY_LISTS[name];
  if (list === undefined || !Array.isArray(value)) return value;
  const [id, key] = list;
  return (value as readonly Json[]).map((item) =>
    isJsonObject(item) && id in item && key in item ? ({ ...item, [key]: HIDDEN } satisfies JsonObject) : item,
  );
}
