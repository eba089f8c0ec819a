import { asObjects, asString, isJsonObject, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, sameResource } from '../resources/resourceId';
import { text, type Text } from '../text';
import { defineStep, Unsettled, type Expectation, type Step, type StepContext } from './step';
import { containersId, containersIn } from './storage';

/** What Search writes to storage accounts: the only way in which its content leaves the region of the service. */

/** Lists of the service itself with objects that write: `cache` of an indexer, `knowledgeStore` of a skillset. */
const WRITING_OBJECTS = ['indexers', 'skillsets'] as const;

/** Containers that Search makes for caches and debug sessions. */
const CONTAINERS_OF_SEARCH = /^ms-az-(search-indexercache|cognitive-search-debugsession)/;

const searchDataResidency = defineStep({
  id: 'search-data-residency',
  title: text('Search writes inside of its region only'),
  why: text(
    'Content stays in the region of the service, but for what it writes to a storage account: caches of enrichments, debug sessions and knowledge stores. An account in another region takes the content there.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['ai-search'],
  after: ['search-rbac-auth'],
  preferAfter: ['rbac-dev-search', 'rbac-dev-search-data'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Résidence des données' },
    { seed: 'ai-search-security.fr', section: 'Exceptions aux engagements de résidence des données' },
    { seed: 'ai-search-security.fr', section: 'Trafic sortant' },
  ],
  severity: 'medium',
  notes: (context, target) => [
    text(
      'Names of indexes, indexers, data sources, skillsets, containers and key vaults are kept outside of the region, in Microsoft’s telemetry, for a year and a half. Put nothing sensitive into a name.',
    ),
    text(
      'Azure does not list debug sessions. Ringfence sees those of the storage account of this setup, by their container.',
    ),
    ...unsaidWrites(context, target),
  ],
  expects: (context, target) => {
    const region = asString(context.read(target)?.['location']);
    if (region === undefined) return [{ resource: target, assertions: [], observed: true }];
    const writers = WRITING_OBJECTS.flatMap((list) => writersIn(context, childId(target, list)));
    const accounts = [...writers.flatMap(({ account }) => account ?? []), ...accountWithTraces(context)];
    return [
      { resource: target, assertions: [], observed: true },
      ...writers.flatMap(withoutKey),
      ...distinct(accounts).map((account): Expectation => ({
        resource: account,
        assertions: [{ at: 'location', must: { kind: 'inRegion', region } }],
        observed: true,
      })),
    ];
  },
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 0,
});

/** An object of the service that writes to a storage account. */
interface Writer {
  readonly name: string;
  readonly list: string;
  readonly usesKey: boolean;
  readonly account: string | undefined;
}

/** @throws Unsettled where the service does not show which account an object writes to. */
function writersIn(context: StepContext, list: string): readonly Writer[] {
  return asObjects(context.read(list)?.['value']).flatMap((item): readonly Writer[] => {
    const { storage } = item;
    if (!isJsonObject(storage)) return [];
    const name = asString(item['name']) ?? '';
    const account = asString(storage['account']);
    const usesKey = storage['usesKey'] === true;
    if (account === undefined && !usesKey) {
      const reason = text('{0} writes to a storage account, and Search does not show to which one.', name);
      throw new Unsettled({ kind: 'resource', id: list }, reason);
    }
    return [{ name, list, usesKey, account }];
  });
}

/** That a writer’s connection has no key: whoever reads the definition could use it, and nobody can tell the account. */
function withoutKey({ name, list, usesKey }: Writer): readonly Expectation[] {
  if (!usesKey) return [];
  const where = [
    { at: 'name', must: { kind: 'equals', value: name } },
    { at: 'storage.usesKey', must: { kind: 'equals', value: false } },
  ] as const;
  const what = text('{0} connects with the identity of the service, without a key', name);
  return [{ resource: list, assertions: [{ at: 'value', must: { kind: 'someItem', where, what } }], observed: true }];
}

/** The storage account of the setup, where Search has left containers of its own in it. */
function accountWithTraces(context: StepContext): readonly string[] {
  const account = context.optionalRole('storage')?.id;
  if (account === undefined) return [];
  const names = containersIn(asObjects(context.read(containersId(account))?.['value']));
  return names.some((name) => CONTAINERS_OF_SEARCH.test(name)) ? [account] : [];
}

/** Writing takes a role that the setup does not give unless it is told of it. */
function unsaidWrites(context: StepContext, target: string): readonly Text[] {
  const { storage } = context.setup.roles;
  if (storage === undefined || context.setup.options.searchWritesToStorage) return [];
  const writers = WRITING_OBJECTS.flatMap((list) => writersIn(context, childId(target, list)));
  return writers.some(({ account }) => account !== undefined && sameResource(account, storage.id))
    ? [text('Search writes to the storage account, and the setup says that it only reads there.')]
    : [];
}

function distinct(ids: readonly string[]): readonly string[] {
  return ids.filter((id, index) => ids.findIndex((other) => sameResource(other, id)) === index);
}

/** What else a service might say is no id to read. */
const ACCOUNT_ID =
  /(?:^|;)\s*ResourceId=(\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[-\w()](?:[-\w.()]*[-\w()])?\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24})\/?\s*(?:;|$)/i;

/**
 * What of an indexer or a skillset is kept: its name, and where it writes. Definitions hold keys of other services, and
 * a connection string is one.
 */
export function writerFacts(definition: JsonObject): JsonObject {
  const name = asString(definition['name']) ?? '';
  const store = readPath(definition, 'cache') ?? readPath(definition, 'knowledgeStore');
  if (!isJsonObject(store)) return { name };
  const connection = asString(store['storageConnectionString']) ?? '';
  const account = ACCOUNT_ID.exec(connection)?.[1];
  const usesKey = /(?:^|;)\s*(?:AccountKey|SharedAccessSignature)=/i.test(connection);
  return { name, storage: { usesKey, ...(account !== undefined && { account }) } };
}

export const SEARCH_RESIDENCY_STEPS: readonly Step[] = [searchDataResidency];
