import type { NetworkPicture, PicturePlace } from '../../../src/protocol/networkPicture';
import { placeHops } from './hops';
import {
  bottomOf,
  BOX_HEIGHT,
  CORNER,
  headAt,
  middleOf,
  rightOf,
  TRUNK,
  type PlacedBox,
  type PlacedLink,
  type PlacedPicture,
} from './placed';
import { bracketRoom, placeCalls, placeServices } from './services';
import { placeNetwork, type PlacedNetwork } from './virtualNetwork';

const MARGIN = 12;
const GAP = 28;
/** Lines of endpoints that run side by side; more share a place. */
const MOST_TRUNKS = 6;

/**
 * One below the other: the internet, the services, the virtual network, who comes into it. What comes from the
 * internet runs down the left side, what comes from the endpoints up the right side, and callers come in from the left.
 */
export function narrow(given: NetworkPicture, width: number): PlacedPicture {
  const picture = upsideDown(given);
  const left = picture.services.length === 0 ? 1 : MARGIN + picture.services.length * TRUNK;
  const links = picture.virtualNetwork.subnets.flatMap(({ items }) => items).filter(({ service }) => service !== null);
  const trunks = links.length === 0 ? 0 : MARGIN + Math.min(links.length, MOST_TRUNKS) * TRUNK;
  const right = 1 + trunks + bracketRoom(picture.calls);
  const { label, note } = picture.internet;
  const internet: PlacedBox = {
    kind: 'internet',
    x: 1,
    y: 1,
    width: width - 1 - Math.max(right, 1),
    height: BOX_HEIGHT,
    state: 'present',
    label,
    note,
    reach: null,
    steps: [],
  };
  const services = placeServices(picture, left, bottomOf(internet) + GAP, width - left - right);
  const below = Math.max(bottomOf(internet), ...services.map(bottomOf)) + GAP;
  const networkX = picture.callers.length === 0 ? 1 : MARGIN + picture.callers.length * TRUNK;
  const network = placeNetwork(picture.virtualNetwork, networkX, below, width - networkX - 1 - trunks);
  const callers = placeCallers(picture, bottomOf(network.box) + GAP, networkX, width - networkX - 1 - trunks);
  const boxes = [internet, ...services, network.box, ...network.inner, ...callers];
  return {
    width,
    height: Math.max(...boxes.map(bottomOf)) + 2,
    boxes,
    links: [
      ...publicLinks(picture, internet, services, left),
      ...privateLinks(network, services, width),
      ...placeCalls(picture, services),
      ...ways(picture, callers, network),
      ...placeHops(picture, network),
    ],
  };
}

/** With endpoints and callers in the reverse order, so that lines round the sides lie inside each other. */
function upsideDown(picture: NetworkPicture): NetworkPicture {
  const { virtualNetwork, callers, hops } = picture;
  const turned = ({ subnet, item }: PicturePlace): PicturePlace => ({
    subnet,
    item: (virtualNetwork.subnets[subnet]?.items.length ?? 0) - 1 - item,
  });
  const subnets = virtualNetwork.subnets.map((subnet) => ({ ...subnet, items: [...subnet.items].reverse() }));
  return {
    ...picture,
    virtualNetwork: { ...virtualNetwork, subnets },
    callers: [...callers].reverse(),
    hops: hops.map((hop) => ({ ...hop, from: turned(hop.from), to: turned(hop.to) })),
  };
}

function placeCallers({ callers }: NetworkPicture, top: number, x: number, width: number): readonly PlacedBox[] {
  return callers.map(({ state, label, note, steps }, index) => {
    const y = top + index * (BOX_HEIGHT + 10);
    return { kind: 'caller', x, y, width, height: BOX_HEIGHT, state, label, note, reach: null, steps };
  });
}

function publicLinks(
  picture: NetworkPicture,
  internet: PlacedBox,
  services: readonly PlacedBox[],
  left: number,
): readonly PlacedLink[] {
  return picture.services.flatMap(({ reachable, reachableLabel, reachableSteps, label }, index) => {
    const service = services[index];
    if (service === undefined) return [];
    const x = left - MARGIN - index * TRUNK;
    const y = middleOf(service);
    const mark = reachable === 'closed' ? { x, y: service.y - 8 } : null;
    return {
      kind: 'public',
      state: reachable,
      path: `M${x} ${bottomOf(internet)}V${y - CORNER}q0 ${CORNER} ${CORNER} ${CORNER}H${service.x}`,
      head: mark ? null : headAt({ x: service.x, y }, 'right'),
      mark,
      label: `${label}: ${reachableLabel}`,
      steps: reachableSteps,
    };
  });
}

function privateLinks(network: PlacedNetwork, services: readonly PlacedBox[], width: number): readonly PlacedLink[] {
  const { endpoints } = network;
  const lanes = Math.min(endpoints.length, MOST_TRUNKS);
  return endpoints.flatMap(({ box, service: index }, rank) => {
    const service = services[index];
    if (service === undefined) return [];
    const x = width - 2 - (lanes - 1 - (rank % MOST_TRUNKS)) * TRUNK;
    const siblings = endpoints.filter((endpoint) => endpoint.service === index);
    const spread = (siblings.findIndex((endpoint) => endpoint.box === box) - (siblings.length - 1) / 2) * 8;
    const [from, to] = [middleOf(box), middleOf(service) + spread];
    const path = `M${rightOf(box)} ${from}H${x - CORNER}q${CORNER} 0 ${CORNER} ${-CORNER}V${to + CORNER}q0 ${-CORNER} ${-CORNER} ${-CORNER}H${rightOf(service)}`;
    const head = headAt({ x: rightOf(service), y: to }, 'left');
    return { kind: 'private', state: box.state, path, head, mark: null, label: box.label, steps: box.steps };
  });
}

function ways({ callers }: NetworkPicture, boxes: readonly PlacedBox[], network: PlacedNetwork): readonly PlacedLink[] {
  return callers.flatMap(({ way: { state, label, steps }, subnet }, index) => {
    const [from, to] = [boxes[index], network.subnets.get(subnet)];
    if (from === undefined || to === undefined) return [];
    const x = from.x - MARGIN - index * TRUNK + 1;
    const path = `M${from.x} ${middleOf(from)}H${x + CORNER}q${-CORNER} 0 ${-CORNER} ${-CORNER}V${middleOf(to) + CORNER}q0 ${-CORNER} ${CORNER} ${-CORNER}H${to.x}`;
    return {
      kind: 'way',
      state,
      path,
      head: headAt({ x: to.x, y: middleOf(to) }, 'right'),
      mark: null,
      label,
      steps,
    };
  });
}
