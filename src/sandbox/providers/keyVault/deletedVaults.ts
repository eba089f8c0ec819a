import { KEY_VAULT } from '../../arm/dialects';
import { providerRefusal } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { listAnswer } from '../../http/listing';
import type { Route, RouteCall, Router } from '../../http/router';
import { isoTime, preciseTime } from '../../time';
import { deletedVaultNotFound, purgeNotAllowed } from './vaultErrors';
import { DELETED_VAULT_TYPE, VAULT_VERSIONS } from './vaultState';

const DAY = 24 * 60 * 60 * 1000;

/** What remains of a deleted vault until it is purged: it can be recovered, and its name is taken. */
export const DELETED_VAULT: ResourceType = {
  type: DELETED_VAULT_TYPE,
  apiVersions: VAULT_VERSIONS,
  inGraph: false,
  show: ({ id, name, type, body }) => {
    const { vaultId, location, tags, deletionDate, scheduledPurgeDate, properties } = body;
    const isProtected = objectOf(properties)['enablePurgeProtection'] === true;
    return {
      id,
      name,
      type,
      properties: {
        vaultId,
        location,
        tags,
        deletionDate,
        scheduledPurgeDate,
        ...(isProtected ? { purgeProtectionEnabled: true } : {}),
      },
    };
  },
};

export function deletedVaultId(azure: Azure, location: string, name: string): string {
  return `${azure.subscription}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`;
}

/** Keeps what is needed to recover the vault: soft delete cannot be switched off. */
export function keepDeleted(azure: Azure, vault: StoredResource): void {
  const now = azure.clock.now();
  const days = Number(propertiesOf(vault)['softDeleteRetentionInDays'] ?? 90);
  azure.store.put({
    ...vault,
    id: deletedVaultId(azure, String(vault.body['location']), vault.name),
    type: DELETED_VAULT_TYPE,
    body: {
      ...vault.body,
      vaultId: vault.id,
      deletionDate: preciseTime(now),
      scheduledPurgeDate: preciseTime(now + days * DAY),
    },
  });
}

export function addDeletedVaultRoutes(router: Router): void {
  const route = (type: string, answer: Route['answer']): Route => ({
    server: 'Microsoft.KeyVault',
    type,
    apiVersions: VAULT_VERSIONS,
    answer,
  });
  const provider = '/subscriptions/:subscriptionId/providers/Microsoft.KeyVault';
  const item = `${provider}/locations/:location/deletedVaults/:name`;
  router.add('GET', `${provider}/deletedVaults`, route('deletedVaults', list));
  router.add('GET', item, route('locations/deletedVaults', get));
  router.add('POST', `${item}/purge`, route('locations/deletedVaults', purge));
  const results = `${provider}/locations/:location/operationResults/:operation`;
  router.add('GET', results, route('locations/operationResults', pollPurge));
}

function list({ azure, request }: RouteCall): Answer {
  azure.authorize('Microsoft.KeyVault/deletedVaults/read', azure.subscription);
  const deleted = azure.store.ofType(DELETED_VAULT_TYPE);
  return listAnswer(
    request,
    deleted.map((vault) => azure.show(vault)),
  );
}

function find({ azure, params }: RouteCall, operation: string): StoredResource {
  azure.authorize(`Microsoft.KeyVault/locations/deletedVaults/${operation}`, azure.subscription);
  const name = params['name'] ?? '';
  const deleted = azure.store.get(deletedVaultId(azure, params['location'] ?? '', name));
  if (deleted === undefined) throw deletedVaultNotFound(name);
  return deleted;
}

function get(call: RouteCall): Answer {
  return { status: 200, body: call.azure.show(find(call, 'read')) };
}

function purge(call: RouteCall): Answer {
  const { azure, request } = call;
  const deleted = find(call, 'purge/action');
  if (propertiesOf(deleted)['enablePurgeProtection'] === true) throw purgeNotAllowed();
  const operation = azure.operations.begin(request, {
    dialect: KEY_VAULT,
    kind: 'delete',
    target: deleted.id,
    location: String(deleted.body['location']),
    seconds: DURATIONS.vaultPurge,
    retryAfter: 5,
    finish: () => {
      azure.store.remove(deleted.id);
      return undefined;
    },
  });
  return azure.operations.accept(request, operation, 202);
}

/** Recorded: the result tells how far it is, with a space in its dates. */
function pollPurge({ azure, request, params }: RouteCall): Answer {
  const id = params['operation'] ?? '';
  const answer = azure.operations.poll(KEY_VAULT, id, 'result', request);
  const operation = azure.operations.find(id);
  if (answer === undefined || operation === undefined) {
    throw providerRefusal(404, { code: 'NotFound', message: `Operation ${id} not found.` });
  }
  const created = { createdDateTime: spacedTime(operation.startedAt) };
  if (answer.status === 202) return { ...answer, body: { ...created, status: 'NotStarted' } };
  return { ...answer, body: { ...created, lastActionDateTime: spacedTime(operation.endsAt), status: 'Succeeded' } };
}

function spacedTime(time: number): string {
  return isoTime(Math.trunc(time / 1000) * 1000).replace('T', ' ');
}
