import { OPENAI_KINDS } from '../clouds';
import { asObjects, asString, asArray } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceTypeOf } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import type { WireResource } from '../resources/snapshot';
import { text, type Text } from '../text';
import type { RoleId } from './setup';

/** The part that a resource can play in a setup. */
export interface Role {
  readonly id: RoleId;
  readonly title: Text;
  readonly help: Text;
  /** Types, in lower case, that have to be listed to find candidates. */
  readonly type: string;
  /** Whether a resource of that type can play the part, by its own properties. */
  readonly suits: (resource: WireResource) => boolean;
}

export const ROLE_TITLES: Readonly<Record<RoleId, Text>> = {
  openAi: text('Azure OpenAI account'),
  virtualNetwork: text('Virtual network'),
  privateEndpointSubnet: text('Subnet for private endpoints'),
  resourceGroup: text('Resource group for new resources'),
};

/** Every role, in the order in which they are chosen: later ones depend on earlier ones. */
export const ROLES: readonly Role[] = [
  {
    id: 'openAi',
    title: ROLE_TITLES.openAi,
    help: text('The account that is to answer inside the virtual network only.'),
    type: TYPES.cognitiveAccount,
    suits: isOpenAiAccount,
  },
  {
    id: 'virtualNetwork',
    title: ROLE_TITLES.virtualNetwork,
    help: text('The network that your clients are in. It may be in another region than the account.'),
    type: TYPES.virtualNetwork,
    suits: () => true,
  },
  {
    id: 'privateEndpointSubnet',
    title: ROLE_TITLES.privateEndpointSubnet,
    help: text('Where the endpoint takes its address from. It may hold other resources, but no delegation.'),
    type: TYPES.subnet,
    suits: holdsPrivateEndpoints,
  },
  {
    id: 'resourceGroup',
    title: ROLE_TITLES.resourceGroup,
    help: text('Where the endpoint and the DNS zones are created.'),
    type: TYPES.resourceGroup,
    suits: () => true,
  },
];

export function isOpenAiAccount(resource: WireResource): boolean {
  const kind = asString(resource['kind'])?.toLowerCase();
  return OPENAI_KINDS.some((candidate) => candidate.toLowerCase() === kind);
}

/** True for a subnet that private endpoints already live in. */
export function holdsPrivateEndpoints(subnet: WireResource): boolean {
  return (
    asArray(readPath(subnet, 'properties.privateEndpoints')).length > 0 ||
    asString(readPath(subnet, 'properties.purpose'))?.toLowerCase() === 'privateendpoints'
  );
}

/** The subnets inside a virtual network's own wire JSON, as resources. */
export function subnetsOf(network: WireResource): readonly WireResource[] {
  return asObjects(readPath(network, 'properties.subnets')).flatMap((subnet) => {
    const id = asString(subnet['id']);
    return id !== undefined && resourceTypeOf(id) === TYPES.subnet ? [{ ...subnet, id }] : [];
  });
}
