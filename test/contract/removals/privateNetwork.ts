import { childId } from '../../../src/core/resources/resourceId';
import { endpoint, link, zone } from './ids';
import { outOfReach, type Fate } from './removal';

/** One private way into a service. */
interface Path {
  readonly service: Parameters<typeof outOfReach>[0];
  /** What the ids of its steps begin and end with. */
  readonly prefix: string;
  readonly suffix: string;
  readonly endpoint: string;
  readonly zone: string;
  /** Steps that look through the endpoint, or at it. */
  readonly lookThrough?: readonly string[];
  readonly lookAt?: readonly string[];
}

const PATHS: readonly Path[] = [
  {
    service: 'openAi',
    prefix: 'aoai',
    suffix: '',
    endpoint: 'pe-contoso-openai',
    zone: 'privatelink.openai.azure.com',
  },
  {
    service: 'search',
    prefix: 'search',
    suffix: '',
    endpoint: 'pe-contoso-search',
    zone: 'privatelink.search.windows.net',
    lookThrough: ['search-document-acl'],
  },
  {
    service: 'storage',
    prefix: 'storage',
    suffix: '-blob',
    endpoint: 'pe-contosodocs-blob',
    zone: 'privatelink.blob.core.windows.net',
    lookAt: ['rbac-project-pe-reader'],
  },
  {
    service: 'files',
    prefix: 'storage',
    suffix: '-file',
    endpoint: 'pe-contosodocs-file',
    zone: 'privatelink.file.core.windows.net',
    lookAt: ['rbac-project-pe-reader'],
  },
];

function fatesOf(path: Path): Readonly<Record<string, Fate>> {
  const step = (part: string): string => `${path.prefix}-${part}${path.suffix}`;
  const followed = { probes: outOfReach(path.service), unknown: path.lookThrough ?? [] };
  return {
    [step('private-dns-zone')]: {
      when: 'the zone is deleted, its link first',
      remove: async (hand) => {
        await hand.delete(link(path.zone));
        await hand.delete(zone(path.zone));
      },
      nonCompliant: [step('private-dns-zone'), step('private-dns-link'), step('private-dns-records')],
      ...followed,
      notMended: {
        steps: [step('private-dns-records'), ...(path.lookThrough ?? [])],
        because: 'the zone group is still there, and writes no records into the new zone by itself',
      },
    },
    [step('private-dns-link')]: {
      when: 'the zone’s link to the network is deleted',
      remove: (hand) => hand.delete(link(path.zone)),
      nonCompliant: [step('private-dns-link')],
      ...followed,
    },
    [step('private-endpoint')]: {
      when: 'the endpoint is deleted, and its records with it',
      remove: (hand) => hand.delete(endpoint(path.endpoint)),
      nonCompliant: [step('private-endpoint'), step('private-dns-records'), ...(path.lookAt ?? [])],
      ...followed,
    },
    [step('private-dns-records')]: {
      when: 'the endpoint’s zone group is deleted, and its records with it',
      remove: (hand) => hand.delete(childId(endpoint(path.endpoint), 'privateDnsZoneGroups', 'default')),
      nonCompliant: [step('private-dns-records')],
      ...followed,
    },
  };
}

export const PRIVATE_STEPS: Readonly<Record<string, Fate>> = Object.assign({}, ...PATHS.map(fatesOf));
