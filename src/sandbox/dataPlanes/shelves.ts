import { resourceKey } from '../../core/resources/resourceId';
import { keepMap } from '../keep';

/** Named things that resources hold and Azure Resource Manager knows nothing of, such as the indexes of a search service. */
export class Shelf<Item> {
  private readonly items = new Map<string, Map<string, Item>>();

  /** Keeps all of it. @returns brings it back. */
  keep(): () => void {
    const parts = [keepMap(this.items), ...[...this.items.values()].map(keepMap)];
    return () => {
      for (const restore of parts) restore();
    };
  }

  /** Everything that a resource holds, in the order of creation. */
  of(resourceId: string): readonly Item[] {
    return [...(this.items.get(resourceKey(resourceId))?.values() ?? [])];
  }

  get(resourceId: string, name: string): Item | undefined {
    return this.items.get(resourceKey(resourceId))?.get(name);
  }

  put(resourceId: string, name: string, item: Item): Item {
    const key = resourceKey(resourceId);
    const held = this.items.get(key) ?? new Map<string, Item>();
    this.items.set(key, held.set(name, item));
    return item;
  }

  remove(resourceId: string, name: string): void {
    this.items.get(resourceKey(resourceId))?.delete(name);
  }

  /** The resource is gone, and what it held with it. */
  clear(resourceId: string): void {
    this.items.delete(resourceKey(resourceId));
  }
}
