import { isDeepStrictEqual } from 'node:util';
import { asArray, asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { resourceGroupIdOf } from '../../../core/resources/resourceId';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { connectionOf, initialState } from './endpointConnection';
import { showEndpoint } from './endpointView';
import { badRequest, invalidReference, subnetHasPolicies, subnetIsDelegated } from './errors';
import { disconnect, stateOf } from './linkConnections';
import { addInterface, allocate, requireSubnet, type IpConfiguration } from './networkInterfaces';
import {
  deleteNetworkResource,
  etagHeader,
  locationOf,
  NETWORK_VERSIONS,
  putNetworkResource,
  requireFree,
  tagsOf,
} from './networkResource';
import type { LinkMember, PrivateLinkService } from './privateLinkService';
import { interfacesOf } from './zoneRecords';

export const PRIVATE_ENDPOINT: ResourceType = {
  type: 'Microsoft.Network/privateEndpoints',
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show: showEndpoint,
  getHeaders: etagHeader,
  put,
  remove,
  vanish: (endpoint, azure) => {
    for (const nic of interfacesOf(azure, endpoint)) azure.vanish(nic);
    const target = azure.store.get(connectionOf(endpoint).targetId);
    if (target) disconnect(azure, target, endpoint.id);
  },
};

/** The service and the resource at the other end. */
interface Target {
  readonly resource: StoredResource;
  readonly service: PrivateLinkService;
  readonly members: readonly LinkMember[];
}

function put(call: PutCall): Answer {
  requireFree(call, call.id);
  const location = locationOf(call);
  const sent = isJsonObject(call.body['properties']) ? call.body['properties'] : {};
  return call.resource === undefined
    ? create(call, location, sent)
    : update({ ...call, resource: call.resource }, location, sent);
}

function create(call: PutCall, location: string, sent: JsonObject): Answer {
  const { azure, id, body } = call;
  const connection = sentConnection(id, sent);
  const subnet = requireUsableSubnet(call, sent, location);
  const target = requireTarget(call, connection);
  const wanted = asObjects(sent['ipConfigurations']).map((each) =>
    isJsonObject(each['properties']) ? each['properties'] : {},
  );
  const addresses = allocate(
    azure,
    subnet,
    target.members.map(({ name }) =>
      asString(wanted.find((each) => each['memberName'] === name)?.['privateIPAddress']),
    ),
  );
  const resourceGuid = azure.guids.next(`guid ${id}`);
  const customName = asString(sent['customNetworkInterfaceName']);
  const nicId = `${resourceGroupIdOf(id) ?? ''}/providers/Microsoft.Network/networkInterfaces/${customName ?? `${call.name}.nic.${azure.guids.next(`nic ${id}`)}`}`;
  addInterface(azure, nicId, location, {
    ipConfigurations: target.members.map((member, index) =>
      memberConfiguration(azure, nicId, subnet.id, member, connection, addresses[index] ?? ''),
    ),
    endpointId: id,
  });
  const properties = {
    resourceGuid,
    connection,
    customNetworkInterfaceName: customName ?? '',
    subnetId: subnet.id,
    ipConfigurations: asArray(sent['ipConfigurations']),
    networkInterfaceIds: [nicId],
  };
  return putConnecting(call, target, { location, ...tagsOf(body), properties });
}

/** The service is at work until the endpoint is connected, or has failed to be. */
function putConnecting(call: PutCall, target: Target, body: JsonObject): Answer {
  const { azure, id } = call;
  const { resource, service } = target;
  service.setBusy(azure, resource, true);
  return putNetworkResource(call, PRIVATE_ENDPOINT, body, {
    label: 'PutPrivateEndpointOperation',
    seconds: DURATIONS.privateEndpoint,
    retryAfter: 10,
    location: asString(body['location']) ?? '',
    holds: [resource.id],
    finish: () => {
      connect(azure, id, target);
    },
    abandon: () => {
      service.setBusy(azure, resource, false);
    },
  });
}

function connect(azure: Azure, endpointId: string, { resource, service }: Target): void {
  const endpoint = azure.store.get(endpointId);
  service.setBusy(azure, resource, false);
  // One that was to be deleted, and was not, still has its connection.
  if (endpoint === undefined || stateOf(azure, resource, endpointId) !== undefined) return;
  const state = initialState(endpoint);
  service.connect(azure, resource, {
    endpointId: endpoint.id,
    endpointName: endpoint.name,
    endpointGuid: String(propertiesOf(endpoint)['resourceGuid']),
    groupIds: connectionOf(endpoint).groupIds,
    state,
  });
}

/** Only tags can change. Azure also takes some other changes; the sandbox says that it does not. */
function update(call: PutCall & { readonly resource: StoredResource }, location: string, sent: JsonObject): Answer {
  const { resource, body, id } = call;
  const before = propertiesOf(resource);
  const stored = { location, ...tagsOf(body), properties: before };
  const subnetId = isJsonObject(sent['subnet']) ? asString(sent['subnet']['id']) : undefined;
  const same =
    subnetId?.toLowerCase() === asString(before['subnetId'])?.toLowerCase() &&
    isDeepStrictEqual(sentConnection(id, sent), before['connection']);
  if (!same) throw notSimulated(400, 'a change of the subnet or the connection of a private endpoint');
  if (resource.state === 'Failed') return putConnecting(call, requireTarget(call, sentConnection(id, sent)), stored);
  return putNetworkResource(call, PRIVATE_ENDPOINT, stored, {
    label: 'PutPrivateEndpointOperation',
    seconds: 0,
    retryAfter: 10,
    location,
  });
}

function sentConnection(id: string, sent: JsonObject): JsonObject {
  const automatic = asObjects(sent['privateLinkServiceConnections']);
  const manual = asObjects(sent['manualPrivateLinkServiceConnections']);
  const [entry, more] = [...automatic, ...manual];
  if (entry === undefined || more !== undefined)
    throw badRequest(`Private endpoint ${id} needs exactly one connection.`);
  const properties = isJsonObject(entry['properties']) ? entry['properties'] : {};
  const message = properties['requestMessage'];
  return {
    name: asString(entry['name']) ?? '',
    manual: manual.length > 0,
    targetId: asString(properties['privateLinkServiceId']) ?? '',
    groupIds: asArray(properties['groupIds']),
    ...(message === undefined || message === null ? {} : { requestMessage: message }),
  };
}

function requireUsableSubnet({ azure, id }: PutCall, sent: JsonObject, location: string): StoredResource {
  const subnetId = isJsonObject(sent['subnet']) ? asString(sent['subnet']['id']) : undefined;
  const subnet = requireSubnet(azure, subnetId, id, location);
  azure.authorizeLinked(ownWrite(id), 'Microsoft.Network/virtualNetworks/subnets/join/action', subnet.id);
  const { delegations, privateEndpointNetworkPolicies } = propertiesOf(subnet);
  if (asArray(delegations).length > 0) throw subnetIsDelegated(id, subnet.id);
  if (azure.rules.endpointsNeedPoliciesOff && privateEndpointNetworkPolicies !== 'Disabled') {
    throw subnetHasPolicies(id, subnet.id);
  }
  return subnet;
}

function requireTarget({ azure, id }: PutCall, connection: JsonObject): Target {
  const targetId = asString(connection['targetId']) ?? '';
  const resource = azure.store.get(targetId);
  if (resource === undefined) throw invalidReference(targetId, id);
  const service = azure.privateLink.of(resource);
  if (service === undefined) throw notSimulated(400, `private endpoints to ${resource.type}`);
  if (connection['manual'] !== true) {
    azure.authorizeLinked(ownWrite(id), `${resource.type}/privateEndpointConnectionsApproval/action`, resource.id);
  }
  service.requireReady(azure, resource);
  const groupId = asArray(connection['groupIds']).map(String)[0] ?? '';
  const members = azure.privateLink.groupOf(resource, groupId)?.members;
  if (members === undefined) throw badRequest(`The group '${groupId}' is not one of resource ${resource.id}.`);
  return { resource, service, members };
}

function memberConfiguration(
  azure: Azure,
  nicId: string,
  subnetId: string,
  member: LinkMember,
  connection: JsonObject,
  privateIPAddress: string,
): IpConfiguration {
  return {
    name: `privateEndpointIpConfig.${azure.guids.next(`ip ${nicId}`)}`,
    subnetId,
    privateIPAddress,
    link: {
      groupId: asArray(connection['groupIds']).map(String)[0] ?? '',
      requiredMemberName: member.name,
      fqdns: member.hosts,
    },
  };
}

function remove(call: ExistingCall): Answer {
  const { azure, resource } = call;
  requireFree(call, resource.id);
  const target = azure.store.get(connectionOf(resource).targetId);
  const service = target && azure.privateLink.of(target);
  if (target) service?.requireReady(azure, target);
  if (target) service?.setBusy(azure, target, true);
  const release = (): void => {
    if (target) service?.setBusy(azure, target, false);
  };
  return deleteNetworkResource(call, resource, {
    label: 'DeletePrivateEndpointOperation',
    location: asString(resource.body['location']) ?? '',
    seconds: DURATIONS.privateEndpointDelete,
    holds: target ? [target.id] : [],
    finish: release,
    abandon: release,
  });
}

function ownWrite(id: string): { readonly action: string; readonly scope: string } {
  return { action: 'Microsoft.Network/privateEndpoints/write', scope: id };
}
