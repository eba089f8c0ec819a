import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { gatewaySubnet, webAppSubnet } from '../support/dataResources';
import { dataWorld, dataWorldWithout } from '../support/dataWorlds';
import { DATA } from '../support/ids';
import { blockedOf, changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { dataSetup } from '../support/setups';

const SETUP = dataSetup();

describe('subnet-gateway', () => {
  const step = 'subnet-gateway';
  const on = (properties: JsonObject) => findingOf(step, dataWorld(gatewaySubnet({ properties })), { setup: SETUP });

  test.each<[string, JsonObject, FindingStatus]>([
    ['by itself', {}, 'compliant'],
    ['with a security group', { networkSecurityGroup: { id: '/nsg' } }, 'nonCompliant'],
    ['that is delegated', { delegations: [{ name: 'web' }] }, 'nonCompliant'],
  ])('a subnet %s', (_, properties, status) => {
    expect(on(properties).status).toBe(status);
  });

  test('one that is smaller than Azure recommends is compliant, and said to be small', () => {
    const finding = on({ addressPrefix: '10.0.0.0/28' });
    expect(finding.status).toBe('compliant');
    expect(english(finding.notes?.[0])).toBe(
      'Azure recommends /27 or larger for this subnet; it has 11 usable addresses.',
    );
    expect(on({}).notes).toBeUndefined();
  });

  test('a security group on it is taken off, and put back', () => {
    const world = dataWorld(gatewaySubnet({ properties: { networkSecurityGroup: { id: '/nsg' } } }));
    expect(changeOf(planOf(world, { setup: SETUP }), step)).toMatchObject({
      body: { properties: { networkSecurityGroup: null } },
      undo: { kind: 'restore', body: { properties: { networkSecurityGroup: { id: '/nsg' } } } },
    });
  });

  test('is unknown where it may not be read', () => {
    expect(findingOf(step, dataWorld(), { setup: SETUP, denied: [DATA.gatewaySubnet] }).status).toBe('unknown');
  });
});

describe('subnet-webapp', () => {
  const step = 'subnet-webapp';
  const delegation = (serviceName: string) => ({ name: 'd', properties: { serviceName } });
  const withDelegations = (...delegations: readonly JsonObject[]) =>
    dataWorld(webAppSubnet({ properties: { delegations } }));

  test('is delegated to the app’s plan, in whatever casing, and to nothing else', () => {
    const status = (...names: readonly string[]) =>
      findingOf(step, withDelegations(...names.map(delegation)), { setup: SETUP }).status;
    expect(status('microsoft.web/serverfarms')).toBe('compliant');
    expect(status()).toBe('nonCompliant');
    expect(status('Microsoft.Web/hostingEnvironments')).toBe('nonCompliant');
    expect(status('Microsoft.Web/serverFarms', 'Microsoft.Sql/managedInstances')).toBe('nonCompliant');
  });

  test('one without a delegation gets it, and gives it back', () => {
    expect(changeOf(planOf(withDelegations(), { setup: SETUP }), step)).toMatchObject({
      body: { properties: { delegations: [{ properties: { serviceName: 'Microsoft.Web/serverFarms' } }] } },
      undo: { kind: 'restore', body: { properties: { delegations: [] } } },
    });
  });

  test('one that is delegated to something else is somebody’s: no change is planned for it', () => {
    const plan = planOf(withDelegations(delegation('Microsoft.Sql/managedInstances')), { setup: SETUP });
    expect(blockedOf(plan)[step]).toContain('properties.delegations of snet-webapp');
  });

  test('is missing where it is not there', () => {
    expect(findingOf(step, dataWorldWithout(DATA.webAppSubnet), { setup: SETUP }).status).toBe('nonCompliant');
  });
});
