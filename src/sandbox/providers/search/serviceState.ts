import { isJsonObject } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { busy } from './errors';

export const SEARCH_SERVICE_TYPE = 'Microsoft.Search/searchServices';

export const SEARCH_VERSIONS = ['2015-08-19', '2020-08-01', '2022-09-01', '2023-11-01', '2025-05-01'] as const;

export const SEARCH_SUFFIX = 'search.windows.net';

/** The public host name of a service. */
export const searchHost = (name: string): string => `${name.toLowerCase()}.${SEARCH_SUFFIX}`;

/** The `sku.name` in lower case: features and limits go by it. */
export function tierOf(service: Pick<StoredResource, 'body'>): string {
  const sku = service.body['sku'];
  return (isJsonObject(sku) ? String(sku['name']) : '').toLowerCase();
}

/** @throws Refusal while an operation is going on: a service takes one at a time. */
export function requireIdle(azure: Azure, service: StoredResource): void {
  if (azure.operations.holding(service.id)) throw busy(service.name);
}

/** Changes a service, which gives it a new etag. Recorded: the end of provisioning does not. */
export function touch(azure: Azure, id: string, changes: Partial<StoredResource> = {}): StoredResource | undefined {
  return azure.store.change(id, { ...changes, etag: newEtag(azure) });
}

/** Recorded shape: a time with seven decimals, percent-encoded. */
export function newEtag(azure: Azure): string {
  const time = new Date(azure.clock.now()).toISOString().replace('Z', '0000Z');
  return `W/"datetime'${encodeURIComponent(time)}'"`;
}
