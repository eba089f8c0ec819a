import { resourceTypeOf } from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { mergePatch } from '../../../src/core/resources/wireEquality';
import type { World } from './world';

const MEANT_BY_ABSENCE = {
  identity: { type: 'None' },
  properties: {
    publicNetworkAccess: 'Enabled',
    disableLocalAuth: false,
    networkAcls: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
  },
};

/** What undo cannot bring back, because Azure does not: it is left out of the comparison. */
const STAYS = {
  properties: { customSubDomainName: null, endpoint: null, endpoints: null, privateEndpointConnections: null },
};

/** A world property by property, with what is left out written as what that means: what undo has to give back. */
export function essenceOf(world: World): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(world.everything()).map(([key, resource]) => [key, essence(resource)]));
}

function essence(resource: WireResource): unknown {
  switch (resourceTypeOf(resource.id)) {
    case TYPES.cognitiveAccount:
      return mergePatch(mergePatch(MEANT_BY_ABSENCE, resource), STAYS);
    case TYPES.provider:
      return resource.id;
    case TYPES.privateEndpoint:
      return { subnet: resource['properties'] && JSON.stringify(resource['properties']).includes('subnet') };
    default:
      return resource;
  }
}
