import type { NetworkPicture } from '../../../src/protocol/wizardState';
import {
  bottomOf,
  BOX_HEIGHT,
  LABEL_HEIGHT,
  middleOf,
  rightOf,
  type PlacedBox,
  type PlacedLink,
  type PlacedPicture,
} from './placed';
import { placeNetwork, type PlacedNetwork } from './virtualNetwork';

const TRUNK = 8;
const MARGIN = 14;
const CORNER = 6;
const GAP = 18;

/**
 * Internet, services and virtual network below each other. What comes from the internet goes down the left side, what
 * comes from the endpoints up the right side.
 */
export function narrow(picture: NetworkPicture, width: number): PlacedPicture {
  const left = picture.services.length === 0 ? 1 : MARGIN + picture.services.length * TRUNK;
  const links = picture.virtualNetwork.subnets.flatMap(({ endpoints }) => endpoints).length;
  const right = links === 0 ? 1 : MARGIN + Math.min(links, 6) * TRUNK;
  const { label, note } = picture.internet;
  const internet: PlacedBox = {
    kind: 'internet',
    x: 1,
    y: 1,
    width: width - right - 1,
    height: BOX_HEIGHT,
    state: 'present',
    label,
    note,
  };
  const services = placeServices(picture, left, width - left - right, bottomOf(internet) + 8);
  const below = Math.max(bottomOf(internet), ...services.map(bottomOf)) + GAP;
  const network = placeNetwork(picture.virtualNetwork, 1, below, width - right - 1);
  const boxes = [internet, ...services, network.box, ...network.inner];
  return {
    width,
    height: Math.max(...boxes.map(bottomOf)) + 2,
    boxes,
    links: [...publicLinks(picture, internet, services, left), ...privateLinks(network, services, width)],
  };
}

function placeServices({ services }: NetworkPicture, x: number, width: number, top: number): readonly PlacedBox[] {
  const step = LABEL_HEIGHT + 4 + BOX_HEIGHT + 10;
  return services.map(({ state, label, note }, index) => {
    return {
      kind: 'service',
      x,
      y: top + index * step + LABEL_HEIGHT + 4,
      width,
      height: BOX_HEIGHT,
      state,
      label,
      note,
    };
  });
}

function publicLinks(
  picture: NetworkPicture,
  internet: PlacedBox,
  services: readonly PlacedBox[],
  left: number,
): readonly PlacedLink[] {
  return picture.services.flatMap(({ reachable, reachableLabel }, index) => {
    const service = services[index];
    if (service === undefined) return [];
    const x = left - MARGIN - index * TRUNK;
    const y = middleOf(service);
    const labelY = service.y - LABEL_HEIGHT - 2;
    return {
      kind: 'public',
      state: reachable,
      path: `M${x} ${bottomOf(internet)}V${y - CORNER}q0 ${CORNER} ${CORNER} ${CORNER}H${service.x}`,
      label: { x: service.x, y: labelY, width: service.width, height: LABEL_HEIGHT, text: reachableLabel },
      mark: reachable === 'closed' ? { x, y: service.y } : null,
    };
  });
}

function privateLinks(network: PlacedNetwork, services: readonly PlacedBox[], width: number): readonly PlacedLink[] {
  return network.endpoints.flatMap(({ box, service: index }, rank) => {
    const service = services[index];
    if (service === undefined) return [];
    const x = width - 2 - (Math.min(network.endpoints.length, 6) - 1 - (rank % 6)) * TRUNK;
    const [from, to] = [middleOf(box), middleOf(service)];
    const path = `M${rightOf(box)} ${from}H${x - CORNER}q${CORNER} 0 ${CORNER} ${-CORNER}V${to + CORNER}q0 ${-CORNER} ${-CORNER} ${-CORNER}H${rightOf(service)}`;
    return { kind: 'private', state: box.state, path, label: null, mark: null };
  });
}
