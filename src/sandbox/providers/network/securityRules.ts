import { asArray, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { addressRange, within, type AddressRange } from '../../addresses';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { DEFAULT_SECURITY_RULES } from './defaultSecurityRules';

/** One end of a connection, as the rules of a network security group see it. */
export interface Place {
  /** Where its addresses are, each of them good for a rule; none for a service whose addresses only its tag knows. */
  readonly ranges: readonly AddressRange[];
  /** Service tags that hold all of it, without a region: `VirtualNetwork`, `Internet`, `Storage`. */
  readonly tags: readonly string[];
}

/** A connection that somebody wants to make. */
export interface Flow {
  readonly direction: 'Inbound' | 'Outbound';
  readonly protocol: 'Tcp' | 'Udp';
  readonly source: Place;
  readonly destination: Place;
  readonly port: number;
}

export interface Judgement {
  readonly access: 'Allow' | 'Deny';
  /** Name of the rule that decides. */
  readonly rule: string;
}

interface NamedRule {
  readonly name: string;
  readonly properties: JsonObject;
}

const rangesOf = (addresses: readonly string[]): readonly AddressRange[] =>
  addresses.flatMap((address) => addressRange(address) ?? []);

/** A subnet by its prefix, or a machine in a virtual network by its address. */
export const inNetwork = (...addresses: readonly string[]): Place => ({
  ranges: rangesOf(addresses),
  tags: ['VirtualNetwork'],
});

/** A caller or a service on the internet, by its address. */
export const onInternet = (address: string): Place => ({ ranges: rangesOf([address]), tags: ['Internet'] });

/** A service of Azure, by its tag. Documented: `Internet` holds the public addresses of Azure too. */
export const azureService = (tag: string): Place => ({ ranges: [], tags: [tag, 'AzureCloud', 'Internet'] });

/** The probes of Azure's load balancers: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
export const LOAD_BALANCER: Place = { ranges: rangesOf(['168.63.129.16']), tags: ['AzureLoadBalancer'] };

/** The rules of a network security group that somebody wrote. */
export function rulesOf(azure: Azure, groupId: string): readonly NamedRule[] {
  return azure.store
    .children(groupId, 'Microsoft.Network/networkSecurityGroups/securityRules')
    .map((rule) => ({ name: rule.name, properties: propertiesOf(rule) }));
}

/**
 * Judges a flow as Azure does: rules by priority, the first that matches decides, the six default rules come last.
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 */
export function judge(rules: readonly NamedRule[], flow: Flow): Judgement {
  const all = [...rules, ...DEFAULT_SECURITY_RULES.map(({ name, ...properties }) => ({ name, properties }))];
  const deciding = all
    .filter(({ properties }) => matches(properties, flow))
    .sort((left, right) => priorityOf(left) - priorityOf(right))[0];
  if (deciding === undefined) return { access: 'Deny', rule: '' };
  return { access: deciding.properties['access'] === 'Allow' ? 'Allow' : 'Deny', rule: deciding.name };
}

/** Judges a flow by the network security group of a subnet; without a group everything is let through. */
export function judgeAt(azure: Azure, subnet: StoredResource, flow: Flow): Judgement {
  const groupId = groupOf(subnet);
  return groupId === undefined ? { access: 'Allow', rule: '' } : judge(rulesOf(azure, groupId), flow);
}

export const lets = (azure: Azure, subnet: StoredResource, flow: Flow): boolean =>
  judgeAt(azure, subnet, flow).access === 'Allow';

/** Id of the network security group of a subnet. */
export function groupOf(subnet: Pick<StoredResource, 'body'>): string | undefined {
  const { properties } = subnet.body;
  const reference = isJsonObject(properties) ? properties['networkSecurityGroup'] : undefined;
  return isJsonObject(reference) ? asString(reference['id']) : undefined;
}

function priorityOf({ properties }: NamedRule): number {
  return Number(properties['priority']);
}

function matches(rule: JsonObject, flow: Flow): boolean {
  return (
    rule['direction'] === flow.direction &&
    isProtocol(rule['protocol'], flow.protocol) &&
    // Clients come from any of the dynamic ports (RFC 6335).
    texts(rule, 'sourcePortRange').some((range) => holdsPorts(range, 49152, 65535)) &&
    texts(rule, 'destinationPortRange').some((range) => holdsPorts(range, flow.port, flow.port)) &&
    texts(rule, 'sourceAddressPrefix').some((prefix) => holds(prefix, flow.source)) &&
    texts(rule, 'destinationAddressPrefix').some((prefix) => holds(prefix, flow.destination))
  );
}

function isProtocol(wanted: unknown, protocol: Flow['protocol']): boolean {
  return wanted === '*' || String(wanted).toLowerCase() === protocol.toLowerCase();
}

/** What was sent as one text or as several: `…Range` and `…Ranges`, `…Prefix` and `…Prefixes`. */
function texts(rule: JsonObject, name: string): readonly string[] {
  const plural = name.endsWith('x') ? `${name}es` : `${name}s`;
  const several = asArray(rule[plural]).flatMap((each) => asString(each) ?? []);
  const single = asString(rule[name]);
  return single === undefined || single === '' ? several : [single, ...several];
}

function holdsPorts(range: string, first: number, last: number): boolean {
  if (range === '*') return true;
  const [from = NaN, to = from] = range.split('-').map(Number);
  return from <= first && last <= to;
}

/** Tags may name a region; the sandbox takes it for that of the network. */
function holds(prefix: string, { ranges, tags }: Place): boolean {
  if (prefix === '*' || prefix === '0.0.0.0/0' || prefix.toLowerCase() === 'any') return true;
  const addresses = addressRange(prefix);
  if (addresses !== undefined) return ranges.some((range) => within(range, addresses));
  const tag = prefix.split('.')[0]?.toLowerCase();
  return tags.some((each) => each.toLowerCase() === tag);
}
