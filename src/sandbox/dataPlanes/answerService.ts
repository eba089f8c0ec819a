import { isIPv4 } from 'node:net';
import { isJsonObject } from '../../core/resources/json';
import { sameResource } from '../../core/resources/resourceId';
import { conversation } from '../arm/messages';
import { propertiesOf, type StoredResource } from '../arm/resourceStore';
import type { Azure } from '../azure';
import { principalOf } from '../directory/identities';
import { resolveName } from '../positions/resolver';
import { routeTo, type ServiceWay, type Way } from '../positions/route';
import { gatewayHosts } from '../providers/apiManagement/serviceState';
import { ACCOUNT_TYPE } from '../providers/cognitiveServices/accountState';
import { VAULT_TYPE } from '../providers/keyVault/vaultState';
import { servedAt, type ServedHost } from '../providers/network/hostNames';
import { SEARCH_SERVICE_TYPE } from '../providers/search/serviceState';
import { SHARED_PRIVATE_LINK_RESOURCE } from '../providers/search/sharedPrivateLinks';
import { STORAGE_ACCOUNT_TYPE } from '../providers/storage/accountState';
import type { Tokens } from '../tokens';
import { answerApiManagement } from './apiManagement/answerApiManagement';
import { answerApplicationGateway } from './applicationGateway/answerApplicationGateway';
import { ServiceRefusal, type Approach, type DataPlane, type ServiceAnswer, type ServiceRequest } from './dataPlane';
import type { Forward } from './forward';
import { answerNobody, answerOpenAi, regionalAccount } from './openAi/openAiService';
import { answerVault } from './keyVault/vaultService';
import { answerSearch } from './search/searchService';
import { answerBlob, answerOtherStorage } from './storage/blobService';

/** What the data planes work with. */
export interface Surroundings {
  readonly azure: Azure;
  readonly tokens: Tokens;
}

/**
 * Answers a request that came to a public address of a service, a private endpoint, or a gateway. Time moves on where the answer
 * made its client wait: for a job, or for a role that is not in force yet.
 */
export function answerService(surroundings: Surroundings, way: Way, request: ServiceRequest): ServiceAnswer {
  const { azure } = surroundings;
  const talk = conversation(request.method, `//${request.host}${request.url.replace(/\?.*$/, '')}`);
  azure.arrive(talk);
  const answer = orRefusal(() => answerAt(surroundings, way, request));
  for (const next of answer.wait?.thenAsks ?? [talk]) {
    if (answer.wait) azure.clock.expect(next, answer.wait.seconds);
  }
  return answer;
}

function answerAt(surroundings: Surroundings, way: Way, request: ServiceRequest): ServiceAnswer {
  const forward = forwardIn(surroundings);
  switch (way.kind) {
    case 'applicationGateway':
      return answerApplicationGateway({ ...surroundings, forward }, way, request);
    case 'apiManagement':
      return answerApiManagement({ ...surroundings, forward }, way.serviceId, request);
    default:
      return answerBehind(surroundings, way, request);
  }
}

function answerBehind(surroundings: Surroundings, way: ServiceWay, request: ServiceRequest): ServiceAnswer {
  const { azure } = surroundings;
  const served = servedAt(azure, request.host);
  const resource = served?.resource ?? regionalAccount(azure, request);
  const groupId = served?.groupId ?? '';
  return resource === undefined ? answerNobody(request) : answerAs(surroundings, { resource, groupId }, way, request);
}

/** How gateways pass requests on: by the names, the routes and the rules that hold where they are. */
export function forwardIn(surroundings: Surroundings): Forward {
  const { azure } = surroundings;
  return (origin, host, port, request) => {
    const address = isIPv4(host) ? host : resolveName(azure, origin, host).addresses[0];
    if (address === undefined) return { kind: 'unresolved' };
    const route = routeTo(azure, origin, address, port);
    if (route.kind !== 'service') return { kind: 'unreachable' };
    if (!proves(azure, route.way, request.host)) return { kind: 'wrongName' };
    return { kind: 'answered', answer: answerService(surroundings, route.way, request) };
  };
}

/** True where the certificate at the other end is for this name. */
function proves(azure: Azure, way: Way, host: string): boolean {
  if (way.kind === 'applicationGateway')
    return way.hostNames.length === 0 || way.hostNames.includes(host.toLowerCase());
  if (way.kind !== 'apiManagement') return servedAt(azure, host) !== undefined;
  const service = azure.store.get(way.serviceId);
  return service !== undefined && gatewayHosts(service).includes(host.toLowerCase());
}

function orRefusal(answer: () => ServiceAnswer): ServiceAnswer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof ServiceRefusal) return error.answer;
    throw error;
  }
}

function answerAs(
  surroundings: Surroundings,
  { resource, groupId }: Pick<ServedHost, 'resource' | 'groupId'>,
  approach: Approach,
  request: ServiceRequest,
): ServiceAnswer {
  const url = new URL(request.url, 'https://service');
  return dataPlaneOf(
    resource,
    groupId,
  )({
    ...surroundings,
    approach,
    request,
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    resource,
    ask: (onward, from = resource) => askAnother(surroundings, from, onward),
  });
}

function dataPlaneOf({ type }: StoredResource, groupId: string): DataPlane {
  switch (type) {
    case ACCOUNT_TYPE:
      return answerOpenAi;
    case SEARCH_SERVICE_TYPE:
      return answerSearch;
    case VAULT_TYPE:
      return answerVault;
    case STORAGE_ACCOUNT_TYPE:
      return groupId === 'blob' ? answerBlob : answerOtherStorage;
    default:
      throw new Error(`The sandbox has no data plane of ${type}.`);
  }
}

/** One service of Azure asks another, as its own identity where the request brings no key. */
function askAnother(
  surroundings: Surroundings,
  from: StoredResource,
  request: ServiceRequest,
): ServiceAnswer | undefined {
  const { azure, tokens } = surroundings;
  const served = servedAt(azure, request.host);
  if (served === undefined) return undefined;
  const identity = principalOf(from);
  const bringsKey = request.headers['api-key'] !== undefined;
  const authorization =
    bringsKey || identity === undefined ? {} : { authorization: `Bearer ${tokens.ofIdentity(identity, from.name)}` };
  const headers = { ...request.headers, ...authorization };
  const approach = approachTo(azure, from, served);
  return orRefusal(() => answerAs(surroundings, served, approach, { ...request, headers }));
}

/** A search service goes by its shared private link, once that is approved. Everything else goes by public addresses. */
function approachTo(azure: Azure, from: StoredResource, { resource, groupId }: ServedHost): Approach {
  const isLinked = azure.store.children(from.id, SHARED_PRIVATE_LINK_RESOURCE.type).some((link) => {
    const { privateLinkResourceId, groupId: asked } = propertiesOf(link);
    const { properties } = azure.show(link);
    return (
      sameResource(String(privateLinkResourceId), resource.id) &&
      (asked === groupId || String(asked).endsWith(`_${groupId}`)) &&
      isJsonObject(properties) &&
      properties['status'] === 'Approved'
    );
  });
  return isLinked ? { kind: 'private', targetId: resource.id, groupId } : { kind: 'service', from };
}
