import { asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { SILENT } from '../../arm/dialects';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { embeddedConnections, privateLinkResources } from './connections';
import { deletedVaultId, keepDeleted } from './deletedVaults';
import { patched, replaced, shownVault } from './vaultBody';
import {
  badRequest,
  deletedVaultInTheWay,
  purgeProtectionStays,
  retentionStays,
  softDeleteStays,
  vaultAlreadyExists,
} from './vaultErrors';
import { DELETED_VAULT_TYPE, isVaultName, VAULT_TYPE, VAULT_VERSIONS, vaultHost } from './vaultState';

/** A key vault. It is deleted softly, always, and protected from purging for good once that is on. */
export const VAULT: ResourceType = {
  type: VAULT_TYPE,
  apiVersions: VAULT_VERSIONS,
  inGraph: true,
  show: (vault, azure) => shownVault(vault, embeddedConnections(azure, vault)),
  put: (call) => (call.resource === undefined ? create(call) : update({ ...call, resource: call.resource })),
  patch,
  remove: ({ azure, resource }) => {
    azure.vanish(resource);
    return { status: 200 };
  },
  vanish: (vault, azure) => {
    keepDeleted(azure, vault);
  },
  facets: { privateLinkResources },
  parts: (['add', 'replace', 'remove'] as const).map((operation) => ({
    method: 'PUT',
    path: `accessPolicies/${operation}`,
    operation: 'accessPolicies/write',
    answer: (call) => changePolicies(call, operation),
  })),
};

/** Recorded: 200 for a new vault as well, whose URI lacks the slash at first. */
function create(call: PutCall): Answer {
  const { azure, id, name, body } = call;
  const sent = objectOf(body['properties']);
  if (body['location'] === undefined) throw invalidRequestContent("Required property 'location' not found in JSON");
  if (!isVaultName(name)) throw badRequest(`The vault name '${name}' is invalid.`);
  if (sent['createMode'] === 'recover') return recover(call);
  for (const required of ['sku', 'tenantId'] as const) {
    if (sent[required] === undefined) throw badRequest(`The parameter '${required}' is required.`);
  }
  checkSettings(sent, undefined);
  if (azure.store.named(VAULT_TYPE, name)) throw vaultAlreadyExists(name);
  const deleted = azure.store.named(DELETED_VAULT_TYPE, name);
  const stored = replaced(azure, body, undefined);
  if (deleted)
    throw deleted.body['location'] === stored['location'] ? deletedVaultInTheWay() : vaultAlreadyExists(name);
  const vault = azure.store.put({ id, name, type: VAULT_TYPE, body: stored, state: 'RegisteringDns', etag: '' });
  azure.operations.begin(call.request, {
    dialect: SILENT,
    kind: 'create',
    target: id,
    location: '',
    seconds: DURATIONS.vaultCreate,
    finish: () => {
      azure.store.change(id, { state: 'Succeeded' });
      return undefined;
    },
  });
  const shown = shownVault(vault, []);
  return {
    status: 200,
    body: { ...shown, properties: { ...objectOf(shown['properties']), vaultUri: `https://${vaultHost(name)}` } },
  };
}

/** Recorded: succeeded at once. */
function recover({ azure, id, name, body }: PutCall): Answer {
  const location = String(replaced(azure, body, undefined)['location']);
  const deleted = azure.store.get(deletedVaultId(azure, location, name));
  if (deleted === undefined) throw badRequest(`There is no deleted vault '${name}' to recover.`);
  const { vaultId: _, deletionDate: __, scheduledPurgeDate: ___, ...kept } = deleted.body;
  azure.store.remove(deleted.id);
  const vault = azure.store.put({ id, name: deleted.name, type: VAULT_TYPE, body: kept, state: 'Succeeded', etag: '' });
  return { status: 200, body: shownVault(vault, []) };
}

function update(call: PutCall & { readonly resource: StoredResource }): Answer {
  const { azure, resource, body } = call;
  checkSettings(objectOf(body['properties']), resource);
  return write(call, resource, replaced(azure, body, resource.body));
}

function patch(call: PatchCall): Answer {
  const { azure, resource, body } = call;
  checkSettings(objectOf(body['properties']), resource);
  return write(call, resource, patched(azure, body, resource.body));
}

function write({ azure }: Call, resource: StoredResource, body: JsonObject): Answer {
  const state = resource.state === 'Failed' ? 'Succeeded' : resource.state;
  const vault = azure.store.change(resource.id, { body, state }) ?? resource;
  return { status: 200, body: azure.show(vault) };
}

/** @throws Refusal for what cannot be, or cannot be taken back. */
function checkSettings(sent: JsonObject, before: StoredResource | undefined): void {
  const old = before === undefined ? {} : propertiesOf(before);
  if (sent['enableSoftDelete'] === false) throw softDeleteStays();
  if (sent['enablePurgeProtection'] === false && old['enablePurgeProtection'] === true) throw purgeProtectionStays();
  const days = sent['softDeleteRetentionInDays'];
  if (before && days !== undefined && days !== null && days !== old['softDeleteRetentionInDays'])
    throw retentionStays();
  if (typeof days === 'number' && (days < 7 || days > 90)) {
    throw badRequest('The value of softDeleteRetentionInDays must be between 7 and 90.');
  }
  const skuName = asString(objectOf(sent['sku'])['name'])?.toLowerCase();
  if (sent['sku'] !== undefined && skuName !== 'standard' && skuName !== 'premium') {
    throw badRequest(`The SKU '${String(skuName)}' is not valid.`);
  }
}

/** PUT …/accessPolicies/{add|replace|remove}. Documented: the answer holds the policies that were sent. */
function changePolicies(call: ExistingCall, operation: 'add' | 'replace' | 'remove'): Answer {
  const { azure, request, resource } = call;
  const sent = asObjects(objectOf(objectOf(request.body)['properties'])['accessPolicies']);
  const isOf = (policy: JsonObject) => (other: JsonObject) =>
    String(other['objectId']).toLowerCase() === String(policy['objectId']).toLowerCase();
  const kept = asObjects(propertiesOf(resource)['accessPolicies']).filter((policy) => !sent.some(isOf(policy)));
  const accessPolicies = { add: [...kept, ...sent], replace: sent, remove: kept }[operation];
  azure.store.change(resource.id, {
    body: { ...resource.body, properties: { ...propertiesOf(resource), accessPolicies } },
  });
  return {
    status: operation === 'add' ? 201 : 200,
    body: {
      id: `${resource.id}/accessPolicies/`,
      type: `${VAULT_TYPE}/accessPolicies`,
      location: resource.body['location'],
      properties: { accessPolicies },
    },
  };
}
