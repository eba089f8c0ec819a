import { asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { parseResourceId } from '../../../core/resources/resourceId';
import { COGNITIVE_SERVICES } from '../../arm/dialects';
import { resourceNotFound } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { listAnswer } from '../../http/listing';
import { isoTime } from '../../time';
import type { Route, RouteCall, Router } from '../../http/router';
import { regionName } from '../resources/regions';
import { shownAccount } from './accountBody';
import { ACCOUNT_VERSIONS, DELETED_ACCOUNT_TYPE, isSubdomain, isSubdomainTaken } from './accountState';
import { badRequest } from './errors';

const KEPT_FOR_HOURS = 48;
/** Recorded: what a living account shows and a deleted one does not. */
const NOT_KEPT = new Set(['apiProperties', 'callRateLimit', 'allowProjectManagement', 'capabilities', 'endpoints']);

/** A soft-deleted account: its name and subdomain stay taken until it is purged. */
export const DELETED_ACCOUNT: ResourceType = {
  type: DELETED_ACCOUNT_TYPE,
  apiVersions: ACCOUNT_VERSIONS,
  inGraph: false,
  show: (deleted) => {
    const shown = shownAccount(deleted, []);
    const properties = Object.entries(shown['properties'] as JsonObject).filter(([name]) => !NOT_KEPT.has(name));
    const deletionDate = asString(deleted.body['deletionDate']) ?? '';
    return {
      ...shown,
      tags: deleted.body['tags'] ?? {},
      properties: {
        ...Object.fromEntries(properties),
        deletionDate,
        scheduledPurgeDate: isoTime(Date.parse(deletionDate) + KEPT_FOR_HOURS * 3_600_000),
      },
      identity: { type: 'None' },
    };
  },
};

export function deletedAccountId(azure: Azure, account: StoredResource): string {
  const location = regionName(asString(account.body['location']) ?? '');
  const group = parseResourceId(account.id)?.resourceGroup ?? '';
  return `${azure.subscription}/providers/Microsoft.CognitiveServices/locations/${location}/resourceGroups/${group}/deletedAccounts/${account.name}`;
}

export function addDeletedAccountRoutes(router: Router): void {
  const route = (type: string, answer: Route['answer']): Route => ({
    server: 'Microsoft.CognitiveServices',
    type,
    apiVersions: ACCOUNT_VERSIONS,
    answer,
  });
  const provider = '/subscriptions/:subscriptionId/providers/Microsoft.CognitiveServices';
  const item = `${provider}/locations/:location/resourceGroups/:resourceGroup/deletedAccounts/:name`;
  router.add('GET', `${provider}/deletedAccounts`, route('deletedAccounts', list));
  router.add('GET', item, route('locations/resourceGroups/deletedAccounts', get));
  router.add('DELETE', item, route('locations/resourceGroups/deletedAccounts', purge));
  router.add('POST', `${provider}/checkDomainAvailability`, route('checkDomainAvailability', checkDomainAvailability));
}

function list({ azure, request }: RouteCall): Answer {
  azure.authorize('Microsoft.CognitiveServices/deletedAccounts/read', azure.subscription);
  return listAnswer(
    request,
    azure.store.ofType(DELETED_ACCOUNT_TYPE).map((deleted) => azure.show(deleted)),
  );
}

function find({ azure, params, request }: RouteCall, operation: string): StoredResource {
  azure.authorize(
    `Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/${operation}`,
    azure.subscription,
  );
  const deleted = azure.store.get(request.path);
  if (deleted) return deleted;
  throw resourceNotFound(
    `Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/${params['name'] ?? ''}`,
    params['resourceGroup'] ?? '',
  );
}

function get(call: RouteCall): Answer {
  return { status: 200, body: call.azure.show(find(call, 'read')) };
}

function purge(call: RouteCall): Answer {
  const { azure, request } = call;
  const deleted = find(call, 'delete');
  const operation = azure.operations.begin(request, {
    dialect: COGNITIVE_SERVICES,
    kind: 'delete',
    target: deleted.id,
    location: call.params['location'] ?? '',
    seconds: DURATIONS.accountPurge,
    finish: () => {
      azure.store.remove(deleted.id);
      return undefined;
    },
  });
  return azure.operations.accept(request, operation, 202);
}

function checkDomainAvailability({ azure, request }: RouteCall): Answer {
  azure.authorize('Microsoft.CognitiveServices/checkDomainAvailability/action', azure.subscription);
  const body = isJsonObject(request.body) ? request.body : {};
  const name = asString(body['subdomainName']);
  if (name === undefined) throw badRequest('subdomainName is required.');
  const reason = isSubdomain(name)
    ? isSubdomainTaken(azure, name)
      ? `Sub domain name '${name}' is already used. Please pick a different name.`
      : undefined
    : `Sub domain name '${name}' is not valid`;
  return {
    status: 200,
    body: {
      isSubdomainAvailable: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      subdomainName: name,
      type: body['type'] ?? null,
    },
  };
}
