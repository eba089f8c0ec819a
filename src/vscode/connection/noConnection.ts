import type { Connection } from '../../azure/connection';
import type { CloudId } from '../../core/clouds';
import { AzureError } from '../../core/ports';

/**
 * Stands in where nobody is connected: nothing can be read, so every step is unknown, and nothing can be written.
 * @param reason What the findings give as the reason.
 */
export function noConnection(cloud: CloudId, subscriptionId: string, reason: string): Connection {
  const refuse = () => Promise.reject(new AzureError('NotConnected', reason, undefined, undefined));
  const unreadable = { state: 'unreadable', reason: 'unreachable', detail: reason } as const;
  return {
    kind: 'azure',
    cloud,
    subscriptionId,
    azure: {
      read: () => Promise.resolve(unreadable),
      list: (types) => Promise.resolve(new Map(types.map((type) => [type.toLowerCase(), unreadable]))),
      write: refuse,
      allowedActions: () => Promise.resolve(undefined),
      ask: () => Promise.resolve(unreadable),
      vpnClientPackage: refuse,
      importCertificate: refuse,
      keys: {
        slotsInUse: refuse,
        regenerate: refuse,
        copy: refuse,
        queryKeys: refuse,
        createQueryKey: refuse,
        deleteQueryKey: refuse,
      },
    },
    directory: {
      signedIn: () => Promise.resolve(undefined),
      find: refuse,
    },
    probes: {
      positions: () => [],
      measure: ({ host }, position) => Promise.resolve({ host, position, canonicalNames: [], addresses: [] }),
    },
    speed: 1,
    requestCount: () => 0,
  };
}
