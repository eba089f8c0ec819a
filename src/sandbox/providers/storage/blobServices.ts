import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { STORAGE_ACCOUNT_TYPE, STORAGE_VERSIONS } from './accountState';
import { childNotFound } from './errors';

const BLOB_SERVICE_TYPE = `${STORAGE_ACCOUNT_TYPE}/blobServices`;

/** The settings of an account's blob service. There is one, and it is called `default`. */
export const BLOB_SERVICE: ResourceType = {
  type: BLOB_SERVICE_TYPE,
  apiVersions: STORAGE_VERSIONS,
  inGraph: false,
  show: (service, azure) => {
    const { id, name, type } = service;
    return { sku: azure.parentOf(service)?.body['sku'], id, name, type, properties: propertiesOf(service) };
  },
  put,
  missing: childNotFound,
};

/** Every account that stores blobs has its blob service from the start. */
export function addBlobService(azure: Azure, account: StoredResource): void {
  if (account.body['kind'] === 'FileStorage') return;
  azure.store.put({
    id: `${account.id}/blobServices/default`,
    name: 'default',
    type: BLOB_SERVICE_TYPE,
    body: {
      properties: {
        cors: { corsRules: [] },
        deleteRetentionPolicy: { allowPermanentDelete: false, enabled: false },
      },
    },
    state: 'Succeeded',
    etag: '',
  });
}

/** Recorded: the answer repeats what was sent, and the name. */
function put({ azure, id, resource, body }: PutCall): Answer {
  if (resource === undefined) throw childNotFound(id);
  const sent: JsonObject = objectOf(body['properties']);
  azure.store.change(id, { body: { properties: { ...propertiesOf(resource), ...sent } } });
  return {
    status: 200,
    body: { name: resource.name, ...(Object.keys(sent).length === 0 ? {} : { properties: sent }) },
  };
}
