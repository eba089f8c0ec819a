import { setTimeout as delay } from 'node:timers/promises';
import {
  SearchManagementClient,
  type AdminKeyKind,
  type PrivateEndpointConnection,
  type SearchService,
  type SearchServiceUpdate,
  type SharedPrivateLinkResource,
} from '@azure/arm-search';
import type { ResourceWrite } from '../../core/plan/change';
import { AzureError, type WriteOptions } from '../../core/ports';
import { asObjects, asString, type JsonObject } from '../../core/resources/json';
import { readPath } from '../../core/resources/propertyPath';
import { childId, resourceName, resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import { mergePatch } from '../../core/resources/wireEquality';
import type { ClientSettings } from '../clientSettings';
import {
  flatten,
  lroOptions,
  namesIn,
  unsupported,
  waitFor,
  versioned,
  wholeBody,
  type KeyAdapter,
  type SendToArm,
  type WriteAdapter,
} from './adapter';
import { ASK_ONCE, clientOptions } from './clientOptions';

const CONNECTION = `${TYPES.searchService}/privateendpointconnections`;

/** Writes Azure AI Search services, their connections and shared private links, through @azure/arm-search. */
export function createSearchAdapter(settings: ClientSettings, send: SendToArm): WriteAdapter {
  const client = new SearchManagementClient(settings.credential, settings.subscriptionId, clientOptions(settings));
  const { services, privateEndpointConnections, sharedPrivateLinkResources } = client;
  return {
    write: async (write, options) => {
      const { group, names } = namesIn(write.resource);
      const lro = lroOptions(settings, options);
      const { signal } = options;
      switch (`${resourceTypeOf(write.resource)} ${write.action}`) {
        case `${TYPES.searchService} create`:
          return waitFor(
            services.beginCreateOrUpdate(group, names[0], flatten(write.body) as SearchService, lro),
            options,
          );
        case `${TYPES.searchService} update`:
          await services.update(group, names[0], flatten(write.body) as SearchServiceUpdate, { abortSignal: signal });
          return;
        case `${TYPES.searchService} delete`:
          await services.delete(group, names[0], { abortSignal: signal });
          return;
        case `${CONNECTION} update`: {
          const connection: PrivateEndpointConnection = await wholeBody(write, options, (read) =>
            privateEndpointConnections.get(group, names[0], names[1], read),
          );
          await privateEndpointConnections.update(group, names[0], names[1], connection, { abortSignal: signal });
          return;
        }
        case `${TYPES.sharedPrivateLink} create`: {
          const link = (write.body ?? {}) as SharedPrivateLinkResource;
          return waitFor(sharedPrivateLinkResources.beginCreateOrUpdate(group, names[0], names[1], link, lro), options);
        }
        case `${TYPES.sharedPrivateLink} delete`:
          return waitFor(sharedPrivateLinkResources.beginDelete(group, names[0], names[1], lro), options);
        case `${TYPES.sharedPrivateLink} action`:
          return approve(write, settings, send, options);
        default:
          throw unsupported(write);
      }
    },
  };
}

/** Looks at the link until it shows the approval. */
const APPROVAL_POLLS = 60;

/** Approves the connection that a shared private link left on the other side, and waits until the link shows it. */
async function approve(
  write: ResourceWrite,
  settings: ClientSettings,
  send: SendToArm,
  { signal, onStatus }: WriteOptions,
): Promise<void> {
  if (write.operation !== 'approve') throw unsupported(write);
  const link = await send('GET', versioned(write.resource), undefined, signal);
  const target = asString(readPath(link, 'properties.privateLinkResourceId')) ?? '';
  const list = await send('GET', versioned(childId(target, 'privateEndpointConnections')), undefined, signal);
  const [connection, other] = connectionsOf(link, resourceName(write.resource), asObjects(list['value']));
  if (connection === undefined || other !== undefined) {
    const [code, found] = other === undefined ? ['ConnectionNotFound', 'no'] : ['ConnectionAmbiguous', 'more than one'];
    const message = `${resourceName(target)} has ${found} connection of ${resourceName(write.resource)}.`;
    throw new AzureError(code, message, undefined, undefined);
  }
  const id = childId(target, 'privateEndpointConnections', lastPart(asString(connection['name']) ?? ''));
  const state = { privateLinkServiceConnectionState: { status: 'Approved', description: 'Approved by Ringfence' } };
  // Only Cognitive Services want the connection whole.
  const isWhole = resourceTypeOf(target) === TYPES.cognitiveAccount;
  const body = isWhole ? mergePatch(writable(connection), { properties: state }) : { properties: state };
  await send('PUT', versioned(id), body, signal);
  for (let polls = 0; polls < APPROVAL_POLLS; polls += 1) {
    const present = await send('GET', versioned(write.resource), undefined, signal);
    const status = asString(readPath(present, 'properties.status')) ?? '';
    if (status.toLowerCase() === 'approved') return;
    onStatus?.(status);
    await delay(settings.pollIntervalMs, undefined, { signal });
  }
}

/**
 * The connections on the other side that can be the link's. Some services name a connection after the link; with others
 * only the endpoint tells, whose name another search service may have given too, and what was said when it was asked for.
 */
function connectionsOf(link: JsonObject, name: string, all: readonly JsonObject[]): readonly JsonObject[] {
  const message = asString(readPath(link, 'properties.requestMessage'));
  const isNamed = (text: string): boolean =>
    text.toLowerCase() === name.toLowerCase() || text.toLowerCase().startsWith(`${name.toLowerCase()}.`);
  const named = all.filter((connection) => isNamed(lastPart(asString(connection['name']) ?? '')));
  if (named.length > 0) return named;
  const atEndpoint = all.filter((connection) =>
    isNamed(resourceName(asString(readPath(connection, 'properties.privateEndpoint.id')) ?? '')),
  );
  const asked = atEndpoint.filter(
    (connection) =>
      asString(readPath(connection, 'properties.privateLinkServiceConnectionState.description')) === message,
  );
  return asked.length > 0 ? asked : atEndpoint;
}

/** Some providers write the account in front of a connection's name. */
function lastPart(name: string): string {
  return name.split('/').at(-1) ?? name;
}

function writable(connection: JsonObject): JsonObject {
  const { properties, location } = connection;
  return { ...(location === undefined ? {} : { location }), ...(properties === undefined ? {} : { properties }) };
}

/** The admin keys and query keys of AI Search services. */
export function createSearchKeys(settings: ClientSettings): SearchKeyAdapter {
  const { credential, subscriptionId } = settings;
  const options = clientOptions(settings);
  const { adminKeys, queryKeys } = new SearchManagementClient(credential, subscriptionId, options);
  const once = new SearchManagementClient(credential, subscriptionId, { ...options, ...ASK_ONCE });
  return {
    list: async (id, abortSignal) => {
      const { group, names } = namesIn(id);
      const { primaryKey, secondaryKey } = await adminKeys.get(group, names[0], { abortSignal });
      return { primary: primaryKey, secondary: secondaryKey };
    },
    regenerate: async (id, slot, abortSignal) => {
      const { group, names } = namesIn(id);
      await once.adminKeys.regenerate(group, names[0], slot as AdminKeyKind, { abortSignal });
    },
    queryKeys: async (id, abortSignal) => {
      const { group, names } = namesIn(id);
      const found: NamedKey[] = [];
      for await (const { name, key = '' } of queryKeys.listBySearchService(group, names[0], { abortSignal }))
        found.push({ name: name ?? '', key });
      return found;
    },
    createQueryKey: async (id, name, abortSignal) => {
      const { group, names } = namesIn(id);
      await once.queryKeys.create(group, names[0], name, { abortSignal });
    },
    deleteQueryKey: async (id, key, abortSignal) => {
      const { group, names } = namesIn(id);
      await once.queryKeys.delete(group, names[0], key, { abortSignal });
    },
  };
}

interface NamedKey {
  readonly name: string;
  /** A secret. */
  readonly key: string;
}

export interface SearchKeyAdapter extends KeyAdapter {
  queryKeys(id: string, signal: AbortSignal): Promise<readonly NamedKey[]>;
  createQueryKey(id: string, name: string, signal: AbortSignal): Promise<void>;
  /** The key itself says which one, and stands in the request's path. */
  deleteQueryKey(id: string, key: string, signal: AbortSignal): Promise<void>;
}
