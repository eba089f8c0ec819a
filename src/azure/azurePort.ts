import type {
  AzureAnswer,
  AzurePort,
  AzureQuestion,
  PermissionSet,
  SuppliedCertificate,
  WriteOptions,
} from '../core/ports';
import type { ResourceWrite } from '../core/plan/change';
import { asArray, asObjects, asString, asStrings, type JsonObject } from '../core/resources/json';
import { childId, resourceTypeOf } from '../core/resources/resourceId';
import { apiVersionFor, TYPES } from '../core/resources/resourceTypes';
import type { SnapshotEntry } from '../core/resources/snapshot';
import type { NetworkAdapter } from './adapters/network';
import type { ResourcesAdapter } from './adapters/resources';
import type { SendToArm, WriteAdapter } from './adapters/adapter';
import { ArmKeys } from './armKeys';
import { toAzureError, toSnapshotEntry, toUnreadable } from './azureErrors';
import type { ClientSettings } from './clientSettings';
import { listByType } from './resourceGraph';
import type { CallService, DataPlane } from './dataPlane';
import { KeyVaultDataPlane } from './keyVaultDataPlane';
import { SearchDataPlane } from './searchDataPlane';

/** Far more than any list below a resource has; more means that the service repeats itself. */
const MAX_PAGES = 100;

const RESOURCE_GRAPH = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
const PERMISSIONS = { path: 'providers/Microsoft.Authorization/permissions', apiVersion: '2022-04-01' };

interface Family {
  /** What the types of the family begin with. */
  readonly prefix: string;
  readonly load: 'network' | ((settings: ClientSettings, send: SendToArm) => Promise<WriteAdapter>);
}

/** The SDK for each family of types, each in a bundle of its own; the more special prefix first. */
const FAMILIES: readonly Family[] = [
  {
    prefix: TYPES.privateDnsZone,
    load: async (settings) => (await import('./adapters/privateDns')).createPrivateDnsAdapter(settings),
  },
  { prefix: 'microsoft.network/', load: 'network' },
  {
    prefix: TYPES.cognitiveAccount,
    load: async (settings) => (await import('./adapters/cognitiveServices')).createCognitiveServicesAdapter(settings),
  },
  {
    prefix: TYPES.searchService,
    load: async (settings, send) => (await import('./adapters/search')).createSearchAdapter(settings, send),
  },
  {
    prefix: TYPES.storageAccount,
    load: async (settings, send) => (await import('./adapters/storage')).createStorageAdapter(settings, send),
  },
  {
    prefix: 'microsoft.web/',
    load: async (settings, send) => (await import('./adapters/appService')).createAppServiceAdapter(settings, send),
  },
  {
    prefix: TYPES.roleAssignment,
    load: async (settings) => (await import('./adapters/authorization')).createAuthorizationAdapter(settings),
  },
];

/** The real side of `AzurePort`: each SDK is loaded when the first resource of its family is written. */
export class ArmPort implements AzurePort {
  private readonly adapters = new Map<string, Promise<WriteAdapter>>();
  private resourcesAdapter: Promise<ResourcesAdapter> | undefined;
  private networkAdapter: Promise<NetworkAdapter> | undefined;
  readonly keys: ArmKeys;
  /** Of services whose resources Azure Resource Manager does not know. */
  private readonly dataPlanes: readonly DataPlane[];
  private readonly vaults: KeyVaultDataPlane;

  /** @param callService Sends a request to the data plane of a service, from wherever its owner would. */
  constructor(
    private readonly settings: ClientSettings,
    callService: CallService,
  ) {
    this.keys = new ArmKeys(settings, async () => (await this.resources()).send);
    this.vaults = new KeyVaultDataPlane(settings, callService, (id, signal) => this.read(id, signal));
    this.dataPlanes = [new SearchDataPlane(settings.cloud, callService), this.vaults];
  }

  async read(id: string, signal: AbortSignal): Promise<SnapshotEntry> {
    const dataPlane = this.dataPlanes.find((each) => each.has(id));
    if (dataPlane !== undefined) return dataPlane.read(id, signal);
    const apiVersion = apiVersionFor(id);
    if (apiVersion === undefined) {
      return { state: 'unreadable', reason: 'failed', detail: `No API version is known for ${resourceTypeOf(id)}.` };
    }
    try {
      const body = await this.withAllPages(await (await this.resources()).readById(id, apiVersion, signal), signal);
      return { state: 'present', resource: { ...body, id: asString(body['id']) ?? id } };
    } catch (error) {
      signal.throwIfAborted();
      return toSnapshotEntry(error);
    }
  }

  /** A list with the items of its further pages: what is on a later page is not absent. */
  private async withAllPages(first: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const origin = this.settings.loopback?.origin ?? this.settings.cloud.resourceManager;
    const items = [...asArray(first['value'])];
    let next = asString(first['nextLink']);
    for (let pages = 1; next !== undefined && pages < MAX_PAGES; pages += 1) {
      // A link that leads elsewhere is not followed: the token goes along.
      if (!next.startsWith(`${origin}/`)) throw new Error('Azure gave a next page on another host.');
      const page = await (await this.resources()).send('GET', next.slice(origin.length), undefined, signal);
      items.push(...asArray(page['value']));
      next = asString(page['nextLink']);
    }
    return 'nextLink' in first ? { ...first, value: items, nextLink: null } : first;
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
        actions: asStrings(entry['actions']),
        notActions: asStrings(entry['notActions']),
        dataActions: asStrings(entry['dataActions']),
        notDataActions: asStrings(entry['notDataActions']),
      }));
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  async ask({ path, apiVersion, body }: AzureQuestion, signal: AbortSignal): Promise<AzureAnswer> {
    try {
      const { send } = await this.resources();
      return { state: 'answered', body: await send('POST', `${path}?api-version=${apiVersion}`, body, signal) };
    } catch (error) {
      signal.throwIfAborted();
      return toUnreadable(error);
    }
  }

  private resources(): Promise<ResourcesAdapter> {
    this.resourcesAdapter ??= import('./adapters/resources').then((sdk) => sdk.createResourcesAdapter(this.settings));
    return this.resourcesAdapter;
  }

  async vpnClientPackage(gateway: string, options: WriteOptions): Promise<string> {
    try {
      return await (await this.network()).vpnClientPackage(gateway, options);
    } catch (error) {
      options.signal.throwIfAborted();
      throw toAzureError(error);
    }
  }

  importCertificate(id: string, supplied: SuppliedCertificate, signal: AbortSignal): Promise<void> {
    return this.vaults.importCertificate(id, supplied, signal);
  }

  /** A key of a subscription of API Management, a secret; undefined where it may not be read. */
  async subscriptionKey(subscription: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.keys.copy({ role: 'apiManagement', id: subscription }, 'primary', signal);
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  private network(): Promise<NetworkAdapter> {
    this.networkAdapter ??= import('./adapters/network').then((sdk) => sdk.createNetworkAdapter(this.settings));
    return this.networkAdapter;
  }

  private adapterFor(id: string): Promise<WriteAdapter> {
    const type = resourceTypeOf(id);
    const dataPlane = this.dataPlanes.find((each) => each.has(id));
    if (dataPlane !== undefined) return Promise.resolve(dataPlane);
    const family = FAMILIES.find(({ prefix }) => type.startsWith(prefix));
    if (family === undefined) return this.resources();
    if (family.load === 'network') return this.network();
    const load = family.load;
    return this.once(family.prefix, async () => load(this.settings, (await this.resources()).send));
  }

  private once(family: string, load: () => Promise<WriteAdapter>): Promise<WriteAdapter> {
    const loading = this.adapters.get(family) ?? load();
    this.adapters.set(family, loading);
    return loading;
  }
}
