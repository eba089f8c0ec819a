import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { clientConfiguration, gateway, publicIp } from '../support/dataResources';
import { dataWorld, dataWorldWithout, emptyDataWorld } from '../support/dataWorlds';
import { DATA, ID, inGroup } from '../support/ids';
import { before, changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { dataSetup, dataSetupFromNothing } from '../support/setups';

const SETUP = dataSetup();

function onGateway(step: string, properties: JsonObject) {
  return findingOf(step, dataWorld(gateway({ properties })), { setup: SETUP });
}

function withClients(configuration: JsonObject | null) {
  return { vpnClientConfiguration: configuration };
}

describe.each<[string, JsonObject, FindingStatus]>([
  ['vpn-gateway', {}, 'compliant'],
  ['vpn-gateway', { provisioningState: 'Updating' }, 'compliant'],
  ['vpn-gateway', { provisioningState: 'Failed' }, 'nonCompliant'],
  ['vpn-gateway', { vpnType: 'PolicyBased' }, 'nonCompliant'],
  ['vpn-gateway', { sku: { name: 'Basic' } }, 'nonCompliant'],
  ['vpn-gateway', { sku: { name: 'VpnGw2' } }, 'compliant'],
  ['vpn-gateway', { sku: { name: 'vpngw3az' } }, 'compliant'],
  ['vpn-p2s-entra', {}, 'compliant'],
  ['vpn-p2s-entra', withClients(null), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ vpnClientProtocols: ['OpenVPN', 'IkeV2'] }), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ vpnAuthenticationTypes: ['Certificate'] }), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ vpnAuthenticationTypes: ['AAD', 'Certificate'] }), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ aadIssuer: `https://sts.windows.net/${DATA.tenant}` }), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ aadIssuer: 'https://sts.windows.net/another/' }), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ aadTenant: `https://login.microsoftonline.com/${DATA.tenant}/` }), 'compliant'],
  ['vpn-p2s-entra', withClients({ aadTenant: 'https://login.microsoftonline.com/another' }), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ aadAudience: '41b23e61-6c1e-4545-b367-cd054e0ed4b4' }), 'compliant'],
  ['vpn-p2s-entra', withClients({ vpnClientAddressPool: null }), 'nonCompliant'],
  ['vpn-p2s-entra', withClients({ vpnClientAddressPool: { addressPrefixes: ['10.9.0.0/24'] } }), 'compliant'],
])('%s on a gateway with %j', (step, properties, status) => {
  test(`is ${status}`, () => {
    expect(onGateway(step, properties).status).toBe(status);
  });
});

describe('the sign-in of clients', () => {
  const change = (configuration: JsonObject | null) =>
    changeOf(planOf(dataWorld(gateway({ properties: withClients(configuration) })), { setup: SETUP }), 'vpn-p2s-entra');

  test('is written whole, with the issuer’s slash, and taken away again where there was none', () => {
    expect(change(null)).toMatchObject({
      body: { properties: { vpnClientConfiguration: clientConfiguration() } },
      before: { properties: { vpnClientConfiguration: null } },
      undo: { kind: 'restore', body: { properties: { vpnClientConfiguration: null } } },
    });
  });

  test('keeps what else the gateway has for its clients, and brings the old sign-in back', () => {
    const old = {
      vpnClientAddressPool: { addressPrefixes: ['10.9.0.0/24'] },
      vpnClientProtocols: ['IkeV2'],
      vpnAuthenticationTypes: ['Certificate'],
      vpnClientRootCertificates: [{ name: 'root' }],
    };
    const { body, undo } = change({ aadTenant: null, aadAudience: null, aadIssuer: null, ...old });
    expect(body).toMatchObject({
      properties: {
        vpnClientConfiguration: {
          vpnClientAddressPool: old.vpnClientAddressPool,
          vpnClientRootCertificates: [{ name: 'root' }],
          vpnAuthenticationTypes: ['AAD'],
        },
      },
    });
    expect(undo).toEqual({ kind: 'restore', body: { properties: { vpnClientConfiguration: old } } });
  });

  test('is for the tenant of the setup, else for the one that the subscription trusts', () => {
    const tenant = '66666666-2222-3333-4444-555555555555';
    const { evidence } = findingOf('vpn-p2s-entra', dataWorld(), { setup: dataSetup({ tenant }) });
    expect(evidence.filter(({ satisfied }) => !satisfied).map(({ property }) => property)).toEqual([
      'properties.vpnClientConfiguration.aadTenant',
      'properties.vpnClientConfiguration.aadIssuer',
    ]);
    const finding = findingOf('vpn-p2s-entra', dataWorld({ id: ID.subscription }), { setup: SETUP });
    expect([finding.status, english(finding.reason)]).toEqual(['unknown', expect.stringContaining('which tenant')]);
  });

  test.each([
    ['usGovernment', '51bb15d4-3a4f-4ebf-9dca-40096fe32426', 'https://login.microsoftonline.us/'],
    ['china', '49f817b6-84ae-4cc0-928c-73f27289b3aa', 'https://login.chinacloudapi.cn/'],
  ] as const)('in the cloud %s has that cloud’s application and sign-in host', (cloud, audience, host) => {
    const setup = dataSetup({ cloud });
    const world = dataWorld(gateway({ properties: withClients(null) }));
    expect(changeOf(planOf(world, { setup }), 'vpn-p2s-entra').body).toMatchObject({
      properties: { vpnClientConfiguration: { aadAudience: audience, aadTenant: `${host}${DATA.tenant}` } },
    });
  });

  test('uses the clients’ range of the setup', () => {
    const setup = dataSetup({ options: { vpnClientAddressPool: '192.168.77.0/24' } });
    const world = dataWorld(gateway({ properties: withClients(null) }));
    expect(JSON.stringify(changeOf(planOf(world, { setup }), 'vpn-p2s-entra').body)).toContain('192.168.77.0/24');
  });
});

describe('vpn-public-ip', () => {
  const step = 'vpn-public-ip';

  test.each<[string, JsonObject, FindingStatus]>([
    ['in all zones', {}, 'compliant'],
    ['in none', { zones: null }, 'nonCompliant'],
    ['of the Basic SKU', { sku: { name: 'Basic' } }, 'nonCompliant'],
    ['that changes', { properties: { publicIPAllocationMethod: 'Dynamic' } }, 'nonCompliant'],
  ])('an address %s', (_, patch, status) => {
    expect(findingOf(step, dataWorld(publicIp(patch)), { setup: SETUP }).status).toBe(status);
  });

  test('a gateway without availability zones does not need one that has them', () => {
    const world = dataWorld(publicIp({ zones: null }), gateway({ properties: { sku: { name: 'VpnGw1' } } }));
    expect(findingOf(step, world, { setup: SETUP }).status).toBe('compliant');
  });

  test('is the one that the gateway has, wherever that stands', () => {
    const id = inGroup('rg-hub', 'Microsoft.Network/publicIPAddresses', 'pip-by-hand');
    const own = { properties: { publicIPAddress: { id }, subnet: { id: DATA.gatewaySubnet } } };
    const world = dataWorldWithout(DATA.publicIp)
      .put(publicIp({ id }))
      .put(gateway({ properties: { ipConfigurations: [own] } }));
    expect(findingOf(step, world, { setup: SETUP }).status).toBe('compliant');
  });
});

describe('a new gateway', () => {
  const setup = dataSetupFromNothing();
  const plan = planOf(emptyDataWorld(), { setup });

  test('is made of a size with zones, with its clients’ sign-in in one request', () => {
    expect(changeOf(plan, 'vpn-gateway')).toMatchObject({
      action: 'create',
      body: {
        location: 'japaneast',
        properties: {
          gatewayType: 'Vpn',
          vpnType: 'RouteBased',
          sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
          ipConfigurations: [
            { properties: { subnet: { id: DATA.gatewaySubnet }, publicIPAddress: { id: DATA.publicIp } } },
          ],
          vpnClientConfiguration: clientConfiguration(),
        },
      },
      undo: { kind: 'delete' },
    });
    expect(plan.changes.some(({ step }) => step === 'vpn-p2s-entra')).toBe(false);
  });

  test('comes after its address and its subnet, and says what it costs', () => {
    const change = changeOf(plan, 'vpn-gateway');
    expect(before(plan, change.id).map(({ step }) => step)).toEqual(
      expect.arrayContaining(['subnet-gateway', 'vpn-public-ip', 'vnet', 'resource-group']),
    );
    expect(change.risk.kind).toBe('cost');
    expect(changeOf(plan, 'vpn-public-ip').body).toMatchObject({ sku: { name: 'Standard' }, zones: ['1', '2', '3'] });
  });

  test('is not made up where the setup lets nothing be created', () => {
    const { blocked } = planOf(dataWorldWithout(DATA.gateway), { setup: SETUP });
    expect(blocked.map(({ step }) => step)).toEqual(expect.arrayContaining(['vpn-gateway', 'vpn-p2s-entra']));
  });
});

test('without a VPN in the setup, its steps do not apply', () => {
  const { vpnGateway: _gateway, gatewaySubnet: _subnet, ...roles } = SETUP.roles;
  for (const step of ['vpn-public-ip', 'vpn-gateway', 'vpn-p2s-entra', 'subnet-gateway'])
    expect(findingOf(step, dataWorld(), { setup: dataSetup({ roles }) }).status).toBe('notApplicable');
});
