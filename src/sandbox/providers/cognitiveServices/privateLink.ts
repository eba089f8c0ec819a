import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { ExistingCall } from '../../arm/resourceType';
import type { LinkGroup, PrivateLinkService } from '../network/privateLinkService';
import { hostNamesOf, subdomainOf } from './accountBody';
import { ACCOUNT_TYPE, touch } from './accountState';
import { addConnection } from './connections';
import { accountStateInvalid, badRequest, SUBDOMAIN_NEEDED } from './errors';
import { kindOf, PUBLIC_SUFFIXES } from './kinds';

const GROUP = 'account';
/** An endpoint of an AIServices account has one address for each of its three host names. */
const MEMBERS = ['default', 'secondary', 'third'] as const;

/** GET …/privateLinkResources: what a private endpoint of this account needs. */
export function privateLinkResources({ resource }: ExistingCall): Answer {
  const { suffixes } = kindOf(resource.body['kind']);
  const item = {
    id: `${resource.id}/privateLinkResources/${GROUP}`,
    name: GROUP,
    type: `${ACCOUNT_TYPE}/privateLinkResources`,
    properties: {
      groupId: GROUP,
      requiredMembers: MEMBERS.slice(0, suffixes.length),
      requiredZoneNames: zoneNames(suffixes),
    },
  };
  return { status: 200, body: { value: [item] } };
}

/** Private Link to Cognitive Services accounts. */
export const ACCOUNT_PRIVATE_LINK: PrivateLinkService = {
  type: ACCOUNT_TYPE,
  suffixes: PUBLIC_SUFFIXES,
  groups: (account) => [group(account)],
  requireReady: (azure, account) => {
    if (azure.operations.holding(account.id)) throw accountStateInvalid(account.id, account.state);
    if (subdomainOf(account) === undefined) throw badRequest(SUBDOMAIN_NEEDED);
  },
  setBusy: (azure, account, busy) => {
    touch(azure, account.id, { state: busy ? 'Accepted' : 'Succeeded' });
  },
  connect: (azure, account, request) => {
    addConnection(azure, account, request);
    touch(azure, account.id);
  },
  connectionsChanged: (azure, account) => {
    touch(azure, account.id);
  },
};

function group(account: StoredResource): LinkGroup {
  return {
    id: GROUP,
    members: hostNamesOf(account).map((host, index) => ({ name: MEMBERS[index] ?? host, hosts: [host] })),
    zoneNames: zoneNames(kindOf(account.body['kind']).suffixes),
  };
}

function zoneNames(suffixes: readonly string[]): readonly string[] {
  return suffixes.map((suffix) => `privatelink.${suffix}`);
}
