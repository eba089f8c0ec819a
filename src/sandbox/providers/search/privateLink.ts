import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import type { ExistingCall } from '../../arm/resourceType';
import type { PrivateLinkService } from '../network/privateLinkService';
import { addConnection, SEARCH_GROUP } from './connections';
import { badRequest } from './errors';
import { requireIdle, SEARCH_SERVICE_TYPE, SEARCH_SUFFIX, searchHost, tierOf, touch } from './serviceState';

const ZONES = [`privatelink.${SEARCH_SUFFIX}`];

/** Recorded: what shared private links can lead to, as far as the service tells. It does not tell of Azure OpenAI. */
const SHAREABLE = [
  ['blob', 'Microsoft.Storage/storageAccounts', 'blob', 'Indexers can read blobs of Azure Storage.'],
  ['table', 'Microsoft.Storage/storageAccounts', 'table', 'Indexers can read tables of Azure Storage.'],
  ['Sql', 'Microsoft.DocumentDB/databaseAccounts', 'Sql', 'Indexers can read Azure Cosmos DB.'],
  ['plr', 'Microsoft.Sql/servers', 'sqlServer', 'Indexers can read Azure SQL.'],
  ['vault', 'Microsoft.KeyVault/vaults', 'vault', 'Keys that encrypt indexes can be in Azure Key Vault.'],
] as const;

/** GET …/privateLinkResources: what a private endpoint of this service needs. */
export function privateLinkResources({ resource }: ExistingCall): Answer {
  const shareablePrivateLinkResourceTypes = SHAREABLE.map(([name, type, groupId, description]): JsonObject => ({
    name,
    properties: { type, groupId, description },
  }));
  const item = {
    id: `${resource.id}/privateLinkResources/${SEARCH_GROUP}`,
    name: SEARCH_GROUP,
    type: `${SEARCH_SERVICE_TYPE}/privateLinkResources`,
    properties: {
      groupId: SEARCH_GROUP,
      requiredMembers: [SEARCH_GROUP],
      requiredZoneNames: ZONES,
      shareablePrivateLinkResourceTypes,
    },
  };
  return { status: 200, body: { value: [item] } };
}

/** Private Link to Azure AI Search. */
export const SEARCH_PRIVATE_LINK: PrivateLinkService = {
  type: SEARCH_SERVICE_TYPE,
  suffixes: [SEARCH_SUFFIX],
  groups: ({ name }) => [
    { id: SEARCH_GROUP, members: [{ name: SEARCH_GROUP, hosts: [searchHost(name)] }], zoneNames: ZONES },
  ],
  requireReady: (azure, service) => {
    requireIdle(azure, service);
    if (tierOf(service) === 'free') {
      throw badRequest('Private endpoints are not available for search services of the free tier.');
    }
  },
  setBusy: () => undefined,
  connect: (azure, service, request) => {
    addConnection(azure, service, request);
    touch(azure, service.id);
  },
  connectionsChanged: (azure, service) => {
    touch(azure, service.id);
  },
};
