import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { compact, objectOf, pick } from '../../bodies';
import { badRequest, objectNotFound } from './vaultErrors';
import { VAULT_TYPE, VAULT_VERSIONS, vaultAt, vaultHost } from './vaultState';

const KEY_TYPES = ['RSA', 'RSA-HSM', 'EC', 'EC-HSM'];
/** What RSA keys of a vault may have, in bits. */
export const KEY_SIZES: readonly number[] = [2048, 3072, 4096];
const OPERATIONS = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];

/** A key, as Azure Resource Manager creates and shows it. It can be deleted in the data plane only. */
export const VAULT_KEY: ResourceType = {
  type: `${VAULT_TYPE}/keys`,
  apiVersions: VAULT_VERSIONS,
  inGraph: false,
  show,
  put: putKey,
  missing: objectNotFound,
};

/** A secret: a certificate is one too, with its own content type. Its value is never shown. */
export const VAULT_SECRET: ResourceType = {
  type: `${VAULT_TYPE}/secrets`,
  apiVersions: VAULT_VERSIONS,
  inGraph: false,
  show,
  put: putSecret,
  missing: objectNotFound,
};

/** The key, or the secret, that a URI with or without a version leads to. */
export function objectAt(azure: Azure, uri: string): StoredResource | undefined {
  const [, kind, name = '', version] = /^https:\/\/[^/]+\/(keys|secrets)\/([^/]+)(?:\/([^/]*))?\/?$/i.exec(uri) ?? [];
  const vault = vaultAt(azure, uri);
  const found = vault && azure.store.get(`${vault.id}/${String(kind)}/${name}`);
  const isVersion = (version ?? '') === '' || found?.body['version'] === version;
  return isVersion ? found : undefined;
}

function show({ id, name, type, body }: StoredResource): JsonObject {
  return { id, name, type, ...pick(body, ['location', 'tags', 'properties']) };
}

/** Documented: creates the first version of a key; of one that exists, nothing is changed. */
function putKey(call: PutCall): Answer {
  const { resource, body } = call;
  if (resource !== undefined) return { status: 200, body: show(resource) };
  const sent = objectOf(body['properties']);
  const kty = asString(sent['kty']) ?? 'RSA';
  if (!KEY_TYPES.includes(kty)) throw badRequest(`The key type '${kty}' is not valid.`);
  const keySize = sent['keySize'] ?? 2048;
  if (kty.startsWith('RSA') && !KEY_SIZES.includes(Number(keySize))) {
    throw badRequest(`The key size '${String(keySize)}' is not valid.`);
  }
  const operations = asArray(sent['keyOps']);
  return store(call, 'keys', (uri, version) => ({
    kty,
    keyOps: operations.length === 0 ? OPERATIONS : operations,
    ...(kty.startsWith('RSA') ? { keySize } : { curveName: sent['curveName'] ?? 'P-256' }),
    keyUri: uri,
    keyUriWithVersion: `${uri}/${version}`,
  }));
}

function putSecret(call: PutCall): Answer {
  const sent = objectOf(call.body['properties']);
  if (asString(sent['value']) === undefined) throw badRequest("The property 'value' of a secret is required.");
  return store(call, 'secrets', (uri, version) => ({
    ...compact(pick(sent, ['contentType'])),
    secretUri: uri,
    secretUriWithVersion: `${uri}/${version}`,
  }));
}

/** Every write makes a version. What is secret about it is not kept. */
function store(
  { azure, id, name, parent, body, resource }: PutCall,
  kind: 'keys' | 'secrets',
  properties: (uri: string, version: string) => JsonObject,
): Answer {
  if (parent === undefined) throw objectNotFound(id);
  const version = azure.guids.next(`version ${id}`).replaceAll('-', '');
  const now = Math.trunc(azure.clock.now() / 1000);
  const sent = objectOf(objectOf(body['properties'])['attributes']);
  const isProtected = propertiesOf(parent)['enablePurgeProtection'] === true;
  const stored = {
    id,
    name,
    type: `${VAULT_TYPE}/${kind}`,
    body: {
      version,
      location: parent.body['location'],
      tags: objectOf(body['tags']),
      properties: {
        attributes: {
          enabled: sent['enabled'] !== false,
          created: now,
          updated: now,
          ...(kind === 'keys' ? { exportable: false } : {}),
          ...compact(pick(sent, ['nbf', 'exp'])),
          recoveryLevel: isProtected ? 'Recoverable' : 'Recoverable+Purgeable',
        },
        ...properties(`https://${vaultHost(parent.name)}/${kind}/${name}`, version),
      },
    },
    state: 'Succeeded',
    etag: '',
  };
  azure.store.put(stored);
  return { status: resource === undefined && kind === 'secrets' ? 201 : 200, body: show(stored) };
}
