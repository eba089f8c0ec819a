import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { connectionsOf, storeConnection } from '../network/linkConnections';
import { plainConnections, showPlainConnection } from '../network/plainConnections';
import type { PrivateLinkService } from '../network/privateLinkService';
import { badRequest, objectNotFound } from './vaultErrors';
import { VAULT_SUFFIX, VAULT_TYPE, VAULT_VERSIONS, vaultHost } from './vaultState';

const GROUP = 'vault';
const ZONES = ['privatelink.vaultcore.azure.net'];

/** The vault's side of a private endpoint. */
export const VAULT_CONNECTION: ResourceType = plainConnections({
  target: VAULT_TYPE,
  apiVersions: VAULT_VERSIONS,
  missing: objectNotFound,
  badRequest,
});

/** Private Link to Azure Key Vault. */
export const VAULT_PRIVATE_LINK: PrivateLinkService = {
  type: VAULT_TYPE,
  suffixes: [VAULT_SUFFIX],
  groups: ({ name }) => [{ id: GROUP, members: [{ name: 'default', hosts: [vaultHost(name)] }], zoneNames: ZONES }],
  requireReady: () => undefined,
  setBusy: () => undefined,
  connect: (azure, vault, request) => {
    storeConnection(azure, vault, `${vault.name}_${request.endpointGuid.replaceAll('-', '')}`, request);
  },
  connectionsChanged: () => undefined,
};

export function embeddedConnections(azure: Azure, vault: StoredResource): readonly JsonObject[] {
  return connectionsOf(azure, vault).map((connection) => {
    const { id, properties } = showPlainConnection(connection);
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
