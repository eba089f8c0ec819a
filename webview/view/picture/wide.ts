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

const INTERNET_WIDTH = 130;
const INTERNET_GAP = 40;
const SERVICE_GAP = 70;
const LANE = 24;
const TRUNK = 8;
const CORNER = 8;

/**
 * Internet, virtual network and services from left to right. What comes from the internet goes over the top, in a lane
 * of its own for each service, and reaches the services from above or from the right; what comes from the endpoints
 * reaches them from the left. So the two never cross.
 */
export function wide(picture: NetworkPicture, width: number): PlacedPicture {
  const count = picture.services.length;
  const trunks = count > 1 ? 12 + (count - 1) * TRUNK : 0;
  const serviceWidth = count === 0 ? 0 : Math.min(190, Math.max(130, width * 0.2));
  const top = count * LANE + 8;
  const networkX = INTERNET_WIDTH + INTERNET_GAP;
  const servicesRoom = count === 0 ? 0 : serviceWidth + SERVICE_GAP + trunks;
  const network = placeNetwork(picture.virtualNetwork, networkX, top, width - networkX - servicesRoom - 1);
  const services = placeServices(picture, width - trunks - serviceWidth - 1, serviceWidth, network.box);
  const internet = placeInternet(picture, network.box);
  const boxes = [internet, network.box, ...network.inner, ...services];
  return {
    width,
    height: Math.max(...boxes.map(bottomOf)) + 2,
    boxes,
    links: [...publicLinks(picture, internet, services), ...privateLinks(network, services)],
  };
}

function placeInternet({ internet }: NetworkPicture, network: PlacedBox): PlacedBox {
  const height = 56;
  const y = Math.max(network.y, middleOf(network) - height / 2);
  return {
    kind: 'internet',
    x: 1,
    y,
    width: INTERNET_WIDTH,
    height,
    state: 'present',
    label: internet.label,
    note: internet.note,
  };
}

function placeServices(
  { services }: NetworkPicture,
  x: number,
  width: number,
  network: PlacedBox,
): readonly PlacedBox[] {
  const step = BOX_HEIGHT + 14;
  const first = Math.max(network.y, middleOf(network) - (services.length * step - 14) / 2);
  return services.map(({ state, label, note }, index) => {
    return { kind: 'service', x, y: first + index * step, width, height: BOX_HEIGHT, state, label, note };
  });
}

function publicLinks(
  picture: NetworkPicture,
  internet: PlacedBox,
  services: readonly PlacedBox[],
): readonly PlacedLink[] {
  return picture.services.flatMap(({ reachable, reachableLabel }, index) => {
    const service = services[index];
    if (service === undefined) return [];
    const lane = (services.length - index) * LANE - 4;
    const start = internet.x + internet.width / 2 + ((services.length - 1) / 2 - index) * 10;
    const up = `M${start} ${internet.y}V${lane + CORNER}q0 ${-CORNER} ${CORNER} ${-CORNER}`;
    const labelX = rightOf(internet) + 8;
    return {
      kind: 'public',
      state: reachable,
      path: up + (index === 0 ? intoTop(service) : intoSide(service, rightOf(service) + 12 + (index - 1) * TRUNK)),
      label: {
        x: labelX,
        y: lane - LABEL_HEIGHT - 2,
        width: Math.max(80, (services[0]?.x ?? service.x) - labelX),
        height: LABEL_HEIGHT,
        text: reachableLabel,
      },
      mark: reachable === 'closed' ? { x: rightOf(internet) + INTERNET_GAP / 2, y: lane } : null,
    };
  });
}

function intoTop(service: PlacedBox): string {
  const x = service.x + service.width / 2;
  return `H${x - CORNER}q${CORNER} 0 ${CORNER} ${CORNER}V${service.y}`;
}

function intoSide(service: PlacedBox, trunk: number): string {
  const y = middleOf(service);
  return `H${trunk - CORNER}q${CORNER} 0 ${CORNER} ${CORNER}V${y - CORNER}q0 ${CORNER} ${-CORNER} ${CORNER}H${rightOf(service)}`;
}

function privateLinks(network: PlacedNetwork, services: readonly PlacedBox[]): readonly PlacedLink[] {
  return network.endpoints.flatMap(({ box, service: index }) => {
    const service = services[index];
    if (service === undefined) return [];
    const siblings = network.endpoints.filter((endpoint) => endpoint.service === index);
    const rank = siblings.findIndex((endpoint) => endpoint.box === box);
    const [x1, y1] = [rightOf(box), middleOf(box)];
    const [x2, y2] = [service.x, service.y + (service.height * (rank + 1)) / (siblings.length + 1)];
    const bend = (x2 - x1) / 2;
    const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    return { kind: 'private', state: box.state, path, label: null, mark: null };
  });
}
