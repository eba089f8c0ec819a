import type { NetworkManagementClient } from '@azure/arm-network';
import type { ResourceWrite } from '../../../core/plan/change';
import type { WriteOptions } from '../../../core/ports';
import type { JsonObject } from '../../../core/resources/json';
import { mergePatch } from '../../../core/resources/wireEquality';
import type { ClientSettings } from '../../clientSettings';
import { readWire, unsupported } from '../adapter';

/** Writes the resources of one type. */
export type Writer = (
  client: NetworkManagementClient,
  settings: ClientSettings,
  write: ResourceWrite,
  options: WriteOptions,
) => Promise<void>;

/** What to PUT: the body of a creation, or what is there with the change in it. */
export async function wholeBody(
  write: ResourceWrite,
  options: WriteOptions,
  read: Parameters<typeof readWire>[0],
): Promise<JsonObject> {
  const body = write.body ?? {};
  if (write.action === 'create') return body;
  if (write.action !== 'update') throw unsupported(write);
  return mergePatch(await readWire(read, options.signal), body);
}
