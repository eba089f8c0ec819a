import type { ProbePort } from '../../../src/core/ports';
import { cheapestRequest } from '../../../src/core/probes/requests';
import type { Json } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { resourceName } from '../../../src/core/resources/resourceId';
import type { Setup } from '../../../src/core/setup/setup';
import { signal } from './sandboxSession';

const SUFFIXES = {
  openAi: 'openai.azure.com',
  search: 'search.windows.net',
  storage: 'blob.core.windows.net',
} as const;

/** Services that a setup may close to the internet. */
export type ClosableService = keyof typeof SUFFIXES;
export const CLOSABLE_SERVICES: readonly ClosableService[] = ['openAi', 'search', 'storage'];

/** The name that clients know a service by. */
export function hostOf(service: ClosableService, id: string): string {
  return `${resourceName(id)}.${SUFFIXES[service]}`;
}

/** Whether a service, as it is or as it is sent, is closed to the internet. */
export function isClosed(service: Json | undefined): boolean {
  const access = String(readPath(service, 'properties.publicNetworkAccess')).toLowerCase();
  return access === 'disabled' || readPath(service, 'properties.networkAcls.defaultAction') === 'Deny';
}

/** The private endpoint lets connections through or not; what the service says to the caller is another matter. */
export async function answersPrivately(
  probes: ProbePort,
  { roles }: Setup,
  service: ClosableService,
  id: string,
): Promise<boolean> {
  const position = { kind: 'virtualNetwork', virtualNetwork: roles.virtualNetwork?.id ?? '' } as const;
  const request = cheapestRequest(service, hostOf(service, id));
  const { https } = await probes.measure(request, position, signal);
  return https?.status !== undefined && https.address.startsWith('10.');
}
