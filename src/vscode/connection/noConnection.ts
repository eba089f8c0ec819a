import type { Connection } from '../../azure/connection';
import type { CloudId } from '../../core/clouds';
import { AzureError } from '../../core/ports';

/**
 * Stands in where nobody is connected: nothing can be read, so every step is unknown, and nothing can be written.
 * @param reason What the findings give as the reason.
 */
export function noConnection(cloud: CloudId, subscriptionId: string, reason: string): Connection {
  const unreadable = { state: 'unreadable', reason: 'unreachable', detail: reason } as const;
  return {
    kind: 'azure',
    cloud,
    subscriptionId,
    azure: {
      read: () => Promise.resolve(unreadable),
      list: (types) => Promise.resolve(new Map(types.map((type) => [type.toLowerCase(), unreadable]))),
      write: () => Promise.reject(new AzureError('NotConnected', reason, undefined, undefined)),
      allowedActions: () => Promise.resolve(undefined),
      vpnClientPackage: () => Promise.reject(new AzureError('NotConnected', reason, undefined, undefined)),
    },
    directory: {
      signedIn: () => Promise.resolve(undefined),
      find: () => Promise.reject(new AzureError('NotConnected', reason, undefined, undefined)),
    },
    probes: {
      positions: () => [],
      measure: ({ host }, position) => Promise.resolve({ host, position, canonicalNames: [], addresses: [] }),
    },
    speed: 1,
    requestCount: () => 0,
  };
}
