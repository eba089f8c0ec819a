import { asArray, asObjects, asString, asStrings, type JsonObject } from './json';
import { splitByGroups, splitPlaces, type Place } from './addressPlaces';
import { cut, type Interval } from './intervals';
import { readPath } from './propertyPath';
import type { WireResource } from './snapshot';

/**
 * The rules of a network security group, judged as Azure judges them: by priority, the first that matches decides, and
 * the six default rules come last. A flow is a set of connections; each of them has to be allowed.
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 */

/** Connections that belong together: from some places to others, on some ports. */
export interface Flow {
  readonly direction: 'Inbound' | 'Outbound';
  readonly protocols: readonly Protocol[];
  readonly source: readonly Place[];
  readonly destination: readonly Place[];
  readonly ports: readonly Interval[];
}

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'esp' | 'ah';

/** Whatever a rule with the protocol `*` is about. */
export const ANY_PROTOCOL: readonly Protocol[] = ['tcp', 'udp', 'icmp', 'esp', 'ah'];

export const ALL_PORTS: Interval = { first: 0, last: 65_535 };

export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly properties: JsonObject;
}

/** What becomes of a flow. */
export interface FlowJudgement {
  /** `partly`: some of its connections are allowed and some are not. */
  readonly outcome: 'allowed' | 'partly' | 'denied' | 'unknown';
  /** Rules that let some of it through. */
  readonly allowing: readonly SecurityRule[];
  /** Rules that keep some of it out. */
  readonly denying: readonly SecurityRule[];
  /** Rules of which nobody can tell from here whether they are about the flow. */
  readonly unsure: readonly SecurityRule[];
}

/** The priorities that rules may have. */
export const PRIORITIES = { first: 100, last: 4096 } as const;

/** The rules that somebody wrote into a group. */
export function rulesIn(group: WireResource | undefined): readonly SecurityRule[] {
  return asObjects(readPath(group, 'properties.securityRules')).map((rule) => {
    const properties = readPath(rule, 'properties') as JsonObject;
    return ruleOf(asString(rule['name']) ?? '', properties);
  });
}

function ruleOf(name: string, properties: JsonObject): SecurityRule {
  const access = asString(properties['access'])?.toLowerCase() === 'allow' ? 'Allow' : 'Deny';
  return { name, priority: Number(properties['priority']), access, properties };
}

/** The rules that every group has. Documented. */
const DEFAULT_RULES: readonly SecurityRule[] = [
  defaultRule('AllowVnetInBound', 'VirtualNetwork', 'VirtualNetwork', 65_000),
  defaultRule('AllowAzureLoadBalancerInBound', 'AzureLoadBalancer', '*', 65_001),
  defaultRule('DenyAllInBound', '*', '*', 65_500),
  defaultRule('AllowVnetOutBound', 'VirtualNetwork', 'VirtualNetwork', 65_000),
  defaultRule('AllowInternetOutBound', '*', 'Internet', 65_001),
  defaultRule('DenyAllOutBound', '*', '*', 65_500),
];

function defaultRule(name: string, source: string, destination: string, priority: number): SecurityRule {
  return ruleOf(name, {
    direction: name.endsWith('InBound') ? 'Inbound' : 'Outbound',
    access: name.startsWith('Allow') ? 'Allow' : 'Deny',
    protocol: '*',
    sourcePortRange: '*',
    destinationPortRange: '*',
    sourceAddressPrefix: source,
    destinationAddressPrefix: destination,
    priority,
  });
}

/** Connections that one rule decides, or that no rule has decided yet. */
interface Part extends Omit<Flow, 'direction'> {
  readonly sourcePorts: readonly Interval[];
  /** Rules that may have decided it, if one knew. */
  readonly unsure: readonly SecurityRule[];
}

/** Clients connect from any of the ports that no service has. */
const CLIENT_PORTS: Interval = { first: 1024, last: 65_535 };

/** Judges a flow by the rules of a group, to which Azure's own are added. */
export function judgeFlow(rules: readonly SecurityRule[], flow: Flow): FlowJudgement {
  const { direction, ...connections } = flow;
  const inOrder = [...rules, ...DEFAULT_RULES]
    .filter(({ properties }) => asString(properties['direction'])?.toLowerCase() === direction.toLowerCase())
    .sort((left, right) => left.priority - right.priority);
  const decisions: { readonly rule: SecurityRule; readonly unsure: readonly SecurityRule[] }[] = [];
  let open: readonly Part[] = [{ ...connections, sourcePorts: [CLIENT_PORTS], unsure: [] }];
  for (const rule of inOrder) {
    const met = open.map((part) => meet(part, rule));
    decisions.push(...met.flatMap(({ decided }) => decided).map(({ unsure }) => ({ rule, unsure })));
    open = met.flatMap(({ left }) => left);
  }
  const certain = decisions.filter(({ rule, unsure }) => unsure.every(({ access }) => access === rule.access));
  const by = (access: SecurityRule['access']): readonly SecurityRule[] =>
    unique(certain.map(({ rule }) => rule).filter((rule) => rule.access === access));
  const unsure = unique(
    decisions.flatMap(({ rule, unsure: others }) => others.filter(({ access }) => access !== rule.access)),
  );
  return { outcome: outcomeOf(by('Allow'), by('Deny'), unsure), allowing: by('Allow'), denying: by('Deny'), unsure };
}

/** A connection that is surely refused settles it; one that is unknown keeps the rest from being allowed. */
function outcomeOf(
  allowing: readonly SecurityRule[],
  denying: readonly SecurityRule[],
  unsure: readonly SecurityRule[],
): FlowJudgement['outcome'] {
  if (denying.length > 0 && allowing.length > 0) return 'partly';
  if (unsure.length > 0) return 'unknown';
  return denying.length > 0 ? 'denied' : 'allowed';
}

function unique(rules: readonly SecurityRule[]): readonly SecurityRule[] {
  return [...new Set(rules)];
}

/** What a part of a flow can be divided by, each with what is surely in a rule, what may be and what is not. */
const DIMENSIONS: readonly ((part: Part, rule: JsonObject) => Divided)[] = [
  (part, rule) => {
    const wanted = texts(rule, 'protocol');
    const isIn = (protocol: Protocol): boolean =>
      wanted.some((each) => ['*', 'any', protocol].includes(each.toLowerCase()));
    return {
      inside: some('protocols', part.protocols.filter(isIn)),
      unsure: undefined,
      outside: some(
        'protocols',
        part.protocols.filter((protocol) => !isIn(protocol)),
      ),
    };
  },
  (part, rule) => dividePorts('ports', part.ports, texts(rule, 'destinationPortRange')),
  (part, rule) => dividePorts('sourcePorts', part.sourcePorts, texts(rule, 'sourcePortRange')),
  (part, rule) => dividePlaces('source', part.source, rule),
  (part, rule) => dividePlaces('destination', part.destination, rule),
];

interface Divided {
  readonly inside: Partial<Part> | undefined;
  readonly unsure: Partial<Part> | undefined;
  readonly outside: Partial<Part> | undefined;
}

function some<Name extends keyof Part>(name: Name, items: Part[Name]): Partial<Part> | undefined {
  return items.length === 0 ? undefined : ({ [name]: items } as Partial<Part>);
}

function dividePorts(name: 'ports' | 'sourcePorts', present: readonly Interval[], ranges: readonly string[]): Divided {
  const wanted = ranges.flatMap((range) => portsOf(range) ?? []);
  if (wanted.length < ranges.length) return { inside: undefined, unsure: some(name, present), outside: undefined };
  const rest = wanted.reduce<readonly Interval[]>((left, range) => cut(left, range).outside, present);
  const inside = rest.reduce<readonly Interval[]>((left, range) => cut(left, range).outside, present);
  return { inside: some(name, inside), unsure: undefined, outside: some(name, rest) };
}

function portsOf(range: string): Interval | undefined {
  if (['*', 'any'].includes(range.trim().toLowerCase())) return ALL_PORTS;
  const [, first, last = first] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(range) ?? [];
  return first === undefined ? undefined : { first: Number(first), last: Number(last) };
}

function dividePlaces(name: 'source' | 'destination', places: readonly Place[], rule: JsonObject): Divided {
  const groups = asArray(rule[`${name}ApplicationSecurityGroups`]);
  const split = groups.length > 0 ? splitByGroups(places) : splitPlaces(places, texts(rule, `${name}AddressPrefix`));
  return { inside: some(name, split.inside), unsure: some(name, split.unsure), outside: some(name, split.outside) };
}

/** What was written as one text or as several: `…Range` and `…Ranges`, `…Prefix` and `…Prefixes`. */
function texts(rule: JsonObject, name: string): readonly string[] {
  const plural = name.endsWith('x') ? `${name}es` : `${name}s`;
  const several = asStrings(readPath(rule, plural));
  const single = asString(readPath(rule, name));
  return single === undefined ? several : [single, ...several];
}

/** The connections of a part that a rule decides, and those that it leaves to the rules behind it. */
function meet(part: Part, rule: SecurityRule): { readonly decided: readonly Part[]; readonly left: readonly Part[] } {
  const left: Part[] = [];
  let matching: readonly { readonly part: Part; readonly isSure: boolean }[] = [{ part, isSure: true }];
  for (const divide of DIMENSIONS) {
    matching = matching.flatMap((candidate) => {
      const { inside, unsure, outside } = divide(candidate.part, rule.properties);
      if (outside) left.push({ ...candidate.part, ...outside });
      return [
        ...(inside ? [{ part: { ...candidate.part, ...inside }, isSure: candidate.isSure }] : []),
        ...(unsure ? [{ part: { ...candidate.part, ...unsure }, isSure: false }] : []),
      ];
    });
  }
  const doubtful = matching.filter(({ isSure }) => !isSure).map(({ part: each }) => each);
  return {
    decided: matching.filter(({ isSure }) => isSure).map(({ part: each }) => each),
    left: [...left, ...doubtful.map((each) => ({ ...each, unsure: [...each.unsure, rule] }))],
  };
}

/** Rules that would allow what an earlier one keeps out, and so have no effect on it. */
export function hiddenBehind(
  denying: readonly SecurityRule[],
  rules: readonly SecurityRule[],
  flow: Flow,
): readonly SecurityRule[] {
  const before = judgeFlow(rules, flow).allowing;
  const without = rules.filter((rule) => !denying.includes(rule));
  return judgeFlow(without, flow).allowing.filter((rule) => rules.includes(rule) && !before.includes(rule));
}
