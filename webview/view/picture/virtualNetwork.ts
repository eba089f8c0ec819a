import type { NetworkPicture, PictureEndpoint, PictureSubnet } from '../../../src/protocol/wizardState';
import { bottomOf, BOX_HEIGHT, type PlacedBox } from './placed';

/** The virtual network with what is in it, and the endpoints that links start from. */
export interface PlacedNetwork {
  readonly box: PlacedBox;
  readonly inner: readonly PlacedBox[];
  readonly endpoints: readonly { readonly box: PlacedBox; readonly service: number }[];
}

const TITLE = 34;
const PAD = 14;
const GAP = 10;
const ENDPOINT_HEIGHT = 44;
const NARROWEST_COLUMN = 140;

/**
 * Places the virtual network at the given point. Subnets without endpoints go to the left column, those with
 * endpoints to the right one, so that no link from an endpoint has to cross a subnet; in one column where there is no
 * room for two.
 */
export function placeNetwork(
  network: NetworkPicture['virtualNetwork'],
  x: number,
  y: number,
  width: number,
): PlacedNetwork {
  const inside = width - 2 * PAD;
  const plain = network.subnets.filter(({ endpoints }) => endpoints.length === 0);
  const holding = network.subnets.filter(({ endpoints }) => endpoints.length > 0);
  const column = (inside - GAP) / 2;
  const twoColumns = plain.length > 0 && holding.length > 0 && column >= NARROWEST_COLUMN;
  const left = x + PAD;
  const top = y + TITLE;
  const columns = twoColumns
    ? [placeColumn(plain, left, top, column), placeColumn(holding, left + column + GAP, top, column)]
    : [placeColumn([...plain, ...holding], left, top, inside)];
  const inner = columns.flatMap(({ boxes }) => boxes);
  const bottom = Math.max(top + BOX_HEIGHT - GAP, ...inner.map(bottomOf)) + PAD;
  return {
    box: {
      kind: 'network',
      x,
      y,
      width,
      height: bottom - y,
      state: network.state,
      label: network.label,
      note: network.note,
    },
    inner,
    endpoints: columns.flatMap(({ endpoints }) => endpoints),
  };
}

function placeColumn(subnets: readonly PictureSubnet[], x: number, top: number, width: number) {
  const boxes: PlacedBox[] = [];
  const endpoints: { box: PlacedBox; service: number }[] = [];
  let y = top;
  for (const subnet of subnets) {
    const placed = placeEndpoints(subnet.endpoints, x + GAP, y + BOX_HEIGHT, width - 2 * GAP);
    const bottom = Math.max(y + BOX_HEIGHT, ...placed.map(({ box }) => bottomOf(box) + GAP));
    const { state, label, note } = subnet;
    boxes.push(
      { kind: 'subnet', x, y, width, height: bottom - y, state, label, note },
      ...placed.map(({ box }) => box),
    );
    endpoints.push(...placed);
    y = bottom + GAP;
  }
  return { boxes, endpoints };
}

function placeEndpoints(endpoints: readonly PictureEndpoint[], x: number, top: number, width: number) {
  return endpoints.map(({ state, label, note, service }, index) => {
    const y = top + index * (ENDPOINT_HEIGHT + GAP);
    const box: PlacedBox = { kind: 'endpoint', x, y, width, height: ENDPOINT_HEIGHT, state, label, note };
    return { box, service };
  });
}
