import type { JsonObject } from '../../../core/resources/json';
import { parentResourceId } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import { propertiesOf } from '../../arm/resourceStore';
import type { PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { badRequest, cannotFind } from './errors';
import { WEB_VERSIONS } from './webResource';

/** Whether somebody may publish with a user name and a password: over FTP, and to the site of the deployment engine. */
export const PUBLISHING_POLICY: ResourceType = {
  type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
  apiVersions: WEB_VERSIONS,
  inGraph: false,
  show: (policy, azure): JsonObject => ({
    id: policy.id,
    name: policy.name,
    type: policy.type,
    location: azure.store.get(parentResourceId(policy.id) ?? '')?.body['location'],
    properties: propertiesOf(policy),
  }),
  put,
  missing: (id) => cannotFind('basicPublishingCredentialsPolicies', id.slice(id.lastIndexOf('/') + 1)),
};

/** Both are allowed until somebody says otherwise. */
export function addPublishingPolicies(azure: Azure, siteId: string): void {
  for (const name of ['ftp', 'scm']) {
    azure.store.put({
      id: `${siteId}/basicPublishingCredentialsPolicies/${name}`,
      name,
      type: PUBLISHING_POLICY.type,
      body: { properties: { allow: true } },
      state: 'Succeeded',
      etag: '',
    });
  }
}

function put({ azure, resource, name, body, apiVersion }: PutCall): Answer {
  if (resource === undefined) throw cannotFind('basicPublishingCredentialsPolicies', name);
  const { allow } = objectOf(body['properties']);
  if (typeof allow !== 'boolean') throw badRequest("The property 'allow' must be true or false.");
  const changed = azure.store.change(resource.id, { body: { properties: { allow } } }) ?? resource;
  return { status: 200, body: PUBLISHING_POLICY.show(changed, azure, apiVersion) };
}
