import type { NetworkPicture } from '../../../src/protocol/networkPicture';
import { placeHops } from './hops';
import {
  bottomOf,
  BOX_HEIGHT,
  centerOf,
  CORNER,
  headAt,
  middleOf,
  rightOf,
  TRUNK,
  type PlacedBox,
  type PlacedLink,
  type PlacedPicture,
} from './placed';
import { arrivalAt, bracketRoom, markBeside, placeCalls, placeServices } from './services';
import { placeNetwork, type PlacedNetwork } from './virtualNetwork';

const CALLER_GAP = 34;
const SERVICE_GAP = 56;
const INTERNET_GAP = 36;

/**
 * Callers, virtual network and services from left to right, the internet above the services. What comes from the
 * internet reaches the first service from above and the others from the right; what comes from the endpoints reaches
 * them from the left. So the two never cross.
 */
export function wide(picture: NetworkPicture, width: number): PlacedPicture {
  const hasServices = picture.services.length > 0;
  const serviceWidth = hasServices ? clamp(width * 0.2, 130, 190) : 0;
  const callerWidth = picture.callers.length > 0 ? clamp(width * 0.15, 104, 132) : 0;
  const bracket = bracketRoom(picture.calls);
  const trunks = picture.services.length > 1 ? 12 + (picture.services.length - 1) * TRUNK : 0;
  const right = bracket + trunks;
  const networkX = callerWidth > 0 ? 1 + callerWidth + CALLER_GAP : 1;
  const servicesX = width - right - serviceWidth - 1;
  const networkWidth = (hasServices ? servicesX - SERVICE_GAP : width - 1) - networkX;
  const internet = placeInternet(picture, hasServices ? servicesX : 1, hasServices ? serviceWidth : 130);
  const network = placeNetwork(
    picture.virtualNetwork,
    networkX,
    hasServices ? 1 : bottomOf(internet) + 20,
    networkWidth,
  );
  const services = placeServices(picture, servicesX, bottomOf(internet) + INTERNET_GAP, serviceWidth);
  const callers = placeCallers(picture, network, callerWidth);
  const boxes = [...callers, network.box, ...network.inner, internet, ...services];
  return {
    width,
    height: Math.max(...boxes.map(bottomOf)) + 2,
    boxes,
    links: [
      ...ways(picture, callers, network),
      ...placeHops(picture, network),
      ...privateLinks(network, services),
      ...placeCalls(picture, services),
      ...publicLinks(picture, internet, services, bracket),
    ],
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

function placeInternet({ internet }: NetworkPicture, x: number, width: number): PlacedBox {
  const { label, note } = internet;
  return {
    kind: 'internet',
    x,
    y: 1,
    width,
    height: BOX_HEIGHT,
    state: 'present',
    label,
    note,
    reach: null,
    steps: [],
  };
}

/** Each at the height of the subnet that it comes in through, and below the one before. */
function placeCallers({ callers }: NetworkPicture, network: PlacedNetwork, width: number): readonly PlacedBox[] {
  const placed: PlacedBox[] = [];
  for (const { state, label, note, steps, subnet } of callers) {
    const target = network.subnets.get(subnet) ?? network.box;
    const above = placed.at(-1);
    const y = Math.max(1, middleOf(target) - BOX_HEIGHT / 2, above === undefined ? 0 : bottomOf(above) + 10);
    placed.push({ kind: 'caller', x: 1, y, width, height: BOX_HEIGHT, state, label, note, reach: null, steps });
  }
  return placed;
}

function ways({ callers }: NetworkPicture, boxes: readonly PlacedBox[], network: PlacedNetwork): readonly PlacedLink[] {
  return callers.flatMap(({ way: { state, label, steps }, subnet }, index) => {
    const [from, to] = [boxes[index], network.subnets.get(subnet)];
    if (from === undefined || to === undefined) return [];
    const [x1, y1, x2, y2] = [rightOf(from), middleOf(from), to.x, middleOf(to)];
    const bend = (x2 - x1) / 2;
    const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    return { kind: 'way', state, path, head: headAt({ x: x2, y: y2 }, 'right'), mark: null, label, steps };
  });
}

function publicLinks(
  picture: NetworkPicture,
  internet: PlacedBox,
  services: readonly PlacedBox[],
  bracket: number,
): readonly PlacedLink[] {
  return picture.services.flatMap(({ reachable, reachableLabel, reachableSteps, label }, index) => {
    const service = services[index];
    if (service === undefined) return [];
    const name = `${label}: ${reachableLabel}`;
    const link = { kind: 'public', state: reachable, label: name, steps: reachableSteps } as const;
    if (index === 0) {
      const x = centerOf(service);
      const path = `M${x} ${bottomOf(internet)}V${service.y}`;
      const mark = reachable === 'closed' ? { x, y: (bottomOf(internet) + service.y) / 2 } : null;
      return { ...link, path, head: mark ? null : headAt({ x, y: service.y }, 'down'), mark };
    }
    const x = rightOf(service) + bracket + 12 + (index - 1) * TRUNK;
    // The outermost line starts highest, so that the two do not cross.
    const start = middleOf(internet) + 9 - (index - 1) * 6;
    const y = middleOf(service) + (bracket > 0 ? 4 : 0);
    const path = `M${rightOf(internet)} ${start}H${x - CORNER}q${CORNER} 0 ${CORNER} ${CORNER}V${y - CORNER}q0 ${CORNER} ${-CORNER} ${CORNER}H${rightOf(service)}`;
    const mark = reachable === 'closed' ? { ...markBeside(service, x), y: service.y - 8 } : null;
    return { ...link, path, head: mark ? null : headAt({ x: rightOf(service), y }, 'left'), mark };
  });
}

function privateLinks(network: PlacedNetwork, services: readonly PlacedBox[]): readonly PlacedLink[] {
  return network.endpoints.flatMap(({ box, service: index }) => {
    const service = services[index];
    if (service === undefined) return [];
    const siblings = network.endpoints.filter((endpoint) => endpoint.service === index);
    const rank = siblings.findIndex((endpoint) => endpoint.box === box);
    const [x1, y1] = [rightOf(box), middleOf(box)];
    const [x2, y2] = [service.x, arrivalAt(service, rank, siblings.length)];
    const bend = (x2 - x1) / 2;
    const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    const head = headAt({ x: x2, y: y2 }, 'right');
    return { kind: 'private', state: box.state, path, head, mark: null, label: box.label, steps: box.steps };
  });
}
