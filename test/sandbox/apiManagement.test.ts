import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { networkId, put, REGISTERED, resourceGroup, subnetId, virtualNetwork } from '../../src/sandbox/worlds/builders';
import {
  allow,
  apiManagement,
  apiManagementRules,
  securityGroup,
  securityGroupId,
  serviceId,
} from '../../src/sandbox/worlds/edgeBuilders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = '?api-version=2024-05-01';
const network = networkId('rg', 'vnet');
const subnet = subnetId(network, 'apim');
const group = securityGroupId('rg', 'nsg');
const service = serviceId('rg', 'contoso-apim');
const TLS10 = 'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10';
const TLS11 = 'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls11';

const places = (rules: Readonly<Record<string, JsonObject>> = apiManagementRules): readonly SeedStep[] => [
  resourceGroup('rg', 'eastus'),
  virtualNetwork(network, 'eastus', '10.0.0.0/16', { bare: '10.0.1.0/27' }),
  securityGroup(group, 'eastus', rules),
  put(subnet, { properties: { addressPrefix: '10.0.0.0/27', networkSecurityGroup: { id: group } } }),
];
const outside = [...places(), apiManagement(service, 'eastus')];
const inWorld = <Result>(steps: readonly SeedStep[], use: (client: SandboxClient) => Promise<Result>) =>
  withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, (client) => use(client));
const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];
const url = (path = '') => `${service}${path}${VERSION}`;
const intoSubnet = (id = subnet): JsonObject => ({
  properties: { virtualNetworkType: 'Internal', virtualNetworkConfiguration: { subnetResourceId: id } },
});
const deny = (destination: string, port: string) => ({
  Deny: allow('out', '*', destination, port, { access: 'Deny', protocol: '*' }),
  ...apiManagementRules,
});

describe('an API Management service of a classic tier', () => {
  it('takes twenty minutes to be activated, as in life, and then has a public address', () =>
    inWorld([resourceGroup('rg', 'eastus')], async (client) => {
      const properties = { publisherEmail: 'admin@contoso.com', publisherName: 'Contoso' };
      const first = await client.put(url(), {
        location: 'eastus',
        sku: { name: 'Developer', capacity: 1 },
        properties,
      });
      expect([first.status, at(first.body, 'properties', 'provisioningState')]).toEqual([201, 'Activating']);
      expect(await client.follow(first)).toHaveLength(64);
      const { body } = await client.get(url());
      expect(at(body, 'properties')).toMatchObject({
        provisioningState: 'Succeeded',
        platformVersion: 'stv2',
        privateIPAddresses: null,
        publicIPAddresses: ['198.51.100.150'],
      });
    }));

  it('goes into a subnet in internal mode, and gets a private address there', () =>
    inWorld(outside, async (client) => {
      const first = await client.patch(url(), intoSubnet());
      expect(first.status).toBe(200);
      expect((await client.follow(first)).at(-1)).toBe('200 Succeeded');
      expect(at((await client.get(url())).body, 'properties')).toMatchObject({
        virtualNetworkType: 'Internal',
        privateIPAddresses: ['10.0.0.4'],
      });
      expect(codeOf(await client.delete(`${subnet}?api-version=2025-01-01`))).toEqual([
        400,
        'InUseSubnetCannotBeDeleted',
      ]);
    }));

  it('takes one change at a time, of itself or of what is in it', () =>
    inWorld(outside, async (client) => {
      await client.patch(url(), intoSubnet());
      const locked = [409, 'ServiceLocked'];
      expect(codeOf(await client.patch(url(), { properties: { publicNetworkAccess: 'Disabled' } }))).toEqual(locked);
      expect(
        codeOf(await client.put(url('/backends/b'), { properties: { url: 'https://x', protocol: 'http' } })),
      ).toEqual(locked);
      expect((await client.get(url())).status).toBe(200);
    }));

  it.each<[string, SeedStep | undefined, string, string]>([
    ['has no network security group', undefined, subnetId(network, 'bare'), 'NetworkSecurityGroupNotFound'],
    [
      'is delegated',
      put(subnet, {
        properties: {
          addressPrefix: '10.0.0.0/27',
          networkSecurityGroup: { id: group },
          delegations: [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
        },
      }),
      subnet,
      'InvalidParameters',
    ],
    ['is too small', put(subnetId(network, 'small'), small()), subnetId(network, 'small'), 'InvalidParameters'],
  ])('is refused a subnet that %s', (_, step, wanted, code) =>
    inWorld([...outside, ...(step ? [step] : [])], async (client) => {
      const two = { sku: { name: 'Premium', capacity: 2 }, ...intoSubnet(wanted) };
      expect(codeOf(await client.patch(url(), two))).toEqual([400, code]);
    }),
  );

  it.each([
    ['storage', deny('Storage', '443')],
    ['everything outside', deny('Internet', '*')],
    ['management', { Deny: allow('in', '*', '*', '3443', { access: 'Deny' }), ...apiManagementRules }],
    ['nothing, but allows nothing either', {}],
  ])('fails to be activated where an earlier rule denies %s', (_, rules) =>
    inWorld([...places(rules), apiManagement(service, 'eastus')], async (client) => {
      const first = await client.patch(url(), intoSubnet());
      expect((await client.follow(first)).at(-1)).toBe('200 Failed');
      const end = await client.get(first.headers['azure-asyncoperation'] ?? '');
      expect(at(end.body, 'error', 'code')).toBe('ActivationFailed');
      expect(at((await client.get(url())).body, 'properties')).toMatchObject({
        provisioningState: 'Failed',
        virtualNetworkType: 'None',
      });
    }),
  );

  it('tells what its network keeps from it, and cannot be managed where that is Azure itself', () =>
    inWorld([...places(), apiManagement(service, 'eastus', { subnet })], async (client) => {
      const statuses = async () => {
        const list = at((await client.get(url('/networkstatus'))).body, 0, 'networkStatus', 'connectivityStatus');
        return (list as unknown as readonly JsonObject[]).filter(({ status }) => status === 'failure').length;
      };
      expect(await statuses()).toBe(0);
      const rule = { properties: { ...allow('in', '*', '*', '3443', { access: 'Deny' }), priority: 4000 } };
      const ruleUrl = (name: string) => `${group}/securityRules/${name}?api-version=2025-01-01`;
      await client.follow(await client.put(ruleUrl('Late'), rule));
      expect(await statuses()).toBe(0);
      await client.follow(await client.delete(ruleUrl('AllowManagement')));
      expect(await statuses()).toBe(1);
      const backend = { properties: { url: 'https://x', protocol: 'http' } };
      expect(codeOf(await client.put(url('/backends/b'), backend))).toEqual([422, 'ManagementApiRequestFailed']);
    }));

  it('resets every custom property that a write of some does not send', () =>
    inWorld(outside, async (client) => {
      const set = async (customProperties: JsonObject) => {
        await client.follow(await client.patch(url(), { properties: { customProperties } }));
        return at((await client.get(url())).body, 'properties', 'customProperties') as JsonObject;
      };
      expect(await set({ [TLS10]: 'true' })).toMatchObject({ [TLS10]: 'True', [TLS11]: 'False' });
      expect(await set({ [TLS11]: 'true' })).toMatchObject({ [TLS10]: 'False', [TLS11]: 'True' });
      const unknown = await client.patch(url(), { properties: { customProperties: { 'Some.Thing': 'true' } } });
      expect(codeOf(unknown)).toEqual([400, 'InvalidParameters']);
    }));

  it('keeps its name after it is gone, until it is purged or restored', () =>
    inWorld(outside, async (client) => {
      const shown = (await client.get(url())).body as JsonObject;
      await client.follow(await client.delete(url()));
      expect(codeOf(await client.put(url(), shown))).toEqual([409, 'ServiceAlreadyExistsInSoftDeletedState']);
      const deleted = `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.ApiManagement/locations/eastus/deletedservices/contoso-apim${VERSION}`;
      expect((await client.get(deleted)).status).toBe(200);
      await client.follow(await client.delete(deleted));
      expect((await client.put(url(), shown)).status).toBe(201);
    }));

  it.each(['BasicV2', 'StandardV2', 'Basic'])('cannot be put into a subnet in the tier %s', (tier) =>
    inWorld([...places(), apiManagement(service, 'eastus', { tier })], async (client) => {
      expect(codeOf(await client.patch(url(), intoSubnet()))).toEqual([400, 'InvalidParameters']);
    }),
  );
});

describe('what is in a service', () => {
  const policy = (inbound: string) => `<policies><inbound>${inbound}</inbound><backend /><outbound /></policies>`;

  it('refuses a policy that is not well-formed, or refers to a backend that is not there', () =>
    inWorld(outside, async (client) => {
      const write = (value: string) => client.put(url('/policies/policy'), { properties: { format: 'rawxml', value } });
      expect(codeOf(await write('<policies><inbound></policies>'))).toEqual([400, 'ValidationError']);
      expect(codeOf(await write(policy('<set-backend-service backend-id="none" />')))).toEqual([
        400,
        'ValidationError',
      ]);
    }));

  it('gives a policy back indented, with its expressions escaped unless it is asked for raw', () =>
    inWorld(outside, async (client) => {
      const header = '<set-header name="A"><value>@("Bearer " + (string)context.Variables["t"])</value></set-header>';
      const properties = { format: 'rawxml', value: policy(header) };
      await client.put(url('/policies/policy'), { properties });
      const escaped = at((await client.get(url('/policies/policy'))).body, 'properties', 'value');
      expect(escaped).toContain('\r\n\t\t<set-header name="A">');
      expect(escaped).toContain('@(&quot;Bearer &quot;');
      const raw = await client.get(`${url('/policies/policy')}&format=rawxml`);
      expect(at(raw.body, 'properties', 'value')).toContain(
        '<value>@("Bearer " + (string)context.Variables["t"])</value>',
      );
      const again = { format: 'xml', value: escaped ?? '' };
      expect(at((await client.put(url('/policies/policy'), { properties: again })).body, 'properties', 'value')).toBe(
        escaped,
      );
    }));

  it('makes the operations of an API from its definition, and lets no two APIs have one path', () =>
    inWorld(outside, async (client) => {
      const definition = {
        openapi: '3.0.1',
        info: { title: 'Chat' },
        paths: { '/chat': { post: { operationId: 'chat' } } },
      };
      const properties = { path: 'openai', format: 'openapi+json', value: JSON.stringify(definition) };
      expect((await client.put(url('/apis/chat'), { properties })).status).toBe(201);
      expect(at((await client.get(url('/apis/chat'))).body, 'properties')).toMatchObject({
        displayName: 'Chat',
        subscriptionRequired: true,
      });
      expect(at((await client.get(url('/apis/chat/operations/chat'))).body, 'properties', 'method')).toBe('POST');
      expect(codeOf(await client.put(url('/apis/other'), { properties }))).toEqual([400, 'ValidationError']);
    }));

  it('tells keys of subscriptions and secret values only to those who ask for them', () =>
    inWorld(outside, async (client) => {
      await client.put(url('/subscriptions/team'), { properties: { scope: '/apis', displayName: 'Team' } });
      await client.put(url('/namedValues/hidden'), {
        properties: { displayName: 'hidden', value: 'abc', secret: true },
      });
      expect(at((await client.get(url('/subscriptions/team'))).body, 'properties', 'primaryKey')).toBeUndefined();
      expect(at((await client.get(url('/namedValues/hidden'))).body, 'properties', 'value')).toBeUndefined();
      const { body } = await client.post(url('/subscriptions/team/listSecrets'));
      expect(at(body, 'primaryKey')).toMatch(/^sandbox-apim-primary/);
    }));

  it('makes keys of subscriptions anew one by one, tells the new ones on request only, and keeps them', () =>
    inWorld(outside, async (client) => {
      const team = { properties: { scope: '/apis', displayName: 'Team' } };
      await client.put(url('/subscriptions/team'), team);
      const keys = async () => (await client.post(url('/subscriptions/team/listSecrets'))).body as JsonObject;
      const before = await keys();
      const made = await client.post(url('/subscriptions/team/regenerateSecondaryKey'));
      expect([made.status, made.body]).toEqual([204, undefined]);
      const between = await keys();
      expect([between['primaryKey'], between['secondaryKey'] === before['secondaryKey']]).toEqual([
        before['primaryKey'],
        false,
      ]);
      await client.post(url('/subscriptions/team/regeneratePrimaryKey'));
      await client.put(url('/subscriptions/team'), team);
      const after = await keys();
      expect([after['primaryKey'] === before['primaryKey'], after['secondaryKey']]).toEqual([
        false,
        between['secondaryKey'],
      ]);
      const shown = JSON.stringify((await client.get(url('/subscriptions/team'))).body);
      expect(shown).not.toMatch(/keyGenerations|sandbox-apim/);
      await client.patch(url(), intoSubnet());
      expect((await client.post(url('/subscriptions/team/regeneratePrimaryKey'))).status).toBe(409);
    }));

  it('keeps its secrets, and those of certificates, out of what is recorded', async () => {
    const recorded: string[] = [];
    const world = { name: 'test', registered: REGISTERED, steps: outside };
    await withSandbox({ world, onExchange: (each) => recorded.push(JSON.stringify(each)) }, async (client) => {
      await client.put(url('/subscriptions/team'), { properties: { scope: '/apis', displayName: 'Team' } });
      await client.put(url('/namedValues/n'), { properties: { displayName: 'n', value: 'shh', secret: true } });
      await client.post(url('/namedValues/n/listValue'));
      const credentials = { instrumentationKey: 'shh' };
      await client.put(url('/loggers/l'), { properties: { loggerType: 'applicationInsights', credentials } });
      const sslCertificates = [{ name: 'c', properties: { data: 'shh', password: 'shh' } }];
      const gateway = `${group.slice(0, group.indexOf('/networkSecurityGroups/'))}/applicationGateways/gw`;
      await client.put(`${gateway}?api-version=2025-01-01`, { location: 'eastus', properties: { sslCertificates } });
    });
    expect(recorded).toHaveLength(5);
    expect(recorded.join()).not.toMatch(/shh|sandbox-apim-primary/);
  });

  it('tells the products that an API is in', () =>
    inWorld(outside, async (client) => {
      await client.put(url('/apis/chat'), { properties: { path: 'chat' } });
      const products = async () => at((await client.get(url('/apis/chat/products'))).body, 'value');
      expect(await products()).toEqual([]);
      await client.put(url('/products/ai'), { properties: { displayName: 'AI' } });
      await client.put(url('/products/ai/apis/chat'), {});
      expect(await products()).toMatchObject([{ id: `${service}/products/ai`, name: 'ai' }]);
    }));

  it('lets nobody manage the service directly until that is switched on', () =>
    inWorld(outside, async (client) => {
      const enabled = async () => at((await client.get(url('/tenant/access'))).body, 'properties', 'enabled');
      expect(await enabled()).toBe(false);
      await client.patch(url('/tenant/access'), { properties: { enabled: true } });
      expect(await enabled()).toBe(true);
    }));
});

function small(): JsonObject {
  return { properties: { addressPrefix: '10.0.2.0/29', networkSecurityGroup: { id: group } } };
}
