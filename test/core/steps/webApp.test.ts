import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { appServicePlan, webApp, webAppConfig } from '../support/dataResources';
import { dataWorld, dataWorldWithout, emptyDataWorld } from '../support/dataWorlds';
import { DATA, inGroup } from '../support/ids';
import { before, blockedOf, changeOf, planOf, stepsOf } from '../support/planning';
import { findingOf } from '../support/reading';
import { dataSetup, dataSetupFromNothing } from '../support/setups';

const SETUP = dataSetup();

function onApp(step: string, patch: JsonObject) {
  return findingOf(step, dataWorld(webApp(patch)), { setup: SETUP });
}

describe.each<[string, JsonObject, FindingStatus]>([
  ['webapp', {}, 'compliant'],
  ['webapp-managed-identity', {}, 'compliant'],
  ['webapp-managed-identity', { identity: null }, 'nonCompliant'],
  ['webapp-managed-identity', { identity: { type: 'UserAssigned' } }, 'nonCompliant'],
  ['webapp-vnet-integration', {}, 'compliant'],
  ['webapp-vnet-integration', { properties: { virtualNetworkSubnetId: null } }, 'nonCompliant'],
  ['webapp-vnet-integration', { properties: { virtualNetworkSubnetId: DATA.gatewaySubnet } }, 'nonCompliant'],
  ['webapp-vnet-integration', { properties: { virtualNetworkSubnetId: DATA.webAppSubnet.toUpperCase() } }, 'compliant'],
  ['webapp-hardening', {}, 'compliant'],
  ['webapp-hardening', { properties: { httpsOnly: null } }, 'nonCompliant'],
  ['webapp-hardening', { properties: { httpsOnly: false } }, 'nonCompliant'],
])('%s on an app with %j', (step, patch, status) => {
  test(`is ${status}`, () => {
    expect(onApp(step, patch).status).toBe(status);
  });
});

describe('webapp-route-all', () => {
  const step = 'webapp-route-all';
  const none = { outboundVnetRouting: null };

  test.each<[string, JsonObject, FindingStatus]>([
    ['the newest name', { outboundVnetRouting: { allTraffic: true } }, 'compliant'],
    ['the one before', { outboundVnetRouting: { applicationTraffic: true } }, 'compliant'],
    ['the oldest', { ...none, vnetRouteAllEnabled: true }, 'compliant'],
    [
      'the oldest though the newest says no',
      { outboundVnetRouting: { allTraffic: false }, vnetRouteAllEnabled: true },
      'compliant',
    ],
    ['none of them', none, 'nonCompliant'],
    [
      'all of them false',
      { outboundVnetRouting: { allTraffic: false, applicationTraffic: false }, vnetRouteAllEnabled: false },
      'nonCompliant',
    ],
  ])('is judged by any of three names: %s', (_, properties, status) => {
    expect(onApp(step, { properties: { outboundVnetRouting: { allTraffic: null }, ...properties } }).status).toBe(
      status,
    );
  });

  test('writes the newest', () => {
    const change = changeOf(planOf(dataWorld(webApp({ properties: none })), { setup: SETUP }), step);
    expect(change.body).toEqual({ properties: { outboundVnetRouting: { allTraffic: true } } });
    expect(change.undo).toEqual({
      kind: 'restore',
      body: { properties: { outboundVnetRouting: { allTraffic: false } } },
    });
  });
});

describe('the plan of the app', () => {
  const step = 'webapp-plan-supports-vnet';
  const onPlan = (patch: JsonObject) => dataWorld(appServicePlan(patch));

  test.each(['Basic', 'PremiumV3', 'Premium0V3', 'isolatedv2'])(
    'of the tier %s can go out through a network',
    (tier) => {
      expect(findingOf(step, onPlan({ sku: { tier } }), { setup: SETUP }).status).toBe('compliant');
    },
  );

  test('of a free tier is moved up, size and all, and down again', () => {
    const world = onPlan({ sku: { name: 'F1', tier: 'Free', size: 'F1', family: 'F', capacity: 0 } });
    expect(findingOf(step, world, { setup: SETUP }).status).toBe('nonCompliant');
    expect(changeOf(planOf(world, { setup: SETUP }), step)).toMatchObject({
      resource: DATA.plan,
      body: { sku: { name: 'B1', tier: 'Basic' } },
      undo: { kind: 'restore', body: { sku: { name: 'F1', tier: 'Free' } } },
    });
  });

  test('in another region than the network cannot be moved: a person has to decide', () => {
    const plan = planOf(onPlan({ location: 'West Europe' }), { setup: SETUP });
    expect(blockedOf(plan)[step]).toContain('location of asp-contoso-app');
    expect(stepsOf(plan)).not.toContain(step);
  });

  test('in the network’s region, in whatever spelling, is in the right one', () => {
    expect(findingOf(step, onPlan({ location: 'japaneast' }), { setup: SETUP }).status).toBe('compliant');
  });

  test('is the one that the app is in', () => {
    const id = inGroup('rg-hub', 'Microsoft.Web/serverfarms', 'shared');
    const world = dataWorld(
      webApp({ properties: { serverFarmId: id } }),
      appServicePlan({ id, sku: { tier: 'Free' } }),
    );
    expect(findingOf(step, world, { setup: SETUP }).evidence[0]?.resource).toBe(id);
  });
});

describe('the app’s protocols', () => {
  const step = 'webapp-hardening';
  const withConfig = (properties: JsonObject) => dataWorld(webAppConfig({ properties }));

  test.each<[string, JsonObject, FindingStatus]>([
    ['TLS 1.3', { minTlsVersion: '1.3' }, 'compliant'],
    ['TLS 1.0', { minTlsVersion: '1.0' }, 'nonCompliant'],
    ['FTP with TLS alone', { ftpsState: 'FtpsOnly' }, 'compliant'],
    ['plain FTP', { ftpsState: 'AllAllowed' }, 'nonCompliant'],
    ['nothing said of FTP', { ftpsState: null }, 'nonCompliant'],
    ['nothing said of TLS', { minTlsVersion: null }, 'compliant'],
  ])('%s', (_, properties, status) => {
    expect(findingOf(step, withConfig(properties), { setup: SETUP }).status).toBe(status);
  });

  test('come with a new app, and are changed once it is there', () => {
    const plan = planOf(emptyDataWorld(), { setup: dataSetupFromNothing() });
    const change = changeOf(plan, step);
    expect(change).toMatchObject({
      action: 'update',
      resource: `${DATA.site}/config/web`,
      body: { properties: { ftpsState: 'Disabled' } },
    });
    expect(before(plan, change.id).map((item) => item.step)).toContain('webapp');
  });
});

describe('a new app', () => {
  const plan = planOf(emptyDataWorld(), { setup: dataSetupFromNothing() });

  test('stands in a plan of its own, in the network’s region, with an identity', () => {
    expect(changeOf(plan, 'webapp-plan-supports-vnet')).toMatchObject({
      resource: DATA.plan,
      body: { location: 'japaneast', sku: { name: 'B1', tier: 'Basic' } },
    });
    expect(changeOf(plan, 'webapp').body).toMatchObject({
      identity: { type: 'SystemAssigned' },
      properties: { serverFarmId: DATA.plan, httpsOnly: true },
    });
  });

  test('enters the network through a subnet that is delegated before', () => {
    const change = changeOf(plan, 'webapp-vnet-integration');
    expect(change.body).toEqual({ properties: { virtualNetworkSubnetId: DATA.webAppSubnet } });
    expect(before(plan, change.id).map(({ step }) => step)).toEqual(
      expect.arrayContaining(['subnet-webapp', 'webapp']),
    );
    expect(change.permissions).toContainEqual({
      action: 'Microsoft.Network/virtualNetworks/subnets/join/action',
      scope: DATA.webAppSubnet,
    });
  });
});

test('without a web app in the setup, its steps do not apply', () => {
  const { webApp: _app, webAppSubnet: _subnet, ...roles } = SETUP.roles;
  const steps = ['subnet-webapp', 'webapp', 'webapp-plan-supports-vnet', 'webapp-managed-identity', 'webapp-hardening'];
  for (const step of [...steps, 'webapp-vnet-integration', 'webapp-route-all'])
    expect(findingOf(step, dataWorld(), { setup: dataSetup({ roles }) }).status).toBe('notApplicable');
});

test('an app that may not be read keeps its plan unknown: which one it is in cannot be told', () => {
  expect(findingOf('webapp-plan-supports-vnet', dataWorld(), { setup: SETUP, denied: [DATA.site] }).status).toBe(
    'unknown',
  );
  expect(findingOf('webapp', dataWorldWithout(DATA.site), { setup: SETUP }).status).toBe('nonCompliant');
});
