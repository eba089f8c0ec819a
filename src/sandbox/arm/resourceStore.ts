import type { JsonObject } from '../../core/resources/json';
import { resourceKey } from '../../core/resources/resourceId';
import { keepMap } from '../keep';

/** A resource as the sandbox keeps it. What Azure derives from other resources is added when it is shown. */
export interface StoredResource {
  /** In Azure's canonical casing. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Wire JSON without id, name, type, etag and provisioningState. */
  readonly body: JsonObject;
  /** The provisioningState. */
  readonly state: string;
  readonly etag: string;
  /** The body that the service already acts by, where that lags behind an operation in progress. */
  readonly inForce?: JsonObject;
}

const SETTLED = new Set(['succeeded', 'failed', 'canceled']);

/** True when no operation is going on, as far as the provisioning state tells. */
export function isSettled(resource: StoredResource): boolean {
  return SETTLED.has(resource.state.toLowerCase());
}

/** The resource as its service already acts by it: what an operation in progress changes is not in force yet. */
export function inForce(resource: StoredResource): StoredResource {
  return resource.inForce === undefined ? resource : { ...resource, body: resource.inForce };
}

/** False while the resource is being made: until then nothing of it is in force. */
export function isInService({ inForce: body }: StoredResource): boolean {
  return body === undefined || Object.keys(body).length > 0;
}

export function propertiesOf(resource: StoredResource): JsonObject {
  return (resource.body['properties'] ?? {}) as JsonObject;
}

/** Every resource of the subscription, in the order of creation. */
export class ResourceStore {
  private readonly resources = new Map<string, StoredResource>();

  /** Keeps all of it. @returns brings it back. */
  keep(): () => void {
    return keepMap(this.resources);
  }

  get(id: string): StoredResource | undefined {
    return this.resources.get(resourceKey(id));
  }

  put(resource: StoredResource): StoredResource {
    this.resources.set(resourceKey(resource.id), resource);
    return resource;
  }

  /** Changes a resource that may have gone in the meantime; then nothing happens. */
  change(id: string, changes: Partial<Omit<StoredResource, 'id' | 'type' | 'name'>>): StoredResource | undefined {
    const resource = this.get(id);
    return resource && this.put({ ...resource, ...changes });
  }

  remove(id: string): void {
    this.resources.delete(resourceKey(id));
  }

  all(): readonly StoredResource[] {
    return [...this.resources.values()];
  }

  ofType(type: string): readonly StoredResource[] {
    const wanted = type.toLowerCase();
    return this.all().filter((resource) => resource.type.toLowerCase() === wanted);
  }

  /** The resource of a type that has a name, which is given out once in the whole world. */
  named(type: string, name: string): StoredResource | undefined {
    return this.ofType(type).find((resource) => resource.name.toLowerCase() === name.toLowerCase());
  }

  /** Every resource whose id lies below this one: children, or all resources of a group. */
  below(id: string): readonly StoredResource[] {
    const prefix = `${resourceKey(id)}/`;
    return [...this.resources].filter(([key]) => key.startsWith(prefix)).map(([, resource]) => resource);
  }

  /** Of these, the resources of one type. */
  children(id: string, type: string): readonly StoredResource[] {
    const wanted = type.toLowerCase();
    return this.below(id).filter((resource) => resource.type.toLowerCase() === wanted);
  }
}
