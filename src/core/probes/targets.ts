import { CLOUDS, type DataService } from '../clouds';
import { SnapshotContext } from '../evaluate/context';
import { httpsHost } from '../resources/httpsHost';
import { asString, isJsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceName } from '../resources/resourceId';
import type { Snapshot, WireResource } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { endpointIdFor, privateHostsOf, type PrivateHost } from '../steps/privateLink';
import { privateServicesOf, type PrivateService } from '../steps/privateServices';
import { attempt } from '../steps/step';
import type { HostExpectation } from './judge';

/** The host names that callers use, service by service and the main one first, each with its private addresses. */
export function hostExpectations(setup: Setup, snapshot: Snapshot): readonly HostExpectation[] {
  const hosts = privateHosts(setup, snapshot);
  return privateServicesOf(setup).flatMap((service) =>
    hostsOf(setup, snapshot, service).map((host) => ({
      service: service.role,
      host,
      addresses: hosts.filter((entry) => entry.host.toLowerCase() === host).map(({ address }) => address),
    })),
  );
}

/** The endpoints' names and addresses; without those of an endpoint that is not there or could not be read. */
export function privateHosts(setup: Setup, snapshot: Snapshot): readonly PrivateHost[] {
  return privateServicesOf(setup).flatMap((service) => {
    const target = setup.roles[service.role];
    if (target === undefined) return [];
    const context = new SnapshotContext(setup, snapshot);
    const hosts = attempt(() => {
      const endpoint = context.read(endpointIdFor(context, service, target.id));
      return endpoint ? privateHostsOf(context, endpoint) : [];
    });
    return hosts.known ? hosts.value : [];
  });
}

/** The host that calls to a service of the setup go to; undefined where there is none yet. */
export function mainHost(setup: Setup, snapshot: Snapshot, role: DataService): string | undefined {
  const service = privateServicesOf(setup).find((each) => each.role === role);
  return service && hostsOf(setup, snapshot, service)[0];
}

function hostsOf(setup: Setup, snapshot: Snapshot, { role, groupId }: PrivateService): readonly string[] {
  const resource = presentResource(snapshot, setup.roles[role]?.id);
  if (resource === undefined) return [];
  const cloud = CLOUDS[setup.cloud];
  const name = resourceName(resource.id).toLowerCase();
  switch (role) {
    case 'openAi':
      return accountHosts(setup, resource);
    case 'search':
      return [`${name}.${cloud.searchSuffix}`];
    case 'storage':
      return [`${name}.${groupId}.${cloud.storageSuffix}`];
  }
}

/** Only names of the account's own subdomain: regional hosts serve everybody and have no private endpoint. */
function accountHosts(setup: Setup, account: WireResource): readonly string[] {
  const subdomain = asString(readPath(account, 'properties.customSubDomainName'))?.toLowerCase();
  if (subdomain === undefined) return [];
  const endpoints = readPath(account, 'properties.endpoints');
  const urls = [readPath(account, 'properties.endpoint'), ...(isJsonObject(endpoints) ? Object.values(endpoints) : [])];
  const suffixes = Object.values(CLOUDS[setup.cloud].openAiSuffixes).flat();
  const allowed = new Set(suffixes.map((suffix) => `${subdomain}.${suffix}`));
  const hosts = urls.flatMap((url) => httpsHost(asString(url)) ?? []).filter((host) => allowed.has(host));
  return [...new Set(hosts)];
}

function presentResource(snapshot: Snapshot, id: string | undefined): WireResource | undefined {
  const entry = id === undefined ? undefined : snapshot.get(id);
  return entry?.state === 'present' ? entry.resource : undefined;
}
