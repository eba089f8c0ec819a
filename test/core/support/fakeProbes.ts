import type { ProbePort } from '../../../src/core/ports';
import type { HostMeasurement, ProbePosition, ProbeRequest } from '../../../src/core/probes/probe';
import { asArray, asString } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { resourceName, sameResource } from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { World } from './world';

/** How the names of a world look: from the internet by the account's rules, from a network by its linked zones. */
export class FakeProbes implements ProbePort {
  readonly measured: string[] = [];
  kinds: readonly ProbePosition['kind'][] = ['internet', 'virtualNetwork'];

  constructor(private readonly world: World) {}

  positions(): readonly ProbePosition['kind'][] {
    return this.kinds;
  }

  measure({ host }: ProbeRequest, position: ProbePosition): Promise<HostMeasurement> {
    this.measured.push(`${position.kind} ${host}`);
    const addresses = position.kind === 'virtualNetwork' ? this.privateAddresses(host, position.virtualNetwork) : [];
    const message = addresses.length > 0 ? undefined : this.publicRefusal(host);
    const address = addresses[0] ?? '20.1.2.3';
    return Promise.resolve({
      host,
      position,
      canonicalNames: [],
      addresses: [address],
      https: { address, status: message === undefined ? 200 : 403, ...(message === undefined ? {} : { message }) },
    });
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

  private publicRefusal(host: string): string | undefined {
    const account = this.world.list(TYPES.cognitiveAccount).find((item) => this.world.hostsOf(item.id).includes(host));
    if (asString(readPath(account, 'properties.publicNetworkAccess'))?.toLowerCase() === 'disabled')
      return 'Public access is disabled. Please configure private endpoint.';
    if (asString(readPath(account, 'properties.networkAcls.defaultAction'))?.toLowerCase() === 'deny')
      return 'Access denied due to Virtual Network/Firewall rules.';
    return undefined;
  }
}
