import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { asObjects } from '../../../src/core/resources/json';
import { EDGE, edgeSetup, edgeSubnet, edgeWorld, rule, securityGroup, service } from '../support/edgeWorlds';
import { DATA, ID } from '../support/ids';
import { afterChanges, blockedOf, changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { subnet } from '../support/resources';
import type { World } from '../support/world';

const SETUP = edgeSetup();
const reading = { setup: SETUP };
const plan = (world: World, ...steps: readonly string[]) => planOf(world, reading, steps);
const notesOn = (step: string, world: World) => (findingOf(step, world, reading).notes ?? []).map(english);

const guarded = (...rules: readonly JsonObject[]): World =>
  edgeWorld(
    edgeSubnet(EDGE.serviceSubnet, '10.0.2.0/27', EDGE.serviceGroup),
    edgeSubnet(EDGE.gatewaySubnet, '10.0.3.0/24', EDGE.gatewayGroup),
    securityGroup(EDGE.serviceGroup, ...rules),
    securityGroup(EDGE.gatewayGroup, ...rules),
  );
const management = rule('Management', { priority: 200, from: 'ApiManagement', to: 'VirtualNetwork', ports: '3443' });
const managers = rule('Managers', { priority: 200, from: 'GatewayManager', ports: '65200-65535' });
const callers = rule('Callers', { priority: 300, from: 'Internet', ports: '443' });

describe('a group that is not there', () => {
  const rulesOf = (step: string): readonly string[] =>
    asObjects(readPath(changeOf(plan(edgeWorld(), step), step).body, 'properties.securityRules')).map((each) => {
      const part = (name: string): string => String(readPath(each, `properties.${name}`) ?? '');
      const ports = readPath(each, 'properties.destinationPortRanges') ?? part('destinationPortRange');
      return [
        part('priority'),
        part('direction'),
        part('sourceAddressPrefix'),
        part('destinationAddressPrefix'),
        part('protocol'),
        String(ports),
      ].join(' ');
    });

  test('nsg-apim is made with exactly the documented rules', () => {
    expect(rulesOf('nsg-apim')).toEqual([
      '100 Inbound ApiManagement VirtualNetwork Tcp 3443',
      '110 Inbound AzureLoadBalancer VirtualNetwork Tcp 6390',
      '120 Inbound 10.0.3.0/24 10.0.2.0/27 Tcp 443',
      '130 Outbound VirtualNetwork Internet Tcp 80',
      '140 Outbound VirtualNetwork Storage Tcp 443',
      '150 Outbound VirtualNetwork Sql Tcp 1433',
      '160 Outbound VirtualNetwork AzureKeyVault Tcp 443',
      '170 Outbound VirtualNetwork AzureMonitor Tcp 443,1886',
      '180 Outbound VirtualNetwork AzureActiveDirectory Tcp 443',
    ]);
  });

  test('nsg-appgw is made with exactly the documented rules', () => {
    expect(rulesOf('nsg-appgw')).toEqual([
      '100 Inbound GatewayManager * Tcp 65200-65535',
      '110 Inbound AzureLoadBalancer * * *',
      '120 Inbound Internet 10.0.3.0/24 Tcp 443',
    ]);
  });

  test('nsg-private-endpoints lets API Management in', () => {
    expect(rulesOf('nsg-private-endpoints')).toEqual(['100 Inbound 10.0.2.0/27 10.0.1.0/27 Tcp 443']);
  });

  test.each(['nsg-apim', 'nsg-appgw', 'nsg-private-endpoints'])('%s is missing, and then holds', (step) => {
    expect(findingOf(step, edgeWorld(), reading).status).toBe('nonCompliant');
    const made = plan(edgeWorld(), step);
    expect(blockedOf(made)).toEqual({});
    expect(findingOf(step, afterChanges(edgeWorld(), made), reading).status).toBe('compliant');
  });

  test('stands beside the network, and another one of its name is somebody’s', () => {
    const other = securityGroup(EDGE.serviceGroup);
    const world = edgeWorld({ ...other, properties: { subnets: [{ id: DATA.webAppSubnet }] } });
    expect(changeOf(plan(world, 'nsg-apim'), 'nsg-apim').resource).toBe(`${EDGE.serviceGroup}-2`);
  });
});

describe('a group that is there', () => {
  test('is right where what the subnet needs gets through, by whatever rules', () => {
    const status = (step: string, ...rules: readonly JsonObject[]) =>
      findingOf(step, guarded(...rules), reading).status;
    expect(status('nsg-apim', management)).toBe('compliant');
    expect(status('nsg-apim')).toBe('nonCompliant');
    expect(status('nsg-appgw', managers, callers)).toBe('compliant');
    expect(status('nsg-appgw', callers)).toBe('nonCompliant');
    expect(status('nsg-appgw', managers)).toBe('nonCompliant');
  });

  test('gets what is missing and nothing else', () => {
    const changes = plan(guarded(), 'nsg-apim').changes.filter(({ step }) => step === 'nsg-apim');
    expect(changes).toMatchObject([
      {
        action: 'create',
        resource: `${EDGE.serviceGroup}/securityRules/AllowManagementInbound`,
        body: { properties: { priority: 100, sourceAddressPrefix: 'ApiManagement', destinationPortRange: '3443' } },
        undo: { kind: 'delete' },
      },
    ]);
  });

  test('in which an earlier rule hides a later one says so, and gets its rule in front', () => {
    const world = guarded(rule('DenyAll', { access: 'Deny', priority: 150 }), management);
    expect(notesOn('nsg-apim', world)).toContain(
      'The rule DenyAll comes first and keeps out: management of the service. The rule Management behind it has no effect on that.',
    );
    const changes = plan(world, 'nsg-apim').changes.filter(({ step }) => step === 'nsg-apim');
    const priorities = changes.map(({ body }) => Number(readPath(body, 'properties.priority')));
    expect(priorities.every((priority) => priority >= 100 && priority < 150)).toBe(true);
    expect(new Set(priorities).size).toBe(priorities.length);
  });

  test('with no priority free in front of what is in the way is left to people', () => {
    const world = guarded(rule('DenyAll', { access: 'Deny', priority: 100 }), management);
    expect(blockedOf(plan(world, 'nsg-apim'))['nsg-apim']).toContain('Ringfence has no change for it');
    expect(notesOn('nsg-apim', world)).toContain(
      'No priority is free in front of the rule DenyAll. Give that rule a larger number yourself.',
    );
  });

  test('whose name for a rule is taken gets it under another', () => {
    const namesake = rule('allowmanagementinbound', { priority: 500, from: 'Sql', ports: '1' });
    expect(changeOf(plan(guarded(namesake), 'nsg-apim'), 'nsg-apim').resource).toBe(
      `${EDGE.serviceGroup}/securityRules/AllowManagementInbound-2`,
    );
  });

  test('of which a part cannot be told is unknown', () => {
    const deny = rule('DenyNew', { access: 'Deny', priority: 100, from: 'SomethingNew' });
    const finding = findingOf('nsg-apim', guarded(deny, management), reading);
    expect([finding.status, english(finding.reason)]).toEqual([
      'unknown',
      'Whether management of the service gets through cannot be told from the rules DenyNew. Look at them yourself.',
    ]);
  });

  test('that lets the internet into API Management is found out, and stays as it is', () => {
    const world = guarded(management, rule('AllowWeb', { priority: 400, ports: '443' }));
    expect(findingOf('nsg-apim', world, reading).status).toBe('nonCompliant');
    expect(notesOn('nsg-apim', world).join(' ')).toContain('The rule AllowWeb lets callers on the internet');
    expect(plan(world, 'nsg-apim').changes.filter(({ step }) => step === 'nsg-apim')).toEqual([]);
  });

  test('lets as few callers in to the application gateway as its owner wants', () => {
    const partners = rule('Partners', { priority: 300, from: '203.0.113.0/24', ports: '443' });
    expect(findingOf('nsg-appgw', guarded(managers, partners), reading).status).toBe('compliant');
  });

  test('says while the whole network gets to the private endpoints', () => {
    const closed = rule('DenyNetwork', { access: 'Deny', priority: 4096, from: 'VirtualNetwork' });
    const endpoints = (...rules: readonly JsonObject[]) => {
      const world = guarded();
      world.put(subnet({ properties: { networkSecurityGroup: { id: EDGE.endpointGroup } } }));
      return world.put(securityGroup(EDGE.endpointGroup, ...rules));
    };
    expect(notesOn('nsg-private-endpoints', endpoints())).toHaveLength(1);
    expect(findingOf('nsg-private-endpoints', endpoints(), reading).status).toBe('compliant');
    expect(findingOf('nsg-private-endpoints', endpoints(closed), reading).status).toBe('nonCompliant');
    const callers_ = rule('ApiManagement', { priority: 100, from: '10.0.2.0/27', ports: '443' });
    expect(findingOf('nsg-private-endpoints', endpoints(callers_, closed), reading).notes).toBeUndefined();
  });

  test('is unknown where it may not be read', () => {
    const denied = { setup: SETUP, denied: [EDGE.serviceGroup] };
    expect(findingOf('nsg-apim', guarded(management), denied).status).toBe('unknown');
  });
});

describe('subnets and their groups', () => {
  test.each([
    ['subnet-apim', EDGE.serviceSubnet, EDGE.serviceGroup, '10.0.2.0/27'],
    ['subnet-appgw', EDGE.gatewaySubnet, EDGE.gatewayGroup, '10.0.3.0/24'],
  ])('%s is made with its group', (step, id, group, addressPrefix) => {
    expect(changeOf(plan(edgeWorld(), step), step)).toMatchObject({
      action: 'create',
      resource: id,
      body: { properties: { addressPrefix, networkSecurityGroup: { id: group } } },
    });
  });

  test.each([
    ['subnet-apim', EDGE.serviceSubnet, EDGE.serviceGroup, '10.0.2.0/27'],
    ['subnet-appgw', EDGE.gatewaySubnet, EDGE.gatewayGroup, '10.0.3.0/24'],
    ['nsg-private-endpoints-association', ID.subnet, EDGE.endpointGroup, '10.0.1.0/27'],
  ])('%s gets its group where it is there, and gives it back', (step, id, group, addressPrefix) => {
    const world = edgeWorld(
      edgeSubnet(id, addressPrefix, undefined, { properties: { privateEndpointNetworkPolicies: 'Enabled' } }),
    );
    expect(changeOf(plan(world, step), step)).toMatchObject({
      action: 'update',
      resource: id,
      body: { properties: { networkSecurityGroup: { id: group } } },
      undo: { kind: 'restore', body: { properties: { networkSecurityGroup: null } } },
    });
  });

  test('the group that a subnet has is adopted', () => {
    const own = `${EDGE.serviceGroup}-of-others`;
    const world = edgeWorld(edgeSubnet(EDGE.serviceSubnet, '10.0.2.0/27', own), securityGroup(own, management));
    expect(findingOf('subnet-apim', world, reading).status).toBe('compliant');
    expect(findingOf('nsg-apim', world, reading).status).toBe('compliant');
  });

  test('a delegation on the subnet of API Management is somebody’s', () => {
    const delegations = [{ name: 'd', properties: { serviceName: 'Microsoft.Web/serverFarms' } }];
    const world = guarded(management);
    world.put(edgeSubnet(EDGE.serviceSubnet, '10.0.2.0/27', EDGE.serviceGroup, { properties: { delegations } }));
    expect(findingOf('subnet-apim', world, reading).status).toBe('nonCompliant');
    expect(blockedOf(plan(world, 'subnet-apim'))['subnet-apim']).toContain('properties.delegations of snet-apim');
  });

  test('a subnet without room for API Management says so, unless the service is in it', () => {
    const users = Array.from({ length: 25 }, (_, index) => ({ id: `/nic-${String(index)}` }));
    const full = edgeSubnet(EDGE.serviceSubnet, '10.0.2.0/27', EDGE.serviceGroup, {
      properties: { ipConfigurations: users },
    });
    expect(notesOn('subnet-apim', guarded(management).put(full))).toEqual([
      'The subnet has 2 free addresses, and API Management needs 3.',
    ]);
    expect(notesOn('subnet-apim', guarded(management).put(full).put(service()))).toEqual([]);
  });

  test('the subnet of application gateways holds nothing else, and is large', () => {
    const holding = (properties: JsonObject, prefix = '10.0.3.0/24') =>
      guarded().put(edgeSubnet(EDGE.gatewaySubnet, prefix, EDGE.gatewayGroup, { properties }));
    const nic = { ipConfigurations: [{ id: '/subscriptions/s/x/networkInterfaces/nic' }] };
    const frontend = { ipConfigurations: [{ id: '/x/applicationGateways/agw/frontendIPConfigurations/private' }] };
    expect(findingOf('subnet-appgw', holding(nic), reading).status).toBe('nonCompliant');
    expect(findingOf('subnet-appgw', holding(frontend), reading).status).toBe('compliant');
    expect(notesOn('subnet-appgw', holding({}, '10.0.3.0/26'))).toEqual([
      'Azure recommends /24 for this subnet; it has 59 usable addresses.',
    ]);
  });
});
