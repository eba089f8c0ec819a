import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import {
  at,
  EDGE,
  edgeSetup,
  edgeSubnet,
  edgeWorld,
  nameFor,
  rule,
  securityGroup,
  service,
} from '../support/edgeWorlds';
import { ID, linkId, zoneId } from '../support/ids';
import { afterChanges, before, blockedOf, changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { link, zone } from '../support/resources';
import type { WireResource } from '../../../src/core/resources/snapshot';

const SETUP = edgeSetup();
const reading = { setup: SETUP };

/** The subnet and its group, and a service in it. */
const place = (prefix = '10.0.2.0/27'): readonly WireResource[] => [
  edgeSubnet(EDGE.serviceSubnet, prefix, EDGE.serviceGroup),
  securityGroup(
    EDGE.serviceGroup,
    rule('Management', { priority: 200, from: 'ApiManagement', to: 'VirtualNetwork', ports: '3443' }),
  ),
];
const withService = (patch: JsonObject = {}, ...others: readonly WireResource[]) =>
  edgeWorld(...place(), service(patch), ...others);
const plan = (world: ReturnType<typeof edgeWorld>, ...steps: readonly string[]) => planOf(world, reading, steps);
const statusOn = (step: string, patch: JsonObject) => findingOf(step, withService(patch), reading).status;

describe('apim-service', () => {
  const step = 'apim-service';

  test('is made inside of the network at once, with an identity and hardened, so that Azure is waited for once', () => {
    const world = edgeWorld();
    const made = plan(world, 'apim-hardening', 'apim-internal-vnet', 'apim-managed-identity');
    expect(blockedOf(made)).toEqual({});
    expect(changeOf(made, step)).toMatchObject({
      action: 'create',
      body: {
        location: 'japaneast',
        sku: { name: 'Developer', capacity: 1 },
        identity: { type: 'SystemAssigned' },
        properties: {
          publisherEmail: 'api@contoso.com',
          virtualNetworkType: 'Internal',
          virtualNetworkConfiguration: { subnetResourceId: EDGE.serviceSubnet },
          apiVersionConstraint: { minApiVersion: '2021-08-01' },
        },
      },
      risk: { kind: 'cost' },
    });
    const others = ['apim-hardening', 'apim-internal-vnet', 'apim-managed-identity'];
    expect(made.changes.filter((change) => others.includes(change.step))).toEqual([]);
  });

  test('comes after its subnet and the subnet’s group', () => {
    const made = plan(edgeWorld(), step);
    expect(before(made, changeOf(made, step).id).map((change) => change.step)).toEqual(
      expect.arrayContaining(['nsg-apim', 'subnet-apim']),
    );
  });

  test('says what it costs and how long it takes', () => {
    expect(english(changeOf(plan(edgeWorld(), step), step).risk.note)).toMatch(/US dollars.*30 to 45 minutes/);
  });

  test.each<[string, FindingStatus]>([
    ['Succeeded', 'compliant'],
    ['Activating', 'compliant'],
    ['Failed', 'nonCompliant'],
  ])('in the state %s is %s', (provisioningState, status) => {
    expect(statusOn(step, { properties: { provisioningState } })).toBe(status);
  });
});

describe('apim-managed-identity and rbac-apim-aoai-user', () => {
  test('an identity is switched on beside those of the user', () => {
    const world = withService({
      identity: { type: 'UserAssigned', userAssignedIdentities: { '/id': {} }, principalId: null },
    });
    expect(findingOf('apim-managed-identity', world, reading).status).toBe('nonCompliant');
    expect(changeOf(plan(world, 'apim-managed-identity'), 'apim-managed-identity').body).toMatchObject({
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { '/id': {} } },
    });
  });

  test('the identity gets the role of a user of Azure OpenAI, and no more', () => {
    const change = changeOf(plan(withService(), 'rbac-apim-aoai-user'), 'rbac-apim-aoai-user');
    expect(readPath(change.body, 'properties.roleDefinitionId')).toContain('5e0bd9bd-7b93-4f28-af87-19fc36ad61bd');
    expect(change.body).toMatchObject({ properties: { principalId: 'principal-of-contoso-apim' } });
    expect(change.resource).toContain(ID.account);
  });
});

describe('apim-internal-vnet', () => {
  const step = 'apim-internal-vnet';
  const outside = { virtualNetworkType: 'None', virtualNetworkConfiguration: null, privateIPAddresses: null };

  test.each<[string, JsonObject, FindingStatus]>([
    ['inside', {}, 'compliant'],
    ['on platform stv2.1', { properties: { platformVersion: 'stv2.1' } }, 'compliant'],
    ['on a platform that was retired', { properties: { platformVersion: 'stv1' } }, 'nonCompliant'],
    ['outside', { properties: outside }, 'nonCompliant'],
    ['open to both sides', { properties: { virtualNetworkType: 'External' } }, 'nonCompliant'],
    ['of a tier of v2', { sku: { name: 'StandardV2' }, properties: outside }, 'nonCompliant'],
    ['that is serverless', { sku: { name: 'Consumption' }, properties: outside }, 'nonCompliant'],
  ])('a service %s', (_, patch, status) => {
    expect(statusOn(step, patch)).toBe(status);
  });

  test('one outside is moved in, and out again', () => {
    expect(changeOf(plan(withService({ properties: outside }), step), step)).toMatchObject({
      action: 'update',
      body: {
        properties: {
          virtualNetworkType: 'Internal',
          virtualNetworkConfiguration: { subnetResourceId: EDGE.serviceSubnet },
        },
      },
      undo: {
        kind: 'restore',
        body: { properties: { virtualNetworkType: 'None', virtualNetworkConfiguration: null } },
      },
    });
  });

  test('one of the Developer tier answers nobody meanwhile, and says so before', () => {
    const notes = (patch: JsonObject) => findingOf(step, withService(patch), reading).notes?.map(english);
    expect(notes({ properties: outside })).toEqual([
      'A service of the Developer tier answers nobody while it is moved.',
    ]);
    expect(notes({ properties: outside, sku: { name: 'Premium' } })).toBeUndefined();
  });

  test('one whose tier cannot be inside is blocked, with the reason', () => {
    const world = withService({ sku: { name: 'BasicV2' }, properties: outside });
    expect(Object.keys(blockedOf(plan(world, step)))).toContain(step);
    expect(english(findingOf(step, world, reading).notes?.[0])).toContain('The tier BasicV2 cannot stand');
  });

  test('one that is in another subnet already is not moved', () => {
    const subnetResourceId = `${ID.network}/subnets/snet-gateways-of-others`;
    const world = withService({ properties: { virtualNetworkConfiguration: { subnetResourceId } } });
    expect(plan(world, step).changes.filter((change) => change.step === step)).toEqual([]);
    expect(english(findingOf(step, world, reading).notes?.[0])).toContain('inside of snet-gateways-of-others already');
  });

  test('one in another region than the network has to be another one', () => {
    const world = withService({ location: 'West Europe', properties: outside });
    expect(blockedOf(plan(world, step))[step]).toContain('location');
  });
});

describe('the names of API Management', () => {
  const HOSTS = ['', '.portal', '.developer', '.management', '.scm'].map((part) => `contoso-apim${part}.azure-api.net`);
  const STEPS = ['apim-private-dns-zone', 'apim-private-dns-link', 'apim-private-dns'];
  const allNames = HOSTS.flatMap((host) => nameFor(host, '@'));

  test('each has a zone of its own, a link and a record', () => {
    const world = withService({}, ...allNames);
    expect(STEPS.map((step) => findingOf(step, world, reading).status)).toEqual(STEPS.map(() => 'compliant'));
    const bare = plan(withService(), 'apim-private-dns');
    expect(blockedOf(bare)).toEqual({});
    expect(bare.changes.filter(({ step }) => step === 'apim-private-dns').map(({ resource }) => resource)).toEqual(
      HOSTS.map((host) => `${zoneId(host)}/A/@`),
    );
    const done = afterChanges(withService(), bare);
    expect(findingOf('apim-private-dns', done, reading).status).toBe('compliant');
  });

  test('the address of a service that is still to be made is taken from it then', () => {
    const made = plan(edgeWorld(), 'apim-private-dns');
    const records = made.changes.filter(({ step }) => step === 'apim-private-dns');
    expect(records[0]?.body).toMatchObject({
      properties: { aRecords: [{ ipv4Address: `[reference('${EDGE.service}').properties.privateIPAddresses[0]]` }] },
    });
    expect(before(made, records[0]?.id ?? '').map(({ step }) => step)).toContain('apim-service');
    const world = edgeWorld(service());
    const filled = afterChanges(world, { changes: made.changes.filter(({ step }) => STEPS.includes(step)) });
    expect(filled.get(`${zoneId(HOSTS[0])}/A/@`)).toMatchObject({
      properties: { aRecords: [{ ipv4Address: EDGE.address }] },
    });
  });

  test('a record that leads elsewhere is put right, and put back', () => {
    const world = withService({}, ...allNames, ...nameFor(HOSTS[0] ?? '', '@', '10.0.2.99'));
    expect(changeOf(plan(world, 'apim-private-dns'), 'apim-private-dns')).toMatchObject({
      action: 'update',
      body: { properties: { aRecords: [{ ipv4Address: EDGE.address }] } },
      undo: { kind: 'restore', body: { properties: { aRecords: [{ ipv4Address: '10.0.2.99' }] } } },
    });
  });

  test('a zone for the whole suffix that the network asks already is used', () => {
    const suffix = zoneId('azure-api.net');
    const world = withService({}, zone(suffix), link({ id: linkId(suffix) }));
    const changes = plan(world, 'apim-private-dns').changes.filter(({ step }) => STEPS.includes(step));
    expect(changes.map(({ resource }) => resource)).toEqual(
      HOSTS.map((host) => `${suffix}/A/${host.slice(0, -'.azure-api.net'.length)}`),
    );
  });

  test('a zone for the whole suffix that nobody here asks is left alone', () => {
    const world = withService({}, zone(zoneId('azure-api.net')));
    const zones = plan(world, 'apim-private-dns-zone').changes.filter(({ step }) => step === 'apim-private-dns-zone');
    expect(zones.map(({ resource }) => resource)).toEqual(HOSTS.map((host) => zoneId(host)));
  });
});

describe('apim-hardening', () => {
  const step = 'apim-hardening';
  const SECURITY = 'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.';
  const hardened = (): JsonObject => changeOf(plan(withService(), step), step).body?.['properties'] as JsonObject;
  const custom = (patch: JsonObject): JsonObject => {
    const properties = hardened();
    return {
      properties: { ...properties, customProperties: { ...(properties['customProperties'] as JsonObject), ...patch } },
    };
  };

  test('everything old is switched off in one request that says all of it', () => {
    const properties = hardened();
    expect(properties).toMatchObject({ apiVersionConstraint: { minApiVersion: '2021-08-01' } });
    expect(Object.keys(properties['customProperties'] as JsonObject)).toHaveLength(16);
    expect(new Set(Object.values(properties['customProperties'] as JsonObject))).toEqual(new Set(['False']));
    expect(statusOn(step, { properties })).toBe('compliant');
  });

  test('what else is set goes along, because Azure forgets what is left out', () => {
    const http2 = { 'Microsoft.WindowsAzure.ApiManagement.Gateway.Protocols.Server.Http2': 'True' };
    const change = changeOf(plan(withService({ properties: { customProperties: http2 } }), step), step);
    expect(change.body).toMatchObject({ properties: { customProperties: http2 } });
    expect(change.undo).toMatchObject({
      body: {
        properties: {
          customProperties: {
            ...http2,
            [`${SECURITY}Ciphers.TripleDes168`]: 'True',
            [`${SECURITY}Protocols.Tls10`]: 'False',
          },
        },
      },
    });
  });

  test('what is not said means old protocols off, except in services from before April 2018', () => {
    const silent = (createdAtUtc: string) => {
      const { [`${SECURITY}Protocols.Tls10`]: _, ...others } = hardened()['customProperties'] as JsonObject;
      return statusOn(step, { properties: { ...hardened(), customProperties: others, createdAtUtc } });
    };
    expect(silent('2026-01-01T00:00:00Z')).toBe('compliant');
    expect(silent('2017-01-01T00:00:00Z')).toBe('nonCompliant');
    expect(silent('2018-04-01T10:00:00Z')).toBe('nonCompliant');
  });

  test.each([
    ['an old protocol', custom({ [`${SECURITY}Protocols.Tls11`]: 'True' })],
    ['a weak cipher', custom({ [`${SECURITY}Ciphers.TLS_RSA_WITH_AES_128_CBC_SHA`]: 'true' })],
    [
      'an old version of the management API',
      { properties: { ...hardened(), apiVersionConstraint: { minApiVersion: '2019-12-01' } } },
    ],
  ])('%s is found', (_, patch) => {
    expect(statusOn(step, patch)).toBe('nonCompliant');
  });

  test('a newer version of the management API is kept', () => {
    const apiVersionConstraint = { minApiVersion: '2022-08-01' };
    expect(statusOn(step, { properties: { ...hardened(), apiVersionConstraint } })).toBe('compliant');
  });

  test.each(['access', 'gitAccess'])('the side door %s is closed where it is open', (door) => {
    const open = { id: at('tenant', door), properties: { enabled: true } };
    const world = withService({ properties: hardened() }, open);
    expect(findingOf(step, world, reading).status).toBe('nonCompliant');
    expect(changeOf(plan(world, step), step)).toMatchObject({
      resource: open.id,
      body: { properties: { enabled: false } },
      undo: { kind: 'restore', body: { properties: { enabled: true } } },
    });
  });
});
