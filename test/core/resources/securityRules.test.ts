import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { azureService, inNetwork, ON_INTERNET, type Place } from '../../../src/core/resources/addressPlaces';
import type { JsonObject } from '../../../src/core/resources/json';
import {
  ALL_PORTS,
  ANY_PROTOCOL,
  hiddenBehind,
  judgeFlow,
  rulesIn,
  type Flow,
  type SecurityRule,
} from '../../../src/core/resources/securityRules';

const SUBNET = '10.0.1.0/27';

/** `rule('Deny', 'in 100 tcp Internet * 443')`. */
function rule(access: 'Allow' | 'Deny', words: string, more: JsonObject = {}): JsonObject {
  const [direction, priority, protocol, source, destination, ports] = words.split(' ');
  return {
    name: `${access}${priority ?? ''}`,
    properties: {
      access,
      direction: direction === 'in' ? 'Inbound' : 'Outbound',
      priority: Number(priority),
      protocol,
      sourcePortRange: '*',
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      destinationPortRange: ports,
      ...more,
    },
  };
}

const groupOf = (...rules: readonly JsonObject[]) => rulesIn({ id: '/nsg', properties: { securityRules: rules } });

function flow(direction: 'in' | 'out', wanted: Place | readonly Place[], port: number, last = port): Flow {
  const other = [wanted].flat();
  const own = [inNetwork(SUBNET)];
  return {
    direction: direction === 'in' ? 'Inbound' : 'Outbound',
    protocols: ['tcp'],
    source: direction === 'in' ? other : own,
    destination: direction === 'in' ? own : other,
    ports: [{ first: port, last }],
  };
}

const outcome = (wanted: Flow, ...rules: readonly JsonObject[]) => judgeFlow(groupOf(...rules), wanted).outcome;
const management = flow('in', azureService('ApiManagement'), 3443);
const toStorage = flow('out', azureService('Storage'), 443);
const gatewayPorts = flow('in', azureService('GatewayManager'), 65_200, 65_535);
const web = flow('in', ON_INTERNET, 443);

describe('without rules of its own, a group', () => {
  test.each<[string, Flow, string]>([
    ['keeps services of Azure out', management, 'denied'],
    ['keeps the internet out', web, 'denied'],
    ['lets the network in', flow('in', inNetwork('10.0.0.0/24'), 443), 'allowed'],
    ['lets the probes of load balancers in', flow('in', azureService('AzureLoadBalancer'), 6390), 'allowed'],
    ['lets everything out', toStorage, 'allowed'],
    ['lets the network out', flow('out', inNetwork('10.0.2.0/27'), 443), 'allowed'],
  ])('%s', (_, wanted, expected) => {
    expect(outcome(wanted)).toBe(expected);
  });
});

describe('priority', () => {
  const allow = rule('Allow', 'in 110 tcp ApiManagement VirtualNetwork 3443');
  const deny = rule('Deny', 'in 100 * * * *');

  test('an earlier rule that denies hides a later one that allows, and is named', () => {
    const rules = groupOf(deny, allow);
    const { outcome: result, denying } = judgeFlow(rules, management);
    expect(result).toBe('denied');
    expect(denying.map(({ name }) => name)).toEqual(['Deny100']);
    expect(hiddenBehind(denying, rules, management).map(({ name }) => name)).toEqual(['Allow110']);
  });

  test('a later rule that denies changes nothing', () => {
    expect(outcome(management, rule('Deny', 'in 4096 * * * *'), allow)).toBe('allowed');
  });

  test('the order in which rules are listed says nothing', () => {
    expect(outcome(management, allow, deny)).toBe(outcome(management, deny, allow));
  });

  test('rules of the other direction are not asked', () => {
    expect(outcome(management, rule('Deny', 'out 100 * * * *'), allow)).toBe('allowed');
  });
});

describe('a flow of which only a part is allowed is not allowed:', () => {
  test.each<[string, Flow, readonly JsonObject[]]>([
    ['some of its ports', gatewayPorts, [rule('Allow', 'in 100 tcp GatewayManager * 65200-65500')]],
    [
      'some ports denied before',
      gatewayPorts,
      [rule('Deny', 'in 90 tcp * * 65503'), rule('Allow', 'in 100 tcp GatewayManager * 65200-65535')],
    ],
    ['some of its addresses', web, [rule('Allow', 'in 100 tcp 203.0.113.0/24 * 443')]],
    ['half of its own subnet', management, [rule('Allow', 'in 100 tcp ApiManagement 10.0.1.0/28 3443')]],
    [
      'one region of a service',
      toStorage,
      [rule('Allow', 'out 100 tcp * Storage.EastUS 443'), rule('Deny', 'out 110 * * * *')],
    ],
    [
      'one protocol of several',
      { ...flow('in', azureService('AzureLoadBalancer'), 0, 65_535), protocols: ANY_PROTOCOL },
      [rule('Deny', 'in 100 Udp * * *')],
    ],
  ])('%s', (_, wanted, rules) => {
    expect(outcome(wanted, ...rules)).toBe('partly');
  });
});

describe('ports and addresses are', () => {
  const ports = { destinationPortRange: '', destinationPortRanges: ['1886', ' 400-500 '] };
  const prefixes = { sourceAddressPrefix: '', sourceAddressPrefixes: ['10.9.0.0/16', 'ApiManagement'] };

  test.each<[string, Flow, JsonObject]>([
    ['a list of ranges', flow('out', azureService('AzureMonitor'), 443), rule('Allow', 'out 100 * * * 1', ports)],
    ['a list of prefixes', management, rule('Allow', 'in 100 tcp - * 3443', prefixes)],
    ['every port', management, rule('Allow', 'in 100 tcp ApiManagement * *')],
    ['a single address', flow('in', inNetwork('10.0.0.4'), 443), rule('Allow', 'in 100 tcp 10.0.0.4 * 443')],
    ['all of IPv4', web, rule('Allow', 'in 100 tcp 0.0.0.0/0 * 443')],
    ['every public address', web, rule('Allow', 'in 100 tcp internet * 443')],
    ['the protocol in any case', management, rule('Allow', 'in 100 TCP APIMANAGEMENT virtualnetwork 3443')],
  ])('%s', (_, wanted, allowing) => {
    const all = rule('Deny', wanted.direction === 'Inbound' ? 'in 4000 * * * *' : 'out 4000 * * * *');
    expect(outcome(wanted, allowing, all)).toBe('allowed');
    expect(outcome(wanted, all)).toBe('denied');
  });

  test('of another protocol, of IPv6, or of another service where they do not match', () => {
    const others = [
      rule('Allow', 'in 100 Udp ApiManagement * 3443'),
      rule('Allow', 'in 110 tcp ::/0 * 3443'),
      rule('Allow', 'in 120 tcp GatewayManager * 3443'),
      rule('Allow', 'in 130 tcp AzureLoadBalancer * 3443'),
    ];
    expect(outcome(management, ...others)).toBe('denied');
  });
});

describe('service tags', () => {
  const denyAll = rule('Deny', 'out 4000 * * * *');

  test.each<[string, string]>([
    ['Internet', 'allowed'],
    ['AzureCloud', 'allowed'],
    ['AzureCloud.EastUS', 'unknown'],
    ['Storage', 'allowed'],
    ['Sql', 'denied'],
    ['VirtualNetwork', 'denied'],
    ['SomethingNew', 'unknown'],
    ['203.0.113.0/24', 'unknown'],
    ['10.0.0.0/8', 'denied'],
  ])('storage is reached through a rule that allows %s: %s', (destination, expected) => {
    expect(outcome(toStorage, rule('Allow', `out 100 tcp * ${destination} 443`), denyAll)).toBe(expected);
  });

  test('services are a part of the internet', () => {
    expect(outcome(flow('out', ON_INTERNET, 80), rule('Deny', 'out 100 * * Storage *'))).toBe('partly');
    expect(outcome(flow('out', ON_INTERNET, 80), rule('Allow', 'out 100 * * Storage *'))).toBe('allowed');
  });

  test('the network is not the internet', () => {
    const clients = flow('in', inNetwork('10.0.0.0/24'), 443);
    expect(outcome(clients, rule('Deny', 'in 100 * Internet * *'))).toBe('allowed');
    expect(outcome(clients, rule('Deny', 'in 100 * VirtualNetwork * *'))).toBe('denied');
  });
});

describe('what cannot be told is unknown', () => {
  const members = { sourceAddressPrefix: '', sourceApplicationSecurityGroups: [{ id: '/asg' }] };

  test('where a tag is not known, unless what comes after it says the same', () => {
    const deny = rule('Deny', 'in 100 * SomethingNew * *');
    expect(outcome(web, deny, rule('Allow', 'in 110 tcp Internet * 443'))).toBe('unknown');
    expect(outcome(web, deny)).toBe('denied');
    expect(judgeFlow(groupOf(deny), web).unsure).toEqual([]);
  });

  test('where members of an application security group are meant', () => {
    const clients = flow('in', inNetwork('10.0.0.0/24'), 443);
    const { outcome: result, unsure } = judgeFlow(groupOf(rule('Deny', 'in 100 * - * *', members)), clients);
    expect(result).toBe('unknown');
    expect(unsure.map(({ name }) => name)).toEqual(['Deny100']);
    expect(outcome(web, rule('Allow', 'in 100 * - * *', members))).toBe('denied');
  });

  test('where a port is not understood', () => {
    expect(outcome(management, rule('Allow', 'in 100 tcp ApiManagement * https'))).toBe('unknown');
  });
});

/** Few enough that every connection of a flow can be tried. */
const PREFIXES = ['*', '10.0.0.0/30', '10.0.0.0/31', '10.0.0.2', '10.0.0.3', '10.0.0.1', 'VirtualNetwork', 'Internet'];
const PORT_RANGES = ['*', '443', '440-443', '443-445', '444'];
const ADDRESSES = ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3'];
const PORTS = [442, 443, 444];

const someRules: fc.Arbitrary<readonly SecurityRule[]> = fc
  .array(
    fc.record({
      access: fc.constantFrom('Allow' as const, 'Deny' as const),
      protocol: fc.constantFrom('*', 'Tcp', 'Udp'),
      source: fc.constantFrom(...PREFIXES),
      destination: fc.constantFrom(...PREFIXES),
      ports: fc.constantFrom(...PORT_RANGES),
    }),
    { maxLength: 5 },
  )
  .map((rules) =>
    groupOf(
      ...rules.map(({ access, protocol, source, destination, ports }, index) =>
        rule(access, ['in', 100 + index, protocol, source, destination, ports].join(' ')),
      ),
    ),
  );

const point = (source: string, destination: string, port: number): Flow => ({
  direction: 'Inbound',
  protocols: ['tcp'],
  source: [inNetwork(source)],
  destination: [inNetwork(destination)],
  ports: [{ first: port, last: port }],
});

const everything: Flow = {
  direction: 'Inbound',
  protocols: ['tcp'],
  source: [inNetwork('10.0.0.0/30')],
  destination: [inNetwork('10.0.0.0/30')],
  ports: [{ first: 442, last: 444 }],
};

describe('for any rules', () => {
  test('a flow is allowed if and only if each of its connections is', () => {
    fc.assert(
      fc.property(someRules, (rules) => {
        const outcomes = ADDRESSES.flatMap((source) =>
          ADDRESSES.flatMap((destination) =>
            PORTS.map((port) => judgeFlow(rules, point(source, destination, port)).outcome),
          ),
        );
        const expected = outcomes.every((each) => each === 'allowed')
          ? 'allowed'
          : outcomes.every((each) => each === 'denied')
            ? 'denied'
            : 'partly';
        expect(judgeFlow(rules, everything).outcome).toBe(expected);
      }),
    );
  });

  test('only the order of their priorities counts', () => {
    fc.assert(
      fc.property(someRules, fc.infiniteStream(fc.nat()), (rules, random) => {
        const shuffled = [...rules]
          .map((each) => ({ each, at: random.next().value as number }))
          .sort((left, right) => left.at - right.at)
          .map(({ each }) => each);
        expect(judgeFlow(shuffled, everything).outcome).toBe(judgeFlow(rules, everything).outcome);
      }),
    );
  });

  test('a rule that allows the flow, in front of all that deny some of it, makes it allowed', () => {
    fc.assert(
      fc.property(someRules, (rules) => {
        const { denying } = judgeFlow(rules, everything);
        const priority = Math.min(4096, ...denying.map((each) => each.priority)) - 0.5;
        const [first] = groupOf(rule('Allow', `in ${String(priority)} tcp 10.0.0.0/30 * 442-444`));
        expect(judgeFlow(first ? [...rules, first] : rules, everything).outcome).toBe('allowed');
      }),
    );
  });
});

test('ports begin at nought', () => {
  expect(ALL_PORTS).toEqual({ first: 0, last: 65_535 });
});
