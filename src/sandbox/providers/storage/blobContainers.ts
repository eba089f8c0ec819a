import { asString } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { STORAGE_VERSIONS } from './accountState';
import { BLOB_SERVICE } from './blobServices';
import { childNotFound, invalidResourceName, publicAccessNotPermitted } from './errors';

const NAME = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** A container, as Azure Resource Manager sees it. The data plane sees the same ones. */
export const BLOB_CONTAINER: ResourceType = {
  type: `${BLOB_SERVICE.type}/containers`,
  apiVersions: STORAGE_VERSIONS,
  inGraph: false,
  show: (container) => {
    const { id, name, type, etag } = container;
    return { id, name, type, etag, properties: propertiesOf(container) };
  },
  getHeaders: ({ etag }) => ({ etag }),
  put,
  remove: ({ azure, resource }) => {
    azure.vanish(resource);
    return { status: 200 };
  },
  missing: childNotFound,
  pageSize: 5000,
};

/** Published examples: the answer names the container, and shows nothing of it. */
function put({ azure, id, name, resource, body, parent }: PutCall): Answer {
  if (!NAME.test(name)) throw invalidResourceName();
  const publicAccess = asString(objectOf(body['properties'])['publicAccess']) ?? 'None';
  const account = parent && azure.parentOf(parent);
  if (publicAccess !== 'None' && account && propertiesOf(account)['allowBlobPublicAccess'] !== true) {
    throw publicAccessNotPermitted();
  }
  const stored = putContainer(azure, id, publicAccess);
  return { status: resource === undefined ? 201 : 200, body: { id, name, type: stored.type } };
}

/** Stores a container, from whichever side it comes. */
export function putContainer(azure: Azure, id: string, publicAccess: string): StoredResource {
  const now = azure.clock.now();
  return azure.store.put({
    id,
    name: id.slice(id.lastIndexOf('/') + 1),
    type: BLOB_CONTAINER.type,
    body: {
      properties: {
        defaultEncryptionScope: '$account-encryption-key',
        denyEncryptionScopeOverride: false,
        publicAccess,
        leaseStatus: 'Unlocked',
        leaseState: 'Available',
        lastModifiedTime: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
        hasImmutabilityPolicy: false,
        hasLegalHold: false,
      },
    },
    state: 'Succeeded',
    etag: `"0x8D${Math.trunc(now).toString(16).toUpperCase().padStart(13, '0')}"`,
  });
}
