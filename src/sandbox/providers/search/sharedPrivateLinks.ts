import { asString, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import { SHARED_PRIVATE_LINK } from '../../arm/dialects';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { OperationStart } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { disconnect, stateOf } from '../network/linkConnections';
import { badRequest, notFound } from './errors';
import { requireIdle, SEARCH_SERVICE_TYPE, SEARCH_VERSIONS, tierOf } from './serviceState';

/** The private endpoints that Azure AI Search makes for a service of its customer's are in subscriptions of Microsoft's. */
export const MICROSOFT_SUBSCRIPTION_ID = 'd3c1f7a8-5e92-4b60-8a7d-2f4b6c8e0a13';

/** What a link can lead to: the group that is asked for, whose it is, and the group at the other end. */
const REACHABLE: Readonly<Record<string, { readonly type: string; readonly group: string }>> = {
  blob: { type: 'Microsoft.Storage/storageAccounts', group: 'blob' },
  table: { type: 'Microsoft.Storage/storageAccounts', group: 'table' },
  dfs: { type: 'Microsoft.Storage/storageAccounts', group: 'dfs' },
  file: { type: 'Microsoft.Storage/storageAccounts', group: 'file' },
  openai_account: { type: 'Microsoft.CognitiveServices/accounts', group: 'account' },
  vault: { type: 'Microsoft.KeyVault/vaults', group: 'vault' },
  sites: { type: 'Microsoft.Web/sites', group: 'sites' },
  cognitiveservices_account: { type: 'Microsoft.CognitiveServices/accounts', group: 'account' },
};

/** Documented limits by tier: links, and different groups among them. Those of a service made since April 2024. */
const LIMITS: Readonly<Record<string, { readonly links: number; readonly groups: number }>> = {
  free: { links: 0, groups: 0 },
  basic: { links: 30, groups: 4 },
  standard: { links: 100, groups: 7 },
  standard2: { links: 400, groups: 15 },
  standard3: { links: 400, groups: 15 },
  storage_optimized_l1: { links: 20, groups: 4 },
  storage_optimized_l2: { links: 20, groups: 4 },
};

/** A private endpoint of the service itself, to a resource whose owner has to approve it. */
export const SHARED_PRIVATE_LINK_RESOURCE: ResourceType = {
  type: `${SEARCH_SERVICE_TYPE}/sharedPrivateLinkResources`,
  apiVersions: SEARCH_VERSIONS,
  inGraph: false,
  show,
  put,
  remove,
  missing: notFound,
  vanish: (link, azure) => {
    const target = targetOf(azure, link);
    if (target) disconnect(azure, target, endpointIdOf(link));
  },
  saysLastPage: true,
};

export function embeddedLinks(azure: Azure, service: StoredResource): readonly JsonObject[] {
  return linksOf(azure, service).map((link) => show(link, azure));
}

function linksOf(azure: Azure, service: StoredResource): readonly StoredResource[] {
  return azure.store.children(service.id, SHARED_PRIVATE_LINK_RESOURCE.type);
}

function show(link: StoredResource, azure: Azure): JsonObject {
  const { id, name, type, state } = link;
  const { privateLinkResourceId, groupId, requestMessage, resourceRegion } = propertiesOf(link);
  return {
    name,
    type,
    id,
    properties: {
      privateLinkResourceId,
      groupId,
      requestMessage,
      status: statusOf(azure, link),
      provisioningState: state,
      resourceRegion: resourceRegion ?? null,
    },
  };
}

/** The other end decides. A link whose connection was taken away there is `Disconnected`. */
function statusOf(azure: Azure, link: StoredResource): string {
  const target = targetOf(azure, link);
  const state = target && stateOf(azure, target, endpointIdOf(link));
  return state?.status ?? (link.state === 'Updating' ? 'Pending' : 'Disconnected');
}

function put(call: PutCall): Answer {
  const { azure, id, name, parent: service, resource, body } = call;
  if (service === undefined) throw notFound(id);
  requireIdle(azure, service);
  const sent = objectOf(body['properties']);
  const wanted = {
    privateLinkResourceId: asString(sent['privateLinkResourceId']) ?? '',
    groupId: asString(sent['groupId']) ?? '',
  };
  const target = requireTarget(azure, wanted);
  requireNew(azure, service, id, wanted);
  if (resource === undefined) requireRoom(azure, service, wanted.groupId);
  else if (!isSameLink(resource, wanted)) throw badRequest('The target of a shared private link cannot be changed.');
  const guidBefore = resource && propertiesOf(resource)['endpointGuid'];
  const link = azure.store.put({
    id,
    name,
    type: SHARED_PRIVATE_LINK_RESOURCE.type,
    body: {
      properties: {
        ...wanted,
        requestMessage: asString(sent['requestMessage']) ?? 'Please approve',
        resourceRegion: asString(sent['resourceRegion']) ?? null,
        endpointGuid: guidBefore ?? azure.guids.next(`spl ${id}`),
      },
    },
    state: 'Updating',
    etag: '',
  });
  return begin(call, service, resource === undefined ? 'create' : 'update', () => {
    azure.store.change(id, { state: 'Succeeded' });
    if (stateOf(azure, target, endpointIdOf(link)) === undefined) askForApproval(azure, target, link);
  });
}

/** Recorded: 202 without a body, for a new link and a changed one. */
function begin(
  { azure, request, id }: Call,
  service: StoredResource,
  kind: OperationStart['kind'],
  finish: () => void,
): Answer {
  const operation = azure.operations.begin(request, {
    dialect: SHARED_PRIVATE_LINK,
    kind,
    target: id,
    location: '',
    seconds: DURATIONS.sharedPrivateLink,
    holds: [service.id],
    finish: () => {
      finish();
      return undefined;
    },
  });
  const answer = azure.operations.accept(request, operation, 202);
  return { ...answer, headers: { ...answer.headers, 'x-ms-async-operation-timeout': 'P1DT23H59M' } };
}

/** The connection that waits at the other end. It is named like those of any private endpoint there. */
function askForApproval(azure: Azure, target: StoredResource, link: StoredResource): void {
  const { groupId, requestMessage, endpointGuid } = propertiesOf(link);
  azure.privateLink.of(target)?.connect(azure, target, {
    endpointId: endpointIdOf(link),
    endpointName: link.name,
    endpointGuid: String(endpointGuid),
    groupIds: [REACHABLE[String(groupId)]?.group ?? ''],
    state: { status: 'Pending', description: String(requestMessage), actionsRequired: 'None' },
  });
}

function remove(call: ExistingCall): Answer {
  const { azure, resource, parent: service } = call;
  if (service === undefined) throw notFound(resource.id);
  requireIdle(azure, service);
  azure.store.change(resource.id, { state: 'Deleting' });
  return begin({ ...call, id: resource.id }, service, 'delete', () => {
    azure.vanish(resource);
  });
}

function requireTarget(azure: Azure, wanted: { privateLinkResourceId: string; groupId: string }): StoredResource {
  const { privateLinkResourceId, groupId } = wanted;
  const reachable = REACHABLE[groupId];
  if (reachable === undefined) throw notSimulated(400, `shared private links of the group '${groupId}'`);
  const target = azure.store.get(privateLinkResourceId);
  if (target?.type.toLowerCase() !== reachable.type.toLowerCase()) {
    throw badRequest(`The resource '${privateLinkResourceId}' was not found, or has no group '${groupId}'.`);
  }
  return target;
}

/** One link for each resource and group. */
function requireNew(
  azure: Azure,
  service: StoredResource,
  id: string,
  wanted: { readonly privateLinkResourceId: string; readonly groupId: string },
): void {
  const other = linksOf(azure, service).find((link) => !sameResource(link.id, id) && isSameLink(link, wanted));
  if (other) throw badRequest(`The shared private link '${other.name}' leads to the same resource and group.`);
}

function requireRoom(azure: Azure, service: StoredResource, groupId: string): void {
  const limit = LIMITS[tierOf(service)];
  const links = linksOf(azure, service);
  const groups = new Set([...links.map((link) => String(propertiesOf(link)['groupId'])), groupId]);
  if (limit === undefined || links.length >= limit.links || groups.size > limit.groups) {
    throw badRequest(`Search services of the tier '${tierOf(service)}' take no further shared private link.`);
  }
}

function isSameLink(
  link: StoredResource,
  wanted: { readonly privateLinkResourceId: string; readonly groupId: string },
): boolean {
  const { privateLinkResourceId, groupId } = propertiesOf(link);
  return sameResource(String(privateLinkResourceId), wanted.privateLinkResourceId) && groupId === wanted.groupId;
}

function targetOf(azure: Azure, link: StoredResource): StoredResource | undefined {
  return azure.store.get(String(propertiesOf(link)['privateLinkResourceId']));
}

function endpointIdOf(link: StoredResource): string {
  const guid = String(propertiesOf(link)['endpointGuid']);
  return `/subscriptions/${MICROSOFT_SUBSCRIPTION_ID}/resourceGroups/azsearch-${guid.slice(0, 8)}/providers/Microsoft.Network/privateEndpoints/${link.name}`;
}
