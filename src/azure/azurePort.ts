import type { AzurePort, PermissionSet, WriteOptions } from '../core/ports';
import type { ResourceWrite } from '../core/plan/change';
import { asArray, asObjects, asString } from '../core/resources/json';
import { childId, resourceTypeOf } from '../core/resources/resourceId';
import { apiVersionFor, TYPES } from '../core/resources/resourceTypes';
import type { SnapshotEntry } from '../core/resources/snapshot';
import type { ResourcesAdapter } from './adapters/resources';
import type { WriteAdapter } from './adapters/adapter';
import { toAzureError, toSnapshotEntry } from './azureErrors';
import type { ClientSettings } from './clientSettings';
import { listByType } from './resourceGraph';

const RESOURCE_GRAPH = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
const PERMISSIONS = { path: 'providers/Microsoft.Authorization/permissions', apiVersion: '2022-04-01' };

/** The real side of `AzurePort`: each SDK is loaded when the first resource of its family is written. */
export class ArmPort implements AzurePort {
  private readonly adapters = new Map<string, Promise<WriteAdapter>>();
  private resourcesAdapter: Promise<ResourcesAdapter> | undefined;

  constructor(private readonly settings: ClientSettings) {}

  async read(id: string, signal: AbortSignal): Promise<SnapshotEntry> {
    const apiVersion = apiVersionFor(id);
    if (apiVersion === undefined) {
      return { state: 'unreadable', reason: 'failed', detail: `No API version is known for ${resourceTypeOf(id)}.` };
    }
    try {
      const body = await (await this.resources()).readById(id, apiVersion, signal);
      return { state: 'present', resource: { ...body, id: asString(body['id']) ?? id } };
    } catch (error) {
      signal.throwIfAborted();
      return toSnapshotEntry(error);
    }
  }

  async list(types: readonly string[], signal: AbortSignal, onPage?: (found: number) => void) {
    const resources = await this.resources();
    const send = (body: Parameters<ResourcesAdapter['send']>[2]) =>
      resources.send('POST', RESOURCE_GRAPH, body, signal);
    const listings = await listByType(this.settings.subscriptionId, types, send, onPage);
    signal.throwIfAborted();
    return listings;
  }

  async write(write: ResourceWrite, options: WriteOptions): Promise<void> {
    try {
      await (await this.adapterFor(write.resource)).write(write, options);
    } catch (error) {
      options.signal.throwIfAborted();
      throw toAzureError(error);
    }
  }

  async allowedActions(scope: string, signal: AbortSignal): Promise<PermissionSet | undefined> {
    try {
      const resources = await this.resources();
      const answer = await resources.readById(childId(scope, PERMISSIONS.path), PERMISSIONS.apiVersion, signal);
      return asObjects(answer['value']).map((entry) => ({
        actions: asArray(entry['actions']).flatMap((action) => asString(action) ?? []),
        notActions: asArray(entry['notActions']).flatMap((action) => asString(action) ?? []),
      }));
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  private resources(): Promise<ResourcesAdapter> {
    this.resourcesAdapter ??= import('./adapters/resources').then((sdk) => sdk.createResourcesAdapter(this.settings));
    return this.resourcesAdapter;
  }

  private adapterFor(id: string): Promise<WriteAdapter> {
    const type = resourceTypeOf(id);
    if (type.startsWith(TYPES.privateDnsZone)) {
      return this.once('privateDns', async () =>
        (await import('./adapters/privateDns')).createPrivateDnsAdapter(this.settings),
      );
    }
    if (type.startsWith('microsoft.network/')) {
      return this.once('network', async () => (await import('./adapters/network')).createNetworkAdapter(this.settings));
    }
    if (type.startsWith(TYPES.cognitiveAccount)) {
      return this.once('cognitiveServices', async () =>
        (await import('./adapters/cognitiveServices')).createCognitiveServicesAdapter(this.settings),
      );
    }
    return this.resources();
  }

  private once(family: string, load: () => Promise<WriteAdapter>): Promise<WriteAdapter> {
    const loading = this.adapters.get(family) ?? load();
    this.adapters.set(family, loading);
    return loading;
  }
}
