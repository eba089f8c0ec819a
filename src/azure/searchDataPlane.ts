import type { Cloud } from '../core/clouds';
import type { ResourceWrite } from '../core/plan/change';
import { AzureError, type WriteOptions } from '../core/ports';
import type { ProbeRequest } from '../core/probes/probe';
import { asObjects, asString, isJsonObject, type JsonObject } from '../core/resources/json';
import { parseResourceId, resourceTypeOf } from '../core/resources/resourceId';
import { TYPES } from '../core/resources/resourceTypes';
import type { SnapshotEntry } from '../core/resources/snapshot';
import { writerFacts } from '../core/steps/searchResidency';
import { unsupported } from './adapters/adapter';
import { ask, refusal, unreadable, type CallService, type DataPlane } from './dataPlane';

const API_VERSION = '2024-07-01';
/** Caches of indexers are shown by preview versions only. */
const PREVIEW_VERSION = '2024-05-01-preview';

/**
 * What Azure AI Search holds and Azure Resource Manager does not know: read, and indexes written, at the service itself.
 * Source: https://learn.microsoft.com/rest/api/searchservice, api-version 2024-07-01
 */
export class SearchDataPlane implements DataPlane {
  constructor(
    private readonly cloud: Cloud,
    private readonly call: CallService,
  ) {}

  has(id: string): boolean {
    const type = resourceTypeOf(id);
    return type.startsWith(TYPES.searchIndex) || type in WRITER_LISTS;
  }

  /**
   * `…/indexes/x`, or `…/indexes/x/documentsWithout/field`: how many documents have nothing in a field. `…/indexers` and
   * `…/skillsets`: what writes to which storage account.
   */
  async read(id: string, signal: AbortSignal): Promise<SnapshotEntry> {
    const [service = '', index = '', field] = parseResourceId(id)?.names ?? [];
    const list = WRITER_LISTS[resourceTypeOf(id)];
    if (list !== undefined) return this.readWriters(id, this.request(service, 'GET', list.path, list.version), signal);
    const request =
      field === undefined
        ? this.request(service, 'GET', `/indexes('${index}')`)
        : {
            ...this.request(service, 'POST', `/indexes('${index}')/docs/search.post.search`),
            body: withNothingIn(field),
          };
    const answer = await this.call(request, signal);
    if (answer?.status === 404) return { state: 'absent' };
    const refused = refusal(answer);
    if (refused !== undefined) return refused;
    if (field !== undefined) {
      const count = isJsonObject(answer?.body) ? answer.body['@odata.count'] : undefined;
      return typeof count === 'number'
        ? { state: 'present', resource: { id, count } }
        : unreadable('failed', 'The service answered without a count.');
    }
    return isJsonObject(answer?.body)
      ? { state: 'present', resource: { ...answer.body, id } }
      : unreadable('failed', 'The service answered without an index.');
  }

  private async readWriters(id: string, request: ProbeRequest, signal: AbortSignal): Promise<SnapshotEntry> {
    const answer = await this.call(request, signal);
    const refused = refusal(answer);
    if (refused !== undefined) return refused;
    const list = isJsonObject(answer?.body) ? answer.body['value'] : undefined;
    if (!Array.isArray(list)) return unreadable('failed', 'The service answered without a list.');
    return { state: 'present', resource: { id, value: asObjects(list).map(writerFacts) } };
  }

  /** Adds fields to an index. The service takes an index as a whole only, and so not one that somebody has changed since. */
  async write(write: ResourceWrite, { signal }: WriteOptions): Promise<void> {
    if (write.action !== 'update') throw unsupported(write);
    const [service = '', index = ''] = parseResourceId(write.resource)?.names ?? [];
    const present = await this.read(write.resource, signal);
    if (present.state !== 'present')
      throw new AzureError('IndexNotRead', 'The index could not be read.', undefined, undefined);
    const { id: _id, '@odata.context': _context, ...own } = present.resource;
    const version = asString(own['@odata.etag']);
    const request: ProbeRequest = {
      ...this.request(service, 'PUT', `/indexes('${index}')`),
      headers: { prefer: 'return=representation', ...(version !== undefined && { 'if-match': version }) },
      body: { ...own, ...write.body },
    };
    await ask(this.call, request, signal);
  }

  private request(service: string, method: ProbeRequest['method'], path: string, version = API_VERSION): ProbeRequest {
    return {
      service: 'search',
      host: `${service.toLowerCase()}.${this.cloud.searchSuffix}`,
      method,
      path: `${path}?api-version=${version}`,
    };
  }
}

const WRITER_LISTS: Readonly<Record<string, { readonly path: string; readonly version: string }>> = {
  [TYPES.searchIndexer]: { path: '/indexers', version: PREVIEW_VERSION },
  [TYPES.searchSkillset]: { path: '/skillsets', version: API_VERSION },
};

/** Counting alone takes no filter; a search does, and counts what it leaves out of its answer. */
function withNothingIn(field: string): JsonObject {
  return { search: '*', filter: `not ${field}/any()`, count: true, top: 0 };
}
