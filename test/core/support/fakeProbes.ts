import type { ProbePort } from '../../../src/core/ports';
import type { HostMeasurement, HttpsMeasurement, ProbePosition, ProbeRequest } from '../../../src/core/probes/probe';
import { asArray, asString } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { parentResourceId, resourceName, resourceTypeOf, sameResource } from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { World } from './world';

/** What a service answers to a request that reached it. */
type Answer = Pick<HttpsMeasurement, 'status' | 'code' | 'message' | 'body'>;

/** How the names of a world look: from the internet by the services' rules, from a network by its linked zones. */
export class FakeProbes implements ProbePort {
  readonly measured: string[] = [];
  /** The requests in order, each with where it came from. */
  readonly requests: (readonly [ProbeRequest, ProbePosition['kind']])[] = [];
  kinds: readonly ProbePosition['kind'][] = ['internet', 'virtualNetwork'];
  /** Answers to requests that arrive at an endpoint. */
  answer: (request: ProbeRequest) => Answer = answerWell;

  constructor(private readonly world: World) {}

  positions(): readonly ProbePosition['kind'][] {
    return this.kinds;
  }

  measure(request: ProbeRequest, position: ProbePosition): Promise<HostMeasurement> {
    const { host } = request;
    this.measured.push(`${position.kind} ${host}`);
    this.requests.push([request, position.kind]);
    const network = this.networkOf(position);
    const addresses = network === undefined ? [] : this.privateAddresses(host, network);
    const refused = addresses.length > 0 ? undefined : this.publicRefusal(host);
    const address = addresses[0] ?? '20.1.2.3';
    const answer = refused ?? this.answer(request);
    return Promise.resolve({
      host,
      position,
      canonicalNames: [],
      addresses: [address],
      https: { address, ...answer },
    });
  }

  private networkOf(position: ProbePosition): string | undefined {
    if (position.kind === 'virtualNetwork') return position.virtualNetwork;
    if (position.kind !== 'webApp') return undefined;
    const subnet = asString(readPath(this.world.get(position.site), 'properties.virtualNetworkSubnetId'));
    return subnet === undefined ? undefined : parentResourceId(subnet);
  }

  private privateAddresses(host: string, network: string): readonly string[] {
    const [name = '', ...suffix] = host.split('.');
    const link = this.world
      .list(TYPES.virtualNetworkLink)
      .find(
        (item) =>
          sameResource(asString(readPath(item, 'properties.virtualNetwork.id')) ?? '', network) &&
          resourceName(item.id.replace(/\/virtualNetworkLinks\/.*$/i, '')) === `privatelink.${suffix.join('.')}`,
      );
    const record = link && this.world.get(link.id.replace(/\/virtualNetworkLinks\/.*$/i, `/A/${name}`));
    return asArray(readPath(record, 'properties.aRecords')).flatMap(
      (item) => asString(readPath(item, 'ipv4Address')) ?? [],
    );
  }

  private publicRefusal(host: string): Answer | undefined {
    const [service] = [TYPES.cognitiveAccount, TYPES.searchService, TYPES.storageAccount].flatMap((type) =>
      this.world.list(type).filter((item) => this.world.hostsOf(item.id).includes(host)),
    );
    const isOff = asString(readPath(service, 'properties.publicNetworkAccess'))?.toLowerCase() === 'disabled';
    const denies = asString(readPath(service, 'properties.networkAcls.defaultAction'))?.toLowerCase() === 'deny';
    switch (service && resourceTypeOf(service.id)) {
      case TYPES.searchService:
        return isOff ? { status: 403 } : undefined;
      case TYPES.storageAccount:
        return isOff || denies ? { status: 403, code: 'AuthorizationFailure' } : undefined;
      default:
        if (isOff) return { status: 403, message: 'Public access is disabled. Please configure private endpoint.' };
        return denies ? { status: 403, message: 'Access denied due to Virtual Network/Firewall rules.' } : undefined;
    }
  }
}

/** The newest runs of an ingestion job that ended so. */
export function ingestionRuns(status: string, message?: string): Answer {
  const error = message === undefined ? {} : { error: { message } };
  return { status: 200, body: { value: [{ status, startTime: '2026-01-02', ...error }] } };
}

/** Every request succeeds, the calls of the feature too. */
export function answerWell({ path }: ProbeRequest): Answer {
  if (path.includes('/runs?')) return ingestionRuns('succeeded');
  if (path.includes('/chat/completions')) {
    return { status: 200, body: { choices: [{ message: { context: { citations: [{ content: 'a' }] } } }] } };
  }
  return { status: 200 };
}
