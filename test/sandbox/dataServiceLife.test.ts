import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { inForce, propertiesOf } from '../../src/sandbox/arm/resourceStore';
import { createAzure } from '../../src/sandbox/createAzure';
import { principalOf } from '../../src/sandbox/directory/identities';
import { resolveName } from '../../src/sandbox/positions/resolver';
import {
  endpointId,
  networkId,
  privateEndpoint,
  REGISTERED,
  resourceGroup,
  searchService,
  searchServiceId,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
} from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';

const search = searchServiceId('rg', 'contoso-search');
const storage = storageAccountId('rg', 'contosodocs');
const VERSION: Readonly<Record<string, string>> = { [search]: '2025-05-01', [storage]: '2025-06-01' };
const BODY: Readonly<Record<string, JsonObject>> = {
  [search]: { location: 'eastus', sku: { name: 'basic' } },
  [storage]: { location: 'eastus', kind: 'StorageV2', sku: { name: 'Standard_LRS' } },
};
const HOST: Readonly<Record<string, string>> = {
  [search]: 'contoso-search.search.windows.net',
  [storage]: 'contosodocs.blob.core.windows.net',
};
const SERVICES = [
  ['a search service', search],
  ['a storage account', storage],
] as const;

/** An Azure at a time that stands still until it is told to go on. */
function azureWith(steps: readonly SeedStep[]) {
  let time = Date.parse('2026-01-05T09:00:00Z');
  const seed = { name: 'test', registered: REGISTERED, steps: [resourceGroup('rg', 'eastus'), ...steps] };
  const { azure, gateway } = createAzure(seed, 1, () => time);
  const send = (method: string, path: string, body?: JsonObject) =>
    gateway.answer({
      method,
      path,
      query: new Map([['api-version', VERSION[path] ?? '2025-03-01']]),
      headers: {},
      body,
      origin: 'http://sandbox',
      endpoint: 'http://sandbox',
    });
  const wait = (seconds: number) => {
    time += seconds * 1000;
    azure.operations.settle();
  };
  return { azure, send, wait };
}

describe.each(SERVICES)('%s', (_, id) => {
  it('has no name before it is there', () => {
    const { azure, send, wait } = azureWith([]);
    send('PUT', id, BODY[id]);
    const statusOf = () => resolveName(azure, { kind: 'internet' }, HOST[id] ?? '').status;
    expect(statusOf()).toBe('noSuchName');
    wait(600);
    expect(statusOf()).toBe('found');
  });

  it('has an identity that the directory knows, until it is gone', () => {
    const { azure, send, wait } = azureWith([]);
    send('PUT', id, { ...BODY[id], identity: { type: 'SystemAssigned' } });
    wait(600);
    const resource = azure.store.get(id);
    const principal = (resource && principalOf(resource)) ?? '';
    expect(azure.directory.find(principal)?.type).toBe('ServicePrincipal');
    send('DELETE', id);
    expect(azure.directory.find(principal)).toBeUndefined();
  });

  it('gets another principal when its identity is switched off and on again', () => {
    const { azure, send, wait } = azureWith([]);
    send('PUT', id, { ...BODY[id], identity: { type: 'SystemAssigned' } });
    const principals = ['SystemAssigned', 'None', 'SystemAssigned'].map((type) => {
      wait(600);
      send('PATCH', id, { identity: { type } });
      const resource = azure.store.get(id);
      return resource && principalOf(resource);
    });
    expect(principals[1]).toBeUndefined();
    expect(principals[0]).not.toBe(principals[2]);
  });
});

describe('a search service that provisions', () => {
  it('goes by its old settings until that is over, though it shows the new ones', () => {
    const { azure, send, wait } = azureWith([searchService(search)]);
    const accessOf = () => {
      const service = azure.store.get(search);
      return (
        service && [propertiesOf(service), propertiesOf(inForce(service))].map((each) => each['publicNetworkAccess'])
      );
    };
    send('PATCH', search, { properties: { publicNetworkAccess: 'disabled' } });
    expect(accessOf()).toEqual(['Disabled', 'Enabled']);
    wait(600);
    expect(accessOf()).toEqual(['Disabled', 'Disabled']);
  });
});

describe('a connection that goes', () => {
  it('gives the search service a new etag, and the storage account has none', () => {
    const network = networkId('rg', 'vnet');
    const endpoint = endpointId('rg', 'pe');
    const { send, wait } = azureWith([
      searchService(search),
      storageAccount(storage),
      virtualNetwork(network, 'eastus', '10.0.0.0/16', { snet: '10.0.0.0/24' }),
      privateEndpoint(endpoint, 'eastus', subnetId(network, 'snet'), search, { group: 'searchService' }),
    ]);
    const etagOf = (id: string) => send('GET', id).headers?.['etag'];
    const before = etagOf(search);
    send('DELETE', endpoint);
    wait(600);
    expect(etagOf(search)).not.toBe(before);
    expect(etagOf(storage)).toBeUndefined();
  });
});
