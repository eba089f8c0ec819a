import type { StoredResource } from '../../arm/resourceStore';
import type { LinkGroup } from '../network/privateLinkService';
import { hasReadableSecondary } from './replication';

/** What is between the account's name and the common end of its host names, by service. Recorded; the zone is that of West US 2. */
const PREFIXES = {
  blob: 'blob',
  queue: 'queue',
  table: 'table',
  file: 'file',
  dfs: 'dfs',
  web: 'z5.web',
} as const;

type StorageService = keyof typeof PREFIXES;

const suffixOf = (service: StorageService): string => `${PREFIXES[service]}.core.windows.net`;

/** Public DNS suffixes of all services of storage accounts. */
export const STORAGE_SUFFIXES: readonly string[] = Object.values(PREFIXES).map(
  (prefix) => `${prefix}.core.windows.net`,
);

/** Recorded: not every kind of account has every service. */
function servicesIn(kind: string): readonly StorageService[] {
  switch (kind) {
    case 'Storage':
      return ['blob', 'queue', 'table', 'file'];
    case 'BlobStorage':
      return ['dfs', 'blob', 'table'];
    case 'BlockBlobStorage':
      return ['dfs', 'web', 'blob'];
    case 'FileStorage':
      return ['file'];
    default:
      return ['dfs', 'web', 'blob', 'queue', 'table', 'file'];
  }
}

const kindOf = (account: StoredResource): string => String(account.body['kind']);

/** The `primaryEndpoints` of an account: `https://contoso.blob.core.windows.net/` by service. */
export function primaryEndpoints(account: StoredResource): Readonly<Record<string, string>> {
  return endpointsOf(account.name, servicesIn(kindOf(account)));
}

/** The `secondaryEndpoints`; undefined where the copy cannot be read. There are none for files. */
export function secondaryEndpoints(account: StoredResource): Readonly<Record<string, string>> | undefined {
  return hasReadableSecondary(account)
    ? endpointsOf(`${account.name}-secondary`, secondaryServices(account))
    : undefined;
}

/** What private endpoints can lead to: each service by itself, a readable copy too. */
export function linkGroupsOf(account: StoredResource): readonly LinkGroup[] {
  const group = (id: string, label: string, service: StorageService): LinkGroup => ({
    id,
    members: [{ name: id, hosts: [`${label}.${suffixOf(service)}`] }],
    zoneNames: [`privatelink.${service}.core.windows.net`],
  });
  return [
    ...servicesIn(kindOf(account)).map((service) => group(service, account.name, service)),
    ...(hasReadableSecondary(account)
      ? secondaryServices(account).map((service) => group(`${service}_secondary`, `${account.name}-secondary`, service))
      : []),
  ];
}

function secondaryServices(account: StoredResource): readonly StorageService[] {
  return servicesIn(kindOf(account)).filter((service) => service !== 'file');
}

function endpointsOf(label: string, services: readonly StorageService[]): Readonly<Record<string, string>> {
  return Object.fromEntries(services.map((service) => [service, `https://${label}.${suffixOf(service)}/`]));
}
