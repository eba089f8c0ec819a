import { AzureError, type KeyedService, type KeyPort } from '../core/ports';
import { asString, isJsonObject } from '../core/resources/json';
import { readPath } from '../core/resources/propertyPath';
import { childId, resourceName } from '../core/resources/resourceId';
import { versioned, type KeyAdapter, type SendToArm } from './adapters/adapter';
import type { SearchKeyAdapter } from './adapters/search';
import { withoutSecrets } from './azureErrors';
import type { ClientSettings } from './clientSettings';

/** The real side of `KeyPort`. Keys are held for the time of one call, and are in no error that it throws. */
export class ArmKeys implements KeyPort {
  constructor(
    private readonly settings: ClientSettings,
    private readonly send: () => Promise<SendToArm>,
  ) {}

  slotsInUse(service: KeyedService, app: string, signal: AbortSignal): Promise<readonly string[]> {
    return withoutSecrets(signal, async () => {
      const path = versioned(childId(app, 'config', 'appsettings', 'list'));
      const settings = readPath(await (await this.send())('POST', path, undefined, signal), 'properties');
      const values = isJsonObject(settings) ? Object.values(settings).map((value) => asString(value) ?? '') : [];
      const keys = Object.entries(await (await this.adapter(service)).list(service.id, signal));
      // A connection string has the key somewhere in it.
      return keys.flatMap(([slot, key]) => (key && values.some((value) => value.includes(key)) ? [slot] : []));
    });
  }

  regenerate(service: KeyedService, slot: string, signal: AbortSignal): Promise<void> {
    return withoutSecrets(signal, async () => (await this.adapter(service)).regenerate(service.id, slot, signal));
  }

  copy(service: KeyedService, slot: string, signal: AbortSignal): Promise<string> {
    return withoutSecrets(signal, async () => {
      const key = (await (await this.adapter(service)).list(service.id, signal))[slot];
      if (key === undefined) throw notFound(slot, service.id);
      return key;
    });
  }

  queryKeys(search: string, signal: AbortSignal): Promise<readonly string[]> {
    return withoutSecrets(signal, async () =>
      (await (await this.search()).queryKeys(search, signal)).map(({ name }) => name),
    );
  }

  createQueryKey(search: string, name: string, signal: AbortSignal): Promise<void> {
    return withoutSecrets(signal, async () => (await this.search()).createQueryKey(search, name, signal));
  }

  async deleteQueryKey(search: string, name: string, signal: AbortSignal): Promise<void> {
    const keys = await withoutSecrets(signal, async () => (await this.search()).queryKeys(search, signal));
    const [found, ...others] = keys.filter((each) => each.name === name);
    if (found === undefined) throw notFound(name, search);
    if (others.length > 0) {
      const message = `${resourceName(search)} has several query keys with this name.`;
      throw new AzureError('AmbiguousName', message, undefined, undefined);
    }
    const remove = async () => (await this.search()).deleteQueryKey(search, found.key, signal);
    return withoutSecrets(signal, remove, [found.key]);
  }

  private async adapter({ role }: KeyedService): Promise<KeyAdapter> {
    switch (role) {
      case 'openAi':
        return (await import('./adapters/cognitiveServices')).createOpenAiKeys(this.settings);
      case 'storage':
        return (await import('./adapters/storage')).createStorageKeys(this.settings);
      case 'search':
        return this.search();
      case 'apiManagement':
        return (await import('./adapters/resources')).createSubscriptionKeys(this.settings, await this.send());
    }
  }

  private async search(): Promise<SearchKeyAdapter> {
    return (await import('./adapters/search')).createSearchKeys(this.settings);
  }
}

function notFound(name: string, id: string): AzureError {
  return new AzureError('KeyNotFound', `${resourceName(id)} has no key called “${name}”.`, undefined, undefined);
}
