import { CLOUDS } from '../clouds';
import { SnapshotContext } from '../evaluate/context';
import { asString, isJsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import type { Snapshot, WireResource } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { endpointIdFor, privateHostsOf, type PrivateHost } from '../steps/privateLink';
import { Unsettled } from '../steps/step';
import type { HostExpectation } from './judge';

/** The host names that callers of the account use, the main one first, each with its private addresses. */
export function hostExpectations(setup: Setup, snapshot: Snapshot): readonly HostExpectation[] {
  const account = presentResource(snapshot, setup.roles.openAi?.id);
  if (account === undefined) return [];
  const hosts = privateHosts(setup, snapshot);
  return accountHosts(setup, account).map((host) => ({
    host,
    addresses: hosts.filter((entry) => entry.host.toLowerCase() === host).map(({ address }) => address),
  }));
}

/** The endpoint's names and addresses; empty where there is no endpoint, or where it could not be read. */
export function privateHosts(setup: Setup, snapshot: Snapshot): readonly PrivateHost[] {
  const { openAi } = setup.roles;
  if (openAi === undefined) return [];
  try {
    const context = new SnapshotContext(setup, snapshot);
    const endpoint = context.read(endpointIdFor(context, openAi.id));
    return endpoint ? privateHostsOf(context, endpoint) : [];
  } catch (error) {
    if (error instanceof Unsettled) return [];
    throw error;
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
  const hosts = urls.flatMap((url) => hostOf(asString(url)) ?? []).filter((host) => allowed.has(host));
  return [...new Set(hosts)];
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /^https:\/\/([^/:]+)/i.exec(url)?.[1]?.toLowerCase();
}

function presentResource(snapshot: Snapshot, id: string | undefined): WireResource | undefined {
  const entry = id === undefined ? undefined : snapshot.get(id);
  return entry?.state === 'present' ? entry.resource : undefined;
}
