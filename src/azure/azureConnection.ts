import type { TokenCredential } from '@azure/core-auth';
import { CLOUDS, type CloudId } from '../core/clouds';
import { asObjects, asString } from '../core/resources/json';
import { toAzureError } from './azureErrors';
import { ArmPort } from './azurePort';
import type { ClientSettings } from './clientSettings';
import type { Connection, RequestLine, Subscription } from './connection';
import { LocalProbes } from './probes/localProbes';
import { Directory } from './directory';
import { operationFailures, RequestObserver } from './requestPolicy';
import type { CallService } from './dataPlane';

export interface AzureConnectionOptions {
  readonly cloud: CloudId;
  readonly subscriptionId: string;
  readonly credential: TokenCredential;
  readonly onRequest?: (line: RequestLine) => void;
}

/** What the older SDKs poll with where Azure does not say. */
const POLL_INTERVAL_MS = 2000;

/** Connects to a subscription in a real Azure cloud. Nothing is loaded and nobody is asked before the first request. */
export function connectToAzure(options: AzureConnectionOptions): Connection {
  const { settings, observer } = settingsFor(options);
  const probes = new LocalProbes(settings.cloud, options.credential, (subscription, signal) =>
    azure.subscriptionKey(subscription, signal),
  );
  const callService: CallService = async (request, signal) =>
    (await probes.measure(request, { kind: 'here' }, signal)).https;
  const azure = new ArmPort(settings, callService);
  return {
    kind: 'azure',
    cloud: options.cloud,
    subscriptionId: options.subscriptionId,
    azure,
    probes,
    directory: new Directory(settings),
    speed: 1,
    requestCount: () => observer.requests,
  };
}

/** The subscriptions that the credential can see. @throws AzureError. */
export async function listSubscriptions(
  options: Omit<AzureConnectionOptions, 'subscriptionId'>,
  signal: AbortSignal,
): Promise<readonly Subscription[]> {
  const { settings } = settingsFor({ ...options, subscriptionId: '00000000-0000-0000-0000-000000000000' });
  const { createResourcesAdapter } = await import('./adapters/resources');
  const resources = createResourcesAdapter(settings);
  const found: Subscription[] = [];
  try {
    let path: string | undefined = '/subscriptions?api-version=2022-12-01';
    while (path !== undefined) {
      const page = await resources.send('GET', path, undefined, signal);
      for (const item of asObjects(page['value'])) {
        const id = asString(item['subscriptionId']);
        if (id !== undefined) {
          found.push({ id, name: asString(item['displayName']) ?? id, tenantId: asString(item['tenantId']) });
        }
      }
      const next = asString(page['nextLink']);
      path = next?.startsWith(settings.cloud.resourceManager)
        ? next.slice(settings.cloud.resourceManager.length)
        : undefined;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw toAzureError(error);
  }
  return found;
}

function settingsFor(options: AzureConnectionOptions): { settings: ClientSettings; observer: RequestObserver } {
  const observer = new RequestObserver(options.onRequest);
  return {
    observer,
    settings: {
      cloud: CLOUDS[options.cloud],
      subscriptionId: options.subscriptionId,
      credential: options.credential,
      policies: [observer.policy, operationFailures],
      pollIntervalMs: POLL_INTERVAL_MS,
    },
  };
}
