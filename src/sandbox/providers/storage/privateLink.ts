import type { Answer } from '../../arm/messages';
import type { ExistingCall } from '../../arm/resourceType';
import type { PrivateLinkService } from '../network/privateLinkService';
import { requireProvisioned, STORAGE_ACCOUNT_TYPE } from './accountState';
import { addConnection } from './connections';
import { linkGroupsOf, STORAGE_SUFFIXES } from './endpoints';

/** GET …/privateLinkResources: what private endpoints of this account need, by service. */
export function privateLinkResources({ resource }: ExistingCall): Answer {
  const value = linkGroupsOf(resource).map(({ id, members, zoneNames }) => ({
    id: `${resource.id}/privateLinkResources/${id}`,
    name: id,
    type: `${STORAGE_ACCOUNT_TYPE}/privateLinkResources`,
    properties: { groupId: id, requiredMembers: members.map(({ name }) => name), requiredZoneNames: zoneNames },
  }));
  return { status: 200, body: { value } };
}

/** Private Link to storage accounts. Making an endpoint does not keep the account busy. */
export const STORAGE_PRIVATE_LINK: PrivateLinkService = {
  type: STORAGE_ACCOUNT_TYPE,
  suffixes: STORAGE_SUFFIXES,
  groups: linkGroupsOf,
  requireReady: requireProvisioned,
  setBusy: () => undefined,
  connect: addConnection,
  connectionsChanged: () => undefined,
};
