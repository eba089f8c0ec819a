import { asString, type JsonObject } from '../../../core/resources/json';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { TENANT_ID } from '../../azure';
import { objectOf } from '../../bodies';
import { regionName } from '../resources/regions';

export const USER_ASSIGNED_IDENTITY_TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** An identity that resources can be given. Published shape: everything is done at once. */
export const USER_ASSIGNED_IDENTITY: ResourceType = {
  type: USER_ASSIGNED_IDENTITY_TYPE,
  apiVersions: ['2018-11-30', '2023-01-31', '2024-11-30'],
  inGraph: true,
  show,
  put,
  patch: ({ azure, resource, body }: PatchCall): Answer => {
    const tags = body['tags'] === undefined ? {} : { tags: objectOf(body['tags']) };
    const changed = azure.store.change(resource.id, { body: { ...resource.body, ...tags } });
    return { status: 200, body: show(changed ?? resource) };
  },
  remove: ({ azure, resource }) => {
    azure.vanish(resource);
    return { status: 200 };
  },
  vanish: (identity, azure) => {
    azure.directory.forget(principalIdOf(identity));
  },
};

export function principalIdOf(identity: StoredResource): string {
  return String(propertiesOf(identity)['principalId']);
}

/** What Azure shows of the user-assigned identities of a resource. Those that it does not know it shows as they were sent. */
export function shownUserAssigned(azure: Azure, sent: JsonObject): JsonObject {
  const entries = Object.entries(sent).map(([id, value]) => {
    const identity = azure.store.get(id);
    if (identity === undefined) return [id, value];
    const { principalId, clientId } = propertiesOf(identity);
    return [id, { principalId, clientId }];
  });
  return Object.fromEntries(entries) as JsonObject;
}

function show({ id, name, type, body }: StoredResource): JsonObject {
  return { id, name, type, location: body['location'], tags: body['tags'], properties: body['properties'] };
}

function put({ azure, id, name, resource, body }: PutCall): Answer {
  const location = asString(body['location']);
  if (location === undefined) throw invalidRequestContent("Required property 'location' not found in JSON");
  const principalId = azure.guids.next(`identity ${id}`);
  const stored = azure.store.put({
    id,
    name,
    type: USER_ASSIGNED_IDENTITY_TYPE,
    body: {
      location: regionName(location),
      tags: objectOf(body['tags']),
      properties: resource?.body['properties'] ?? {
        tenantId: TENANT_ID,
        principalId,
        clientId: azure.guids.next(`client ${id}`),
      },
    },
    state: 'Succeeded',
    etag: '',
  });
  azure.directory.announce(principalIdOf(stored), 'ServicePrincipal', name);
  return { status: resource === undefined ? 201 : 200, body: show(stored) };
}
