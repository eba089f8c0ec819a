import {
  StorageManagementClient,
  type BlobContainer,
  type PrivateEndpointConnection,
  type StorageAccountCreateParameters,
} from '@azure/arm-storage';
import { isJsonObject, type Json } from '../../core/resources/json';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { apiVersionFor, TYPES } from '../../core/resources/resourceTypes';
import { mergePatch } from '../../core/resources/wireEquality';
import type { ClientSettings } from '../clientSettings';
import {
  flatten,
  lroOptions,
  namesIn,
  unsupported,
  waitFor,
  versioned,
  type KeyAdapter,
  type SendToArm,
  type WriteAdapter,
} from './adapter';
import { ASK_ONCE, modularClientOptions } from './clientOptions';

const CONNECTION = `${TYPES.storageAccount}/privateendpointconnections`;

/**
 * Writes storage accounts, containers and connections, through @azure/arm-storage. Updates go as wire JSON: this
 * version of the SDK sends an empty request where only network rules, HTTPS or public blobs change.
 */
export function createStorageAdapter(settings: ClientSettings, send: SendToArm): WriteAdapter {
  const client = new StorageManagementClient(settings.credential, settings.subscriptionId, {
    ...modularClientOptions(settings),
    ...versionOption(),
  });
  const { storageAccounts, blobContainers, privateEndpointConnections } = client;
  return {
    write: async (write, options) => {
      const { group, names } = namesIn(write.resource);
      const { signal } = options;
      switch (`${resourceTypeOf(write.resource)} ${write.action}`) {
        case `${TYPES.storageAccount} create`: {
          const account = toModel(write.body) as StorageAccountCreateParameters;
          return waitFor(storageAccounts.beginCreate(group, names[0], account, lroOptions(settings, options)), options);
        }
        case `${TYPES.storageAccount} update`:
          await send('PATCH', versioned(write.resource), write.body, signal);
          return;
        case `${TYPES.storageAccount} delete`:
          return storageAccounts.delete(group, names[0], { abortSignal: signal });
        case `${TYPES.blobContainer} create`:
          await blobContainers.create(group, names[0], names[2], flatten(write.body) as BlobContainer, {
            abortSignal: signal,
          });
          return;
        case `${TYPES.blobContainer} delete`:
          return blobContainers.delete(group, names[0], names[2], { abortSignal: signal });
        case `${CONNECTION} update`: {
          const present = await send('GET', versioned(write.resource), undefined, signal);
          const connection = flatten(mergePatch(present, write.body ?? {})) as PrivateEndpointConnection;
          await privateEndpointConnections.put(group, names[0], names[1], connection, { abortSignal: signal });
          return;
        }
        default:
          throw unsupported(write);
      }
    },
  };
}

/** The SDK's own names for two properties. */
function toModel(body: Json | undefined): unknown {
  const model = flatten(body);
  if (!isJsonObject(model)) return model;
  const { supportsHttpsTrafficOnly, ...rest } = model;
  return {
    ...rest,
    ...(supportsHttpsTrafficOnly !== undefined && { enableHttpsTrafficOnly: supportsHttpsTrafficOnly }),
  };
}

/** The keys of storage accounts. */
export function createStorageKeys(settings: ClientSettings): KeyAdapter {
  const { credential, subscriptionId } = settings;
  const options = { ...modularClientOptions(settings), ...versionOption() };
  const { storageAccounts } = new StorageManagementClient(credential, subscriptionId, options);
  const once = new StorageManagementClient(credential, subscriptionId, { ...options, ...ASK_ONCE });
  return {
    list: async (id, abortSignal) => {
      const { group, names } = namesIn(id);
      const { keys = [] } = await storageAccounts.listKeys(group, names[0], { abortSignal });
      return Object.fromEntries(keys.map(({ keyName = '', value }) => [keyName, value]));
    },
    regenerate: async (id, keyName, abortSignal) => {
      const { group, names } = namesIn(id);
      await once.storageAccounts.regenerateKey(group, names[0], { keyName }, { abortSignal });
    },
  };
}

function versionOption(): { readonly apiVersion?: string } {
  const apiVersion = apiVersionFor(`/subscriptions/x/resourceGroups/x/providers/${TYPES.storageAccount}/x`);
  return apiVersion === undefined ? {} : { apiVersion };
}
