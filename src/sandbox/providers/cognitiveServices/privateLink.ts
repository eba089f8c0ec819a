import type { Answer } from '../../arm/messages';
import type { ExistingCall } from '../../arm/resourceType';
import { asString } from '../../../core/resources/json';
import type { ConnectionState, PrivateLinkService } from '../network/privateLinkService';
import { hostNamesOf, subdomainOf } from './accountBody';
import { ACCOUNT_TYPE, touch } from './accountState';
import { addConnection, connectionStateOf, findConnection } from './connections';
import { accountStateInvalid, badRequest, SUBDOMAIN_NEEDED } from './errors';
import { kindOf } from './kinds';

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
      requiredZoneNames: suffixes.map((suffix) => `privatelink.${suffix}`),
    },
  };
  return { status: 200, body: { value: [item] } };
}

/** Private Link to Cognitive Services accounts. */
export const ACCOUNT_PRIVATE_LINK: PrivateLinkService = {
  type: ACCOUNT_TYPE,
  members: (account, groupId) => {
    if (groupId.toLowerCase() !== GROUP) return undefined;
    return hostNamesOf(account).map((host, index) => ({ name: MEMBERS[index] ?? host, hosts: [host] }));
  },
  requireReady: (azure, account) => {
    if (azure.operations.holding(account.id)) throw accountStateInvalid(account.id, account.state);
    if (subdomainOf(account) === undefined) throw badRequest(SUBDOMAIN_NEEDED);
  },
  setBusy: (azure, account, busy) => {
    touch(azure, account.id, { state: busy ? 'Accepted' : 'Succeeded' });
  },
  connect: (azure, account, endpoint, request) => {
    addConnection(azure, account, endpoint, request);
    touch(azure, account.id);
  },
  disconnect: (azure, account, endpoint) => {
    const connection = findConnection(azure, account, endpoint.id);
    if (connection === undefined) return;
    azure.vanish(connection);
    touch(azure, account.id);
  },
  stateOf: (azure, account, endpoint) => {
    const connection = findConnection(azure, account, endpoint.id);
    if (connection === undefined) return undefined;
    const { status, description } = connectionStateOf(connection);
    const text = asString(description);
    return {
      status: status as ConnectionState['status'],
      ...(text === undefined ? {} : { description: text }),
      actionsRequired: 'None',
    };
  },
};
