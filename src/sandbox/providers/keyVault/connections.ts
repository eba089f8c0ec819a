import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { connectionsOf, connectionType, endpointIdOf, wantedState } from '../network/linkConnections';
import type { PrivateLinkService } from '../network/privateLinkService';
import { writeRecords } from '../network/zoneRecords';
import { badRequest, objectNotFound } from './vaultErrors';
import { VAULT_SUFFIX, VAULT_TYPE, VAULT_VERSIONS, vaultHost } from './vaultState';

const GROUP = 'vault';
const ZONES = ['privatelink.vaultcore.azure.net'];

/** The vault's side of a private endpoint. Published shape. */
export const VAULT_CONNECTION: ResourceType = {
  type: connectionType(VAULT_TYPE),
  apiVersions: VAULT_VERSIONS,
  inGraph: false,
  show,
  put,
  remove: ({ azure, resource }) => {
    azure.vanish(resource);
    return { status: 200 };
  },
  missing: objectNotFound,
};

/** Private Link to Azure Key Vault. */
export const VAULT_PRIVATE_LINK: PrivateLinkService = {
  type: VAULT_TYPE,
  suffixes: [VAULT_SUFFIX],
  groups: ({ name }) => [{ id: GROUP, members: [{ name: 'default', hosts: [vaultHost(name)] }], zoneNames: ZONES }],
  requireReady: () => undefined,
  setBusy: () => undefined,
  connect: (azure, vault, { endpointId, endpointGuid, groupIds, state }) => {
    const name = `${vault.name}_${endpointGuid.replaceAll('-', '')}`;
    azure.store.put({
      id: `${vault.id}/privateEndpointConnections/${name}`,
      name,
      type: VAULT_CONNECTION.type,
      body: {
        groupIds,
        properties: { privateEndpoint: { id: endpointId }, privateLinkServiceConnectionState: { ...state } },
      },
      state: 'Succeeded',
      etag: '',
    });
  },
  connectionsChanged: () => undefined,
};

export function embeddedConnections(azure: Azure, vault: StoredResource): readonly JsonObject[] {
  return connectionsOf(azure, vault).map((connection) => {
    const { id, properties } = show(connection);
    return { id, properties };
  });
}

/** GET …/privateLinkResources: what a private endpoint of this vault needs. */
export function privateLinkResources({ resource }: ExistingCall): Answer {
  const item = {
    id: `${resource.id}/privateLinkResources/${GROUP}`,
    name: GROUP,
    type: `${VAULT_TYPE}/privateLinkResources`,
    properties: { groupId: GROUP, requiredMembers: ['default'], requiredZoneNames: ZONES },
  };
  return { status: 200, body: { value: [item] } };
}

function show(connection: StoredResource): JsonObject {
  const { id, name, type, state } = connection;
  return { id, name, type, properties: { ...propertiesOf(connection), provisioningState: state } };
}

/** Approves or rejects, at once. */
function put({ azure, resource, body, id }: PutCall): Answer {
  if (resource === undefined) throw objectNotFound(id);
  const wanted = wantedState(body);
  if (wanted === undefined) throw badRequest('The connection status must be Approved or Rejected.');
  const state = { status: wanted.status, description: wanted.description ?? '', actionsRequired: 'None' };
  const properties = { ...propertiesOf(resource), privateLinkServiceConnectionState: state };
  const changed = azure.store.change(resource.id, { body: { ...resource.body, properties } });
  writeRecords(azure, endpointIdOf(resource));
  return { status: 200, body: show(changed ?? resource) };
}
