import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { resourceKey } from '../../../core/resources/resourceId';
import { COGNITIVE_SERVICES, COGNITIVE_SERVICES_PUT, type Dialect } from '../../arm/dialects';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { forgetIdentity, principalOf } from '../../directory/identities';
import { DURATIONS } from '../../durations';
import { newEtag, patched, replaced, shownAccount, subdomainOf, systemData } from './accountBody';
import { whyNotEncryptable } from '../keyVault/customerKey';
import {
  ACCOUNT_TYPE,
  ACCOUNT_VERSIONS,
  DELETED_ACCOUNT_TYPE,
  isSubdomain,
  isSubdomainTaken,
  keysOf,
  requireIdle,
  touch,
} from './accountState';
import { deletedAccountId } from './deletedAccounts';
import { badRequest, customDomainInUse, flagMustBeSetForRestore, SUBDOMAIN_NEEDED } from './errors';
import { kindOf } from './kinds';
import { embeddedConnections } from './connections';
import { privateLinkResources } from './privateLink';

export const ACCOUNT: ResourceType = {
  type: ACCOUNT_TYPE,
  apiVersions: ACCOUNT_VERSIONS,
  inGraph: true,
  show: (account, azure) => shownAccount(account, embeddedConnections(azure, account)),
  getHeaders: ({ etag }) => ({ etag }),
  put: (call) => (call.resource === undefined ? create(call) : update({ ...call, resource: call.resource })),
  patch,
  remove,
  vanish: softDelete,
  actions: { listKeys, regenerateKey },
  facets: { privateLinkResources },
};

function create(call: PutCall): Answer {
  const { azure, request, body, id, name } = call;
  const deleted = azure.store.ofType(DELETED_ACCOUNT_TYPE).find((each) => each.body['accountId'] === resourceKey(id));
  if (deleted) return restore(call, deleted);
  for (const required of ['location', 'kind', 'sku'] as const) {
    if (body[required] === undefined) throw invalidRequestContent(`Required property '${required}' not found in JSON`);
  }
  checkSettings(azure, id, body, undefined);
  const location = asString(body['location']) ?? '';
  const stored = replaced(azure, id, body, undefined);
  const account = azure.store.put({
    id,
    name,
    type: ACCOUNT.type,
    body: stored,
    state: 'Creating',
    etag: newEtag(azure, id),
    inForce: {},
  });
  const operation = azure.operations.begin(request, {
    dialect: COGNITIVE_SERVICES,
    kind: 'create',
    target: id,
    location,
    seconds:
      String(body['kind']).toLowerCase() === 'openai' ? DURATIONS.openAiAccountCreate : DURATIONS.otherAccountCreate,
    finish: () => settled(azure, id),
  });
  return withEtag(
    azure.operations.accept(request, operation, 201, ACCOUNT.show(account, azure, call.apiVersion)),
    account,
  );
}

function restore({ azure, body, id, apiVersion }: PutCall, deleted: StoredResource): Answer {
  const wanted = isJsonObject(body['properties']) && body['properties']['restore'] === true;
  if (!wanted) throw flagMustBeSetForRestore(id);
  const { deletionDate: _, accountId: __, ...kept } = deleted.body;
  const restored = { ...kept, systemData: systemData(azure, undefined) };
  azure.store.remove(deleted.id);
  const principal = principalOf(deleted);
  if (principal !== undefined) azure.directory.announce(principal, 'ServicePrincipal', deleted.name);
  const account = azure.store.put({
    id,
    name: deleted.name,
    type: ACCOUNT.type,
    body: restored,
    inForce: restored,
    state: 'Succeeded',
    etag: newEtag(azure, id),
  });
  return withEtag({ status: 201, body: ACCOUNT.show(account, azure, apiVersion) }, account);
}

function update(call: PutCall & { readonly resource: StoredResource }): Answer {
  const { azure, resource, body, apiVersion } = call;
  requireIdle(azure, resource);
  checkSettings(azure, resource.id, body, resource);
  const stored = replaced(azure, resource.id, body, resource.body);
  if (kindOf(resource.body['kind']).updatesByOperation || resource.state === 'Failed') {
    return begin(call, stored, COGNITIVE_SERVICES_PUT, 200);
  }
  const account = touch(azure, resource.id, { body: stored, inForce: stored }) ?? resource;
  return withEtag({ status: 200, body: ACCOUNT.show(account, azure, apiVersion) }, account);
}

function patch(call: PatchCall): Answer {
  const { azure, resource, body } = call;
  requireIdle(azure, resource);
  checkSettings(azure, resource.id, body, resource);
  return begin(call, patched(azure, resource.id, body, resource.body), COGNITIVE_SERVICES, 202);
}

/** The answer shows the new settings at once; the service goes by them when the operation is done. */
function begin(
  { azure, request, resource, apiVersion }: ExistingCall,
  body: JsonObject,
  dialect: Dialect,
  status: number,
): Answer {
  const account = touch(azure, resource.id, { body, state: 'Accepted' }) ?? resource;
  const operation = azure.operations.begin(request, {
    dialect,
    kind: 'update',
    target: account.id,
    location: asString(account.body['location']) ?? '',
    seconds: DURATIONS.accountUpdate,
    finish: () => settled(azure, account.id),
  });
  const shown = ACCOUNT.show(account, azure, apiVersion);
  return withEtag(azure.operations.accept(request, operation, status, shown), account);
}

function settled(azure: Azure, id: string): undefined {
  const account = azure.store.get(id);
  if (account) touch(azure, id, { state: 'Succeeded', inForce: account.body });
  return undefined;
}

function remove({ azure, resource }: ExistingCall): Answer {
  requireIdle(azure, resource);
  azure.vanish(resource);
  return { status: 200 };
}

function softDelete(account: StoredResource, azure: Azure): void {
  forgetIdentity(azure, account);
  azure.store.put({
    ...account,
    id: deletedAccountId(azure, account),
    type: DELETED_ACCOUNT_TYPE,
    body: { ...account.body, accountId: resourceKey(account.id), deletionDate: azure.timestamp() },
    state: 'Succeeded',
  });
}

/** @throws Refusal for settings that Azure does not take. */
function checkSettings(azure: Azure, id: string, sent: JsonObject, account: StoredResource | undefined): void {
  const properties = isJsonObject(sent['properties']) ? sent['properties'] : {};
  const before = account && subdomainOf(account);
  if ('customSubDomainName' in properties) {
    const wanted = asString(properties['customSubDomainName'])?.toLowerCase();
    if (before !== undefined && wanted !== before) {
      throw badRequest('The custom subdomain name cannot be changed or removed once it is set.');
    }
    if (wanted !== undefined && !isSubdomain(wanted)) throw badRequest(`Sub domain name '${wanted}' is not valid`);
    if (wanted !== undefined && wanted !== before && isSubdomainTaken(azure, wanted, id))
      throw customDomainInUse(wanted);
  }
  const subdomain = asString(properties['customSubDomainName']) ?? before;
  if (isJsonObject(properties['networkAcls']) && subdomain === undefined) throw badRequest(SUBDOMAIN_NEEDED);
  checkEncryption(azure, properties['encryption'], account);
}

function checkEncryption(azure: Azure, encryption: Json | undefined, account: StoredResource | undefined): void {
  const { keySource, keyVaultProperties } = objectOf(encryption);
  if (asString(keySource)?.toLowerCase() !== 'microsoft.keyvault') return;
  const reason = whyNotEncryptable(azure, objectOf(keyVaultProperties), account && principalOf(account));
  if (reason !== undefined) throw badRequest(reason);
}

function listKeys({ resource }: ExistingCall): Answer {
  if (propertiesOf(resource)['disableLocalAuth'] === true) {
    throw badRequest('Failed to list key. disableLocalAuth is set to be true');
  }
  return { status: 200, body: { ...keysOf(resource) } };
}

function regenerateKey({ azure, resource, request }: ExistingCall): Answer {
  const name = isJsonObject(request.body) ? asString(request.body['keyName']) : undefined;
  if (name !== 'Key1' && name !== 'Key2') throw badRequest(`The key name '${name ?? ''}' is not valid.`);
  const generations = isJsonObject(resource.body['keyGenerations']) ? resource.body['keyGenerations'] : {};
  const keyGenerations = { ...generations, [name]: Number(generations[name] ?? 0) + 1 };
  const renewed = azure.store.change(resource.id, {
    body: { ...resource.body, keyGenerations },
    inForce: { ...resource.inForce, keyGenerations },
  });
  return { status: 200, body: { ...keysOf(renewed ?? resource) } };
}

function withEtag(answer: Answer, { etag }: StoredResource): Answer {
  return { ...answer, headers: { ...answer.headers, etag } };
}
