import { asObjects, asString, type JsonObject } from '../core/resources/json';
import { resourceTypeOf } from '../core/resources/resourceId';
import type { SnapshotListing, WireResource } from '../core/resources/snapshot';
import { toUnreadable } from './azureErrors';

/** Sends one Resource Graph request and gives its answer. */
export type SendQuery = (body: JsonObject) => Promise<JsonObject>;

const PAGE_SIZE = 1000;
/** Even a very large subscription has fewer pages; more means that the service repeats itself. */
const MAX_PAGES = 500;

/**
 * Lists resources by type through Azure Resource Graph, page by page: one query for all types.
 * Source: https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data
 */
export async function listByType(
  subscriptionId: string,
  types: readonly string[],
  send: SendQuery,
  onPage?: (found: number) => void,
): Promise<ReadonlyMap<string, SnapshotListing>> {
  try {
    const resources = await readPages(subscriptionId, queryFor(types), send, onPage);
    return new Map(
      types.map((type) => [
        type,
        { state: 'listed', resources: resources.filter(({ id }) => resourceTypeOf(id) === type) },
      ]),
    );
  } catch (error) {
    const unreadable = toUnreadable(error);
    return new Map(types.map((type) => [type, unreadable]));
  }
}

/** Sorted by id, because paging needs a stable order. */
function queryFor(types: readonly string[]): string {
  const names = types.map((type) => `'${type.replaceAll("'", '')}'`).join(', ');
  return [
    'resources',
    `where type in~ (${names})`,
    'project id, name, type, kind, location, tags, sku, identity, properties',
    'order by id asc',
  ].join(' | ');
}

async function readPages(
  subscriptionId: string,
  query: string,
  send: SendQuery,
  onPage?: (found: number) => void,
): Promise<readonly WireResource[]> {
  const found: WireResource[] = [];
  let skipToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await send({
      subscriptions: [subscriptionId],
      query,
      options: {
        resultFormat: 'objectArray',
        $top: PAGE_SIZE,
        ...(skipToken === undefined ? {} : { $skipToken: skipToken }),
      },
    });
    for (const row of asObjects(answer['data'])) {
      const id = asString(row['id']);
      if (id !== undefined) found.push({ ...row, id });
    }
    onPage?.(found.length);
    skipToken = asString(answer['$skipToken']);
    if (skipToken === undefined) break;
  }
  return found;
}
