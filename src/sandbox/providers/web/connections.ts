import { resourceName } from '../../../core/resources/resourceId';
import type { ResourceType } from '../../arm/resourceType';
import { storeConnection } from '../network/linkConnections';
import { plainConnections } from '../network/plainConnections';
import type { PrivateLinkService } from '../network/privateLinkService';
import { badRequest, cannotFind } from './errors';
import { SITE_TYPE } from './plans';
import { WEB_VERSIONS } from './webResource';

/** The app's side of a private endpoint. */
export const SITE_CONNECTION: ResourceType = plainConnections({
  target: SITE_TYPE,
  apiVersions: WEB_VERSIONS,
  missing: (id) => cannotFind('PrivateEndpointConnection', resourceName(id)),
  badRequest,
});

/** Private Link to web apps, as far as shared private links of others: no name of an app resolves in the sandbox. */
export const SITE_PRIVATE_LINK: PrivateLinkService = {
  type: SITE_TYPE,
  suffixes: [],
  groups: () => [],
  requireReady: () => undefined,
  setBusy: () => undefined,
  connect: (azure, site, request) => {
    storeConnection(azure, site, `${request.endpointName}-${request.endpointGuid}`, request);
  },
  connectionsChanged: () => undefined,
};
