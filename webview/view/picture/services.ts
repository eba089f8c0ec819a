import type { NetworkPicture, PictureCall } from '../../../src/protocol/networkPicture';
import {
  bottomOf,
  CALL_GAP,
  CORNER,
  headAt,
  middleOf,
  rightOf,
  SERVICE_HEIGHT,
  straightAt,
  TRUNK,
  type PlacedBox,
  type PlacedLink,
} from './placed';

/** How far the arrow between services that are no neighbours keeps from those in between. */
export const BRACKET = 14;

/** Room to the right of the services for arrows past a neighbour. */
export function bracketRoom(calls: readonly PictureCall[]): number {
  const lanes = bracketsOf(calls).length;
  return lanes === 0 ? 0 : BRACKET + (lanes - 1) * TRUNK;
}

function bracketsOf(calls: readonly PictureCall[]): readonly PictureCall[] {
  return calls.filter(({ from, to }) => Math.abs(from - to) > 1);
}

/** The services one below the other, with room for arrows in between. */
export function placeServices(
  { services, calls }: NetworkPicture,
  x: number,
  top: number,
  width: number,
): readonly PlacedBox[] {
  const step = SERVICE_HEIGHT + (calls.length > 0 ? CALL_GAP : 14);
  return services.map(({ state, label, note, steps, reachable, reachableLabel }, index) => {
    const reach = { state: reachable, label: reachableLabel };
    const y = top + index * step;
    return { kind: 'service', x, y, width, height: SERVICE_HEIGHT, state, label, note, reach, steps };
  });
}

/** Who may call whom: straight between neighbours, round the right side past one. */
export function placeCalls({ calls }: NetworkPicture, services: readonly PlacedBox[]): readonly PlacedLink[] {
  return calls.flatMap((call) => {
    const [from, to] = [services[call.from], services[call.to]];
    if (from === undefined || to === undefined || from === to) return [];
    const { state, label, steps } = call;
    const drawn =
      Math.abs(call.from - call.to) === 1
        ? straight(calls, call, from, to)
        : around(from, to, bracketsOf(calls).indexOf(call));
    return { kind: 'call', state, ...drawn, mark: null, label, steps };
  });
}

/** Two that go both ways stand beside each other. */
function straight(calls: readonly PictureCall[], call: PictureCall, from: PlacedBox, to: PlacedBox) {
  const isBothWays = calls.some((other) => other.from === call.to && other.to === call.from);
  const isDown = from.y < to.y;
  return straightAt(from.x + from.width * (isBothWays ? (isDown ? 0.35 : 0.65) : 0.5), from, to);
}

function around(from: PlacedBox, to: PlacedBox, lane: number) {
  const isDown = from.y < to.y;
  const x = rightOf(from) + BRACKET + lane * TRUNK;
  const start = isDown ? bottomOf(from) - 12 - lane * 6 : from.y + 12 + lane * 6;
  const end = isDown ? to.y + 12 + lane * 6 : bottomOf(to) - 12 - lane * 6;
  const turn = isDown ? CORNER : -CORNER;
  const path = `M${rightOf(from)} ${start}H${x - CORNER}q${CORNER} 0 ${CORNER} ${turn}V${end - turn}q0 ${turn} ${-CORNER} ${turn}H${rightOf(to)}`;
  return { path, head: headAt({ x: rightOf(to), y: end }, 'left') };
}

/** Where the lines of several endpoints reach one service, spread over its side. */
export function arrivalAt(service: PlacedBox, rank: number, count: number): number {
  return service.y + (service.height * (rank + 1)) / (count + 1);
}

/** The place of the mark that strikes a closed line through, beside a service. */
export function markBeside(service: PlacedBox, x: number) {
  return { x, y: middleOf(service) };
}
