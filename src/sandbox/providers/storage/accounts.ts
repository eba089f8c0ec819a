import { asString } from '../../../core/resources/json';
import { STORAGE } from '../../arm/dialects';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import { errorOf, type Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import { objectOf } from '../../bodies';
import { forgetIdentity } from '../../directory/identities';
import { DURATIONS } from '../../durations';
import type { Route, RouteCall, Router } from '../../http/router';
import { patched, replaced, shownAccount } from './accountBody';
import { checkWrite } from './accountRules';
import {
  isAccountName,
  isNameTaken,
  requireProvisioned,
  STORAGE_ACCOUNT_TYPE,
  STORAGE_VERSIONS,
  storageKeysOf,
} from './accountState';
import { addBlobService } from './blobServices';
import { embeddedConnections } from './connections';
import { checkCustomerKey } from './customerKey';
import { accountAlreadyTaken, accountNameInvalid, invalidValues } from './errors';
import { privateLinkResources } from './privateLink';

export const STORAGE_ACCOUNT: ResourceType = {
  type: STORAGE_ACCOUNT_TYPE,
  apiVersions: STORAGE_VERSIONS,
  inGraph: true,
  show: (account, azure, apiVersion) => shownAccount(account, apiVersion, embeddedConnections(azure, account)),
  put: (call) => (call.resource === undefined ? create(call) : update({ ...call, resource: call.resource })),
  patch,
  remove,
  vanish: (account, azure) => {
    forgetIdentity(azure, account);
  },
  actions: { listKeys, regenerateKey },
  facets: { privateLinkResources },
};

/** Recorded: 202 without a body, and the account as the end of the operation. */
function create({ azure, request, id, name, body }: PutCall): Answer {
  if (!isAccountName(name)) throw accountNameInvalid(name);
  for (const required of ['location', 'kind', 'sku'] as const) {
    if (body[required] === undefined) throw invalidRequestContent(`Required property '${required}' not found in JSON`);
  }
  if (isNameTaken(azure, name)) throw accountAlreadyTaken(name);
  checkWrite(body, undefined);
  const stored = replaced(azure, id, body, undefined);
  checkCustomerKey(azure, body, { body: stored });
  const account = azure.store.put({
    id,
    name,
    type: STORAGE_ACCOUNT_TYPE,
    body: stored,
    state: 'Creating',
    etag: '',
    inForce: {},
  });
  addBlobService(azure, account);
  const operation = azure.operations.begin(request, {
    dialect: STORAGE,
    kind: 'create',
    target: id,
    location: String(account.body['location']),
    seconds: DURATIONS.storageAccountCreate,
    retryAfter: [17, 17, 3],
    finish: () => {
      azure.store.change(id, { state: 'Succeeded', inForce: azure.store.get(id)?.body ?? {} });
      return undefined;
    },
    abandon: () => {
      azure.vanish(account);
    },
  });
  return azure.operations.accept(request, operation, 202);
}

function update(call: PutCall & { readonly resource: StoredResource }): Answer {
  const { azure, resource, body } = call;
  requireProvisioned(azure, resource);
  checkWrite(body, resource);
  return write(call, replaced(azure, resource.id, body, resource.body));
}

function patch(call: PatchCall): Answer {
  const { azure, resource, body } = call;
  requireProvisioned(azure, resource);
  checkWrite(body, resource);
  return write(call, patched(azure, resource.id, body, resource.body));
}

/** Recorded: done at once. */
function write({ azure, request, resource, apiVersion }: ExistingCall, body: StoredResource['body']): Answer {
  checkCustomerKey(azure, objectOf(request.body), { body });
  const account = azure.store.change(resource.id, { body, inForce: body }) ?? resource;
  return { status: 200, body: STORAGE_ACCOUNT.show(account, azure, apiVersion) };
}

function remove({ azure, resource }: ExistingCall): Answer {
  requireProvisioned(azure, resource);
  azure.vanish(resource);
  return { status: 200 };
}

function listKeys({ azure, resource }: ExistingCall): Answer {
  requireProvisioned(azure, resource);
  return { status: 200, body: { keys: showKeys(resource) } };
}

function regenerateKey({ azure, resource, request }: ExistingCall): Answer {
  requireProvisioned(azure, resource);
  const name = asString(objectOf(request.body)['keyName']);
  if (name !== 'key1' && name !== 'key2') throw invalidValues(['keyName']);
  const generations = objectOf(resource.body['keyGenerations']);
  const { keyCreationTime, ...properties } = propertiesOf(resource);
  const body = {
    ...resource.body,
    keyGenerations: { ...generations, [name]: Number(generations[name] ?? 0) + 1 },
    properties: { ...properties, keyCreationTime: { ...objectOf(keyCreationTime), [name]: azure.timestamp() } },
  };
  const renewed = azure.store.change(resource.id, { body, inForce: body });
  return { status: 200, body: { keys: showKeys(renewed ?? resource) } };
}

function showKeys(account: StoredResource) {
  const times = objectOf(propertiesOf(account)['keyCreationTime']);
  return Object.entries(storageKeysOf(account)).map(([keyName, value]) => ({
    creationTime: times[keyName] ?? null,
    keyName,
    value,
    permissions: 'FULL',
  }));
}

export function addStorageRoutes(router: Router): void {
  const route: Route = {
    server: 'Microsoft.Storage',
    type: 'checkNameAvailability',
    apiVersions: STORAGE_VERSIONS,
    answer: checkNameAvailability,
  };
  router.add('POST', '/subscriptions/:subscriptionId/providers/Microsoft.Storage/checkNameAvailability', route);
}

/** Recorded: neither reason nor message where the name is free. */
function checkNameAvailability({ azure, request }: RouteCall): Answer {
  azure.authorize('Microsoft.Storage/checkNameAvailability/read', azure.subscription);
  const name = asString(objectOf(request.body)['name']) ?? '';
  if (isAccountName(name) && !isNameTaken(azure, name)) return { status: 200, body: { nameAvailable: true } };
  const [reason, refusal] = isAccountName(name)
    ? ['AlreadyExists', accountAlreadyTaken(name)]
    : ['AccountNameInvalid', accountNameInvalid(name)];
  const message = errorOf(refusal.answer)['message'];
  return { status: 200, body: { nameAvailable: false, reason, message } };
}
