import type { ResourceWrite } from '../../../src/core/plan/change';
import { isJsonObject, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { SnapshotEntry } from '../../../src/core/resources/snapshot';
import { refusal } from './worldWrites';

export function isTags(id: string): boolean {
  return resourceKey(id).endsWith('/providers/microsoft.resources/tags/default');
}

/** The tags of scopes, merged and taken away as Azure does. */
export class FakeTags {
  readonly of = new Map<string, JsonObject>();
  /** The principal may not write them. */
  denied = false;

  /** Names of the tags of all scopes. */
  names(): readonly string[] {
    return [...this.of.values()].flatMap((tags) => Object.keys(tags));
  }

  read(id: string): SnapshotEntry {
    return { state: 'present', resource: { id, properties: { tags: { ...this.of.get(resourceKey(id)) } } } };
  }

  write({ resource, body = {} }: ResourceWrite): void {
    if (this.denied) throw refusal(403, 'AuthorizationFailed', resource);
    const sent = readPath(body, 'properties.tags');
    const present = Object.entries(this.of.get(resourceKey(resource)) ?? {});
    const names = Object.keys(isJsonObject(sent) ? sent : {});
    const others = present.filter(([name]) => !names.includes(name));
    const merged = body['operation'] === 'Merge' && isJsonObject(sent) ? Object.entries(sent) : [];
    this.of.set(resourceKey(resource), Object.fromEntries([...others, ...merged]));
  }
}
