import { asArray, asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName } from '../resources/resourceId';
import { normalizeLocation } from '../resources/wireEquality';
import { text, type Text } from '../text';
import { holds, type Assertion } from './matcher';
import { defineStep, type Expectation, type Step, type StepContext } from './step';
import { ruleFor, trustsServices } from './storageNetwork';

/** How Search gets to the storage account. Inside of a region, neither addresses nor private endpoints decide about that. */

const sameRegionStorage = defineStep({
  id: 'search-same-region-storage',
  title: text('Search gets to Storage in its own region'),
  why: text(
    'In one region, Search calls Storage from private addresses of Microsoft’s network, which no firewall rule can name. Only its identity lets it in: as a trusted service, or by a rule for this one service.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['ai-search'],
  after: ['search-managed-identity', 'storage-trusted-services'],
  preferAfter: ['rbac-search-blob-reader', 'search-spl-approval-storage'],
  sources: [
    {
      seed: 'ai-search-security.fr',
      section: 'Exception pour les services de recherche et de stockage dans la même région',
    },
    {
      reference: 'Make indexer connections to Azure Storage as a trusted service',
      url: 'https://learn.microsoft.com/azure/search/search-indexer-howto-access-trusted-service-exception',
    },
  ],
  severity: 'medium',
  notApplicable: ({ setup }) =>
    setup.roles.storage === undefined ? text('This setup has no storage account.') : undefined,
  notes: (context, target) => {
    const account = context.role('storage').id;
    return isSameRegion(context, target, account) ? sameRegionNotes(context, account) : [OTHER_REGION];
  },
  expects: (context, target) => {
    const account = context.role('storage').id;
    const wayIn: Expectation = { resource: account, assertions: [wayInto(context, account, target)], observed: true };
    if (isSameRegion(context, target, account)) {
      const region = asString(context.read(account)?.['location']) ?? '';
      const isThere: Assertion = { at: 'location', must: { kind: 'inRegion', region } };
      return [{ resource: target, assertions: [isThere], observed: true }, wayIn];
    }
    return approvedLink(context, target, account) ?? [wayIn];
  },
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 0,
});

const OTHER_REGION = text(
  'Search and Storage are in different regions. Search comes in as a trusted service or through a shared private link; addresses of Search can be listed in the firewall too, but they change.',
);

function sameRegionNotes(context: StepContext, account: string): readonly Text[] {
  const rules = asArray(readPath(context.read(account), 'properties.networkAcls.ipRules'));
  return [
    text(
      'Search and Storage are in the same region, so a shared private link between them changes nothing, unless the account has a private endpoint and trusts no services.',
    ),
    ...(rules.length > 0
      ? [text('The addresses that {0} lists do not decide about calls of Search.', resourceName(account))]
      : []),
  ];
}

function isSameRegion(context: StepContext, search: string, account: string): boolean {
  const [own, other] = [search, account].map((id) => asString(context.read(id)?.['location']));
  return own !== undefined && other !== undefined && normalizeLocation(own) === normalizeLocation(other);
}

/** A rule for this service where there is one, which is narrower; else the exception for all trusted services. */
function wayInto(context: StepContext, account: string, search: string): Assertion {
  return ruleFor(context, account, search) ?? trustsServices;
}

/** The service's own private link to the account's blobs, where one is approved. */
function approvedLink(context: StepContext, search: string, account: string): readonly Expectation[] | undefined {
  const list = childId(search, 'sharedPrivateLinkResources');
  const isApproved: readonly Assertion[] = [
    { at: 'properties.privateLinkResourceId', must: { kind: 'refersTo', id: account } },
    { at: 'properties.status', must: { kind: 'equals', value: 'Approved' } },
  ];
  const links = asObjects(context.read(list)?.['value']);
  if (!links.some((link) => isApproved.every((part) => holds(link, part)))) return undefined;
  const what = text('an approved shared private link to {0}', resourceName(account));
  const assertion: Assertion = { at: 'value', must: { kind: 'someItem', where: isApproved, what } };
  return [{ resource: list, assertions: [assertion], observed: true }];
}

export const SEARCH_ROUTE_STEPS: readonly Step[] = [sameRegionStorage];
