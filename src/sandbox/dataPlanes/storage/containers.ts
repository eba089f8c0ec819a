import { childId } from '../../../core/resources/resourceId';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { BLOB_CONTAINER } from '../../providers/storage/blobContainers';

/** The id of a container, whether it is there or not. */
export function containerId(account: StoredResource, name: string): string {
  return childId(account.id, 'blobServices', 'default', 'containers', name);
}

export function containersOf(azure: Azure, account: StoredResource): readonly StoredResource[] {
  return azure.store.children(account.id, BLOB_CONTAINER.type);
}
