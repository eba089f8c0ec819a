import {
  CognitiveServicesManagementClient,
  type Account,
  type Deployment,
  type KeyName,
  type PrivateEndpointConnection,
} from '@azure/arm-cognitiveservices';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { apiVersionFor, TYPES } from '../../core/resources/resourceTypes';
import type { ClientSettings } from '../clientSettings';
import { lroOptions, namesIn, unsupported, waitFor, wholeBody, type KeyAdapter, type WriteAdapter } from './adapter';
import { ASK_ONCE, clientOptions } from './clientOptions';

const DEPLOYMENT = `${TYPES.cognitiveAccount}/deployments`;
const CONNECTION = `${TYPES.cognitiveAccount}/privateendpointconnections`;

/** Writes Azure OpenAI accounts, their deployments and the approval of their connections, through @azure/arm-cognitiveservices. */
export function createCognitiveServicesAdapter(settings: ClientSettings): WriteAdapter {
  const apiVersion = apiVersionFor(`/subscriptions/x/resourceGroups/x/providers/${TYPES.cognitiveAccount}/x`);
  const client = new CognitiveServicesManagementClient(settings.credential, settings.subscriptionId, {
    ...clientOptions(settings),
    ...(apiVersion === undefined ? {} : { apiVersion }),
  });
  const { accounts, deployments, privateEndpointConnections } = client;
  return {
    write: async (write, options) => {
      const { group, names } = namesIn(write.resource);
      const lro = lroOptions(settings, options);
      // This SDK's models are not flattened: wire JSON and model are the same.
      const body = write.body as Account | undefined;
      switch (`${resourceTypeOf(write.resource)} ${write.action}`) {
        case `${TYPES.cognitiveAccount} create`:
          return waitFor(accounts.beginCreate(group, names[0], body ?? {}, lro), options);
        case `${TYPES.cognitiveAccount} update`:
          return waitFor(accounts.beginUpdate(group, names[0], body ?? {}, lro), options);
        case `${TYPES.cognitiveAccount} delete`:
          return waitFor(accounts.beginDelete(group, names[0], lro), options);
        case `${DEPLOYMENT} create`:
          return waitFor(
            deployments.beginCreateOrUpdate(group, names[0], names[1], write.body as Deployment, lro),
            options,
          );
        case `${DEPLOYMENT} delete`:
          return waitFor(deployments.beginDelete(group, names[0], names[1], lro), options);
        case `${CONNECTION} update`: {
          const connection: PrivateEndpointConnection = await wholeBody(write, options, (read) =>
            privateEndpointConnections.get(group, names[0], names[1], read),
          );
          return waitFor(
            privateEndpointConnections.beginCreateOrUpdate(group, names[0], names[1], connection, lro),
            options,
          );
        }
        default:
          throw unsupported(write);
      }
    },
  };
}

/** The keys of Azure OpenAI accounts. */
export function createOpenAiKeys(settings: ClientSettings): KeyAdapter {
  const { credential, subscriptionId } = settings;
  const options = clientOptions(settings);
  const { accounts } = new CognitiveServicesManagementClient(credential, subscriptionId, options);
  const once = new CognitiveServicesManagementClient(credential, subscriptionId, { ...options, ...ASK_ONCE });
  return {
    list: async (id, abortSignal) => {
      const { group, names } = namesIn(id);
      const { key1, key2 } = await accounts.listKeys(group, names[0], { abortSignal });
      return { Key1: key1, Key2: key2 };
    },
    regenerate: async (id, slot, abortSignal) => {
      const { group, names } = namesIn(id);
      await once.accounts.regenerateKey(group, names[0], slot as KeyName, { abortSignal });
    },
  };
}
