import { SearchManagementClient } from '@azure/arm-search';
import { StorageManagementClient } from '@azure/arm-storage';
import { CognitiveServicesManagementClient } from '@azure/arm-cognitiveservices';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { account, accountId, REGISTERED, resourceGroup } from '../../src/sandbox/worlds/builders';
import { AT_ONCE, sdkAccess } from './sdkAccess';

const GROUP = 'rg';
const OPENAI = accountId(GROUP, 'contoso');

describe('the unmodified SDKs of AI Search and Storage', () => {
  let sandbox: Sandbox;
  let search: SearchManagementClient;
  let storage: StorageManagementClient;
  let cognitive: CognitiveServicesManagementClient;

  beforeAll(async () => {
    const steps = [resourceGroup(GROUP, 'eastus'), account(OPENAI, { properties: { customSubDomainName: 'contoso' } })];
    sandbox = await startSandbox({ world: { name: 'test', registered: REGISTERED, steps } });
    const { credential, options } = sdkAccess(sandbox);
    search = new SearchManagementClient(credential, sandbox.subscriptionId, options);
    storage = new StorageManagementClient(credential, sandbox.subscriptionId, options);
    cognitive = new CognitiveServicesManagementClient(credential, sandbox.subscriptionId, options);
  });
  afterAll(() => sandbox.stop());

  const settled = async () => {
    for (let reads = 0; reads < 60; reads += 1) {
      const service = await search.services.get(GROUP, 'contoso-search');
      if (service.provisioningState === 'succeeded') return service;
    }
    throw new Error('The service never came to rest.');
  };

  it('create a search service, which is told by its provisioning state alone', async () => {
    const service = await search.services.beginCreateOrUpdateAndWait(
      GROUP,
      'contoso-search',
      { location: 'eastus', sku: { name: 'basic' }, replicaCount: 1, partitionCount: 1 },
      AT_ONCE,
    );
    expect(service).toMatchObject({
      provisioningState: 'succeeded',
      status: 'running',
      publicNetworkAccess: 'Enabled',
      authOptions: { apiKeyOnly: {} },
      networkRuleSet: { bypass: 'None', ipRules: [] },
    });
  });

  it('update it with a PATCH that returns before it is in force', async () => {
    const updated = await search.services.update(GROUP, 'contoso-search', {
      identity: { type: 'SystemAssigned' },
      publicNetworkAccess: 'disabled',
      networkRuleSet: { bypass: 'AzureServices' },
    });
    expect(updated.provisioningState).toBe('provisioning');
    const service = await settled();
    expect(service).toMatchObject({ publicNetworkAccess: 'Disabled', networkRuleSet: { bypass: 'AzureServices' } });
    expect(service.identity?.principalId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('turn keys off, with an explicit null for the options of authentication', async () => {
    const both = { aadOrApiKey: { aadAuthFailureMode: 'http401WithBearerChallenge' } } as const;
    expect((await search.services.update(GROUP, 'contoso-search', { authOptions: both })).authOptions).toEqual(both);
    const off = await search.services.update(GROUP, 'contoso-search', {
      disableLocalAuth: true,
      authOptions: null as never,
    });
    expect(off.disableLocalAuth).toBe(true);
    expect(off.authOptions ?? undefined).toBeUndefined();
  });

  it('make a shared private link, and approve it at the account', async () => {
    const link = await search.sharedPrivateLinkResources.beginCreateOrUpdateAndWait(
      GROUP,
      'contoso-search',
      'to-openai',
      { properties: { groupId: 'openai_account', privateLinkResourceId: OPENAI, requestMessage: 'Please approve' } },
      AT_ONCE,
    );
    expect(link.properties).toMatchObject({ status: 'Pending', provisioningState: 'Succeeded' });
    const { value = [] } = await cognitive.privateEndpointConnections.list(GROUP, 'contoso');
    const pending = value.find(({ name }) => name?.split('/').at(-1)?.startsWith('to-openai.'));
    expect(pending?.properties?.groupIds).toEqual(['account']);
    await cognitive.privateEndpointConnections.beginCreateOrUpdateAndWait(
      GROUP,
      'contoso',
      pending?.name?.split('/').at(-1) ?? '',
      { properties: { privateLinkServiceConnectionState: { status: 'Approved' }, groupIds: ['account'] } },
      AT_ONCE,
    );
    const approved = await search.sharedPrivateLinkResources.get(GROUP, 'contoso-search', 'to-openai');
    expect(approved.properties?.status).toBe('Approved');
    await search.sharedPrivateLinkResources.beginDeleteAndWait(GROUP, 'contoso-search', 'to-openai', AT_ONCE);
    expect((await cognitive.privateEndpointConnections.list(GROUP, 'contoso')).value).toEqual([]);
  });

  it('list the keys and what can be linked privately', async () => {
    expect((await search.adminKeys.get(GROUP, 'contoso-search')).primaryKey).toMatch(/primary/);
    const before = await search.adminKeys.get(GROUP, 'contoso-search');
    const after = await search.adminKeys.regenerate(GROUP, 'contoso-search', 'secondary');
    expect([after.primaryKey === before.primaryKey, after.secondaryKey === before.secondaryKey]).toEqual([true, false]);
    const zones: (string | undefined)[] = [];
    for await (const { properties } of search.privateLinkResources.listSupported(GROUP, 'contoso-search')) {
      zones.push(...(properties?.requiredZoneNames ?? []));
    }
    expect(zones).toEqual(['privatelink.search.windows.net']);
  });

  it('create a storage account, and get it as the result', async () => {
    expect(
      (
        await storage.storageAccounts.checkNameAvailability({
          name: 'contosodocs',
          type: 'Microsoft.Storage/storageAccounts',
        })
      ).nameAvailable,
    ).toBe(true);
    const created = await storage.storageAccounts.create(
      GROUP,
      'contosodocs',
      {
        location: 'eastus',
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS' },
      },
      AT_ONCE,
    );
    expect(created).toMatchObject({ provisioningState: 'Succeeded', minimumTlsVersion: 'TLS1_2' });
    expect(created.publicNetworkAccess).toBeUndefined();
    expect(created.allowSharedKeyAccess).toBeUndefined();
  });

  it('update it at once, and show the rules under the names of the SDK', async () => {
    const updated = await storage.storageAccounts.update(GROUP, 'contosodocs', {
      networkRuleSet: {
        defaultAction: 'Deny',
        bypass: 'AzureServices',
        ipRules: [{ iPAddressOrRange: '203.0.113.0/24' }],
      },
      publicNetworkAccess: 'Disabled',
      allowSharedKeyAccess: false,
    });
    expect(updated).toMatchObject({
      networkRuleSet: { defaultAction: 'Deny', ipRules: [{ iPAddressOrRange: '203.0.113.0/24', action: 'Allow' }] },
      publicNetworkAccess: 'Disabled',
      allowSharedKeyAccess: false,
    });
    const { keys = [] } = await storage.storageAccounts.listKeys(GROUP, 'contosodocs');
    expect(keys.map(({ keyName }) => keyName)).toEqual(['key1', 'key2']);
  });

  it('make a container and list it', async () => {
    await storage.blobContainers.create(GROUP, 'contosodocs', 'documents', {});
    const names: (string | undefined)[] = [];
    for await (const container of storage.blobContainers.list(GROUP, 'contosodocs')) names.push(container.name);
    expect(names).toEqual(['documents']);
  });

  it('delete both', async () => {
    await storage.storageAccounts.delete(GROUP, 'contosodocs');
    await search.services.delete(GROUP, 'contoso-search');
    await expect(search.services.get(GROUP, 'contoso-search')).rejects.toMatchObject({ code: 'ResourceNotFound' });
    await expect(storage.storageAccounts.getProperties(GROUP, 'contosodocs')).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});
