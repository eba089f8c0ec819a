import { setTimeout as delay } from 'node:timers/promises';
import { ResourceManagementClient } from '@azure/arm-resources';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { ResourceWrite } from '../../core/plan/change';
import type { WriteOptions } from '../../core/ports';
import { asString, isJsonObject, type JsonObject } from '../../core/resources/json';
import { childId, resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import { AzureError } from '../../core/ports';
import type { ClientSettings } from '../clientSettings';
import {
  lroOptions,
  namesIn,
  readWire,
  scopeOf,
  unsupported,
  versioned,
  waitFor,
  type KeyAdapter,
  type SendToArm,
  type WriteAdapter,
} from './adapter';
import { ASK_ONCE, clientOptions } from './clientOptions';
import { writeById } from './genericWriter';

/** Everything that is about Azure Resource Manager itself: any resource by id, groups, providers, Resource Graph. */
export interface ResourcesAdapter extends WriteAdapter {
  /** One resource, or one list of it, as wire JSON. */
  readById(id: string, apiVersion: string, signal: AbortSignal): Promise<JsonObject>;
  /** Any other request to Azure Resource Manager, with the client's own authentication and retries. */
  readonly send: SendToArm;
}

/** Seconds between looks at a provider that is being registered, and how often. */
const REGISTRATION_POLL = { seconds: 5, times: 60 };

export function createResourcesAdapter(
  settings: ClientSettings,
  retries: Partial<typeof ASK_ONCE> = {},
): ResourcesAdapter {
  const options = { ...clientOptions(settings), ...retries };
  const client = new ResourceManagementClient(settings.credential, settings.subscriptionId, options);
  return {
    readById: (id, apiVersion, signal) =>
      // The SDK puts a slash in front of the id itself.
      readWire((options) => client.resources.getById(id.replace(/^\//, ''), apiVersion, options), signal),
    send: (method, pathAndQuery, body, signal) => send(client, settings, method, pathAndQuery, body, signal),
    write: async (write, options) => {
      const { group, names } = namesIn(write.resource);
      switch (`${resourceTypeOf(write.resource)} ${write.action}`) {
        case `${TYPES.resourceGroup} create`:
          await client.resourceGroups.createOrUpdate(
            group,
            { location: '', ...write.body },
            { abortSignal: options.signal },
          );
          return;
        case `${TYPES.resourceGroup} delete`:
          return waitFor(client.resourceGroups.beginDelete(group, lroOptions(settings, options)), options);
        case `${TYPES.tags} update`: {
          const lro = lroOptions(settings, options);
          const { resource, body = {} } = write;
          return waitFor(client.tagsOperations.beginUpdateAtScope(scopeOf(resource), body, lro), options);
        }
        case `${TYPES.defenderPlan} update`:
          // @azure/arm-security writes with an older version, which drops the plan's extensions.
          await send(client, settings, 'PUT', versioned(write.resource), write.body, options.signal);
          return;
        case `${TYPES.provider} action`:
          return register(client, settings, names[0], write, options);
        default:
          return writeById(client.resources, settings, write, options);
      }
    },
  };
}

/** Registration answers at once and goes on by itself, without an operation to follow. */
async function register(
  client: ResourceManagementClient,
  settings: ClientSettings,
  namespace: string,
  write: ResourceWrite,
  { signal, onStatus }: WriteOptions,
): Promise<void> {
  if (write.operation !== 'register') throw unsupported(write);
  let provider = await client.providers.register(namespace, { abortSignal: signal });
  for (let times = 0; times < REGISTRATION_POLL.times; times += 1) {
    if (provider.registrationState?.toLowerCase() === 'registered') return;
    onStatus?.(provider.registrationState ?? 'Registering');
    await delay(settings.pollIntervalMs * (REGISTRATION_POLL.seconds / 2), undefined, { signal });
    provider = await client.providers.get(namespace, { abortSignal: signal });
  }
  throw new AzureError('RegistrationTimeout', `${namespace} is still being registered.`, undefined, undefined);
}

async function send(
  client: ResourceManagementClient,
  settings: ClientSettings,
  method: Parameters<SendToArm>[0],
  pathAndQuery: string,
  body: JsonObject | undefined,
  signal: AbortSignal,
): Promise<JsonObject> {
  const origin = settings.loopback?.origin ?? settings.cloud.resourceManager;
  const response = await client.sendRequest(
    createPipelineRequest({
      method,
      url: origin + pathAndQuery,
      headers: createHttpHeaders({ accept: 'application/json', ...(body && { 'content-type': 'application/json' }) }),
      body: body && JSON.stringify(body),
      abortSignal: signal,
    }),
  );
  const parsed: unknown = response.bodyAsText ? JSON.parse(response.bodyAsText) : {};
  if (response.status >= 400)
    throw failure(response.status, parsed, response.headers.get('x-ms-correlation-request-id'));
  return isJsonObject(parsed) ? parsed : {};
}

function failure(status: number, body: unknown, correlationId: string | undefined): AzureError {
  const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
  return new AzureError(String(error['code'] ?? status), String(error['message'] ?? ''), status, correlationId);
}

/** The keys of subscriptions of API Management. What makes one anew does not tell it. */
export function createSubscriptionKeys(settings: ClientSettings, send: SendToArm): KeyAdapter {
  return {
    list: async (id, signal) => {
      const keys = await send('POST', versioned(childId(id, 'listSecrets')), undefined, signal);
      return { primary: asString(keys['primaryKey']), secondary: asString(keys['secondaryKey']) };
    },
    regenerate: async (id, slot, signal) => {
      const operation = slot === 'primary' ? 'regeneratePrimaryKey' : 'regenerateSecondaryKey';
      const once = createResourcesAdapter(settings, ASK_ONCE);
      await once.send('POST', versioned(childId(id, operation)), undefined, signal);
    },
  };
}
