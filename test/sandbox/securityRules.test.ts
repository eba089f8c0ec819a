import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import {
  azureService,
  inNetwork,
  judge,
  LOAD_BALANCER,
  onInternet,
  type Flow,
} from '../../src/sandbox/providers/network/securityRules';

const inbound = (changes: Partial<Flow> = {}): Flow => ({
  direction: 'Inbound',
  protocol: 'Tcp',
  source: onInternet('203.0.113.10'),
  destination: inNetwork('10.0.1.0/24'),
  port: 443,
  ...changes,
});
const rule = (name: string, priority: number, properties: JsonObject = {}) => ({
  name,
  properties: {
    priority,
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '443',
    ...properties,
  },
});
const deny = (name: string, priority: number, properties: JsonObject = {}) =>
  rule(name, priority, { access: 'Deny', ...properties });

describe('the rules of a network security group', () => {
  it('go by priority, not by the order in which they are written', () => {
    const rules = [rule('later', 300), deny('earlier', 200)];
    expect(judge(rules, inbound())).toEqual({ access: 'Deny', rule: 'earlier' });
    expect(judge([rule('first', 100), ...rules], inbound())).toEqual({ access: 'Allow', rule: 'first' });
  });

  it.each<[string, Flow, string]>([
    ['the internet stays outside', inbound(), 'DenyAllInBound'],
    ['the network lets itself in', inbound({ source: inNetwork('10.0.9.4') }), 'AllowVnetInBound'],
    ['load balancers may probe', inbound({ source: LOAD_BALANCER }), 'AllowAzureLoadBalancerInBound'],
    [
      'everybody may go out',
      {
        ...inbound(),
        direction: 'Outbound',
        source: inNetwork('10.0.1.4'),
        destination: azureService('Sql'),
      },
      'AllowInternetOutBound',
    ],
  ])('end with those that every group has: %s', (_, flow, name) => {
    expect(judge([], flow).rule).toBe(name);
  });

  it.each<[string, JsonObject, boolean]>([
    ['a range of ports that holds the port', { destinationPortRange: '400-500' }, true],
    ['a range of ports that does not', { destinationPortRange: '444-500' }, false],
    ['one of several ports', { destinationPortRange: '', destinationPortRanges: ['80', '443'] }, true],
    ['another protocol', { protocol: 'Udp' }, false],
    ['any protocol', { protocol: '*' }, true],
    ['the address of the caller', { sourceAddressPrefix: '203.0.113.0/24' }, true],
    [
      'one of several addresses',
      { sourceAddressPrefix: '', sourceAddressPrefixes: ['10.0.0.0/8', '203.0.113.10'] },
      true,
    ],
    ['another address', { sourceAddressPrefix: '203.0.113.11' }, false],
    ['the tag of the caller, in any casing', { sourceAddressPrefix: 'INTERNET' }, true],
    ['another tag', { sourceAddressPrefix: 'ApiManagement' }, false],
    ['a part of the destination only', { destinationAddressPrefix: '10.0.1.0/25' }, false],
    ['all of the destination', { destinationAddressPrefix: '10.0.0.0/16' }, true],
    ['the ports that clients come from', { sourcePortRange: '1024-65535' }, true],
    ['other source ports', { sourcePortRange: '443' }, false],
  ])('decide by %s', (_, properties, isAllowed) => {
    expect(judge([rule('this', 100, properties)], inbound()).rule === 'this').toBe(isAllowed);
  });

  it('take a service for a part of the internet, and a tag with a region for the tag', () => {
    const flow = inbound({ source: azureService('ApiManagement'), port: 3443 });
    const from = (sourceAddressPrefix: string) => [
      rule('this', 100, { sourceAddressPrefix, destinationPortRange: '*' }),
    ];
    for (const tag of ['ApiManagement', 'ApiManagement.EastUS', 'Internet', 'AzureCloud', '0.0.0.0/0']) {
      expect(judge(from(tag), flow).rule, tag).toBe('this');
    }
    expect(judge(from('10.0.0.0/8'), flow).access).toBe('Deny');
  });
});
