import { asArray, asString } from '../../../core/resources/json';
import { readPath } from '../../../core/resources/propertyPath';
import { resourceName } from '../../../core/resources/resourceId';
import { normalizeLocation } from '../../../core/resources/wireEquality';
import type { WireResource } from '../../../core/resources/snapshot';
import { rolesOf } from '../../../core/setup/roles';
import type { RoleBinding } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { NetworkPicture, PictureCall, PictureService, PictureSubnet } from '../../../protocol/networkPicture';
import type { Localize } from '../../localize';
import { CALL_FACTS, drawCallers, webAppFact } from './callers';
import { drawHops } from './gateways';
import { box, knownSteps, partOf, presentAt, stateOf, type PictureInput } from './pictureInput';
import { PUBLIC_STEPS, SERVICE_CALLS, SERVICE_ROLES, stepsOfService, type ServiceRole } from './pictureSteps';
import { internetNote, reachOf, type Reach } from './reach';
import { drawSubnets } from './subnets';

interface Service {
  readonly role: ServiceRole;
  readonly id: string;
  readonly reach: Reach;
  readonly drawn: PictureService;
}

/** The network of the setup as boxes, and the same as sentences. Null while no service or no network is chosen. */
export function presentPicture(input: PictureInput, t: Localize): NetworkPicture | null {
  const { virtualNetwork } = input.setup.roles;
  const services = drawServices(input, t);
  if (services.length === 0 || virtualNetwork === undefined) return null;
  const subnets = drawSubnets(input, services, t);
  const callers = drawCallers(input, subnets, t);
  const hops = drawHops(input, subnets, t);
  const calls = drawCalls(input, services, t);
  const network = presentAt(input, virtualNetwork.id);
  const name = resourceName(virtualNetwork.id);
  const state = stateOf(input, virtualNetwork.id, virtualNetwork.create);
  const drawn = subnets.map(({ subnet }) => subnet);
  const app = webAppFact(input);
  return {
    description: t(text('The network of {0}, what reaches its services, and who may call whom.', name)),
    facts: [
      ...services.map(({ reach, drawn: { label } }) => t(reach.fact(label))),
      ...endpointFacts(services, drawn, name).map(t),
      ...callers.map(({ way }) => way.label),
      ...hops.map(({ label }) => label),
      ...calls.map(({ label }) => label),
      ...(app ? [t(app)] : []),
    ],
    internet: { label: t(text('Internet')), note: t(internetNote(services.map(({ reach }) => reach))) },
    callers,
    virtualNetwork: {
      ...box(input, virtualNetwork.id, networkNote(network, virtualNetwork), state, ['vnet']),
      subnets: drawn,
    },
    services: services.map(({ drawn: service }) => service),
    hops,
    calls,
  };
}

function drawServices(input: PictureInput, t: Localize): readonly Service[] {
  const roles = rolesOf(input.setup.scenarios).map(({ id }) => id);
  return SERVICE_ROLES.filter((role) => roles.includes(role)).flatMap((role) => {
    const binding = input.setup.roles[role];
    if (binding === undefined) return [];
    const { id, create } = binding;
    const present = presentAt(input, id);
    const state = stateOf(input, id, create);
    const reach = reachOf(present, state);
    const location = normalizeLocation(asString(present?.['location']) ?? create?.location ?? '');
    const drawn: PictureService = {
      ...box(input, id, location, state, stepsOfService(role)),
      reachable: reach.reachable,
      reachableLabel: t(reach.label),
      reachableSteps: knownSteps(input, PUBLIC_STEPS[role]),
    };
    return [{ role, id, reach, drawn }];
  });
}

function drawCalls(input: PictureInput, services: readonly Service[], t: Localize): readonly PictureCall[] {
  return SERVICE_CALLS.flatMap(({ from, to, steps }) => {
    const [caller, callee] = [from, to].map((role) => services.findIndex((service) => service.role === role));
    const part = partOf(input, steps);
    if (caller === undefined || callee === undefined || caller < 0 || callee < 0 || part === undefined) return [];
    return [{ ...part, from: caller, to: callee, label: t(callFact(services, caller, callee, part.state)) }];
  });
}

function callFact(services: readonly Service[], from: number, to: number, state: PictureCall['state']): Text {
  return CALL_FACTS[state](services[from]?.drawn.label ?? '', services[to]?.drawn.label ?? '');
}

function endpointFacts(
  services: readonly Service[],
  subnets: readonly PictureSubnet[],
  network: string,
): readonly Text[] {
  return services.flatMap(({ drawn: { label } }, index) => {
    const inside = subnets.flatMap((subnet) =>
      subnet.items
        .filter(({ service }) => service === index)
        .map((endpoint) =>
          endpoint.state === 'present'
            ? text('{0} in {1} leads to {2}.', endpoint.label, subnet.label, label)
            : text('{0} is planned in {1}, to lead to {2}.', endpoint.label, subnet.label, label),
        ),
    );
    return inside.length > 0 ? inside : [text('Nothing in {0} leads to {1} yet.', network, label)];
  });
}

function networkNote(
  network: WireResource | undefined,
  { create }: RoleBinding<{ addressPrefixes: readonly string[] }>,
): string {
  const ranges = network
    ? asArray(readPath(network, 'properties.addressSpace.addressPrefixes')).map(String)
    : (create?.addressPrefixes ?? []);
  const region = asString(network?.['location']);
  return [...ranges, ...(region === undefined ? [] : [normalizeLocation(region)])].join(' · ');
}
