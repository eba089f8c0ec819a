import type { NetworkPicture, PictureItem, PicturePlace, PictureSubnet } from '../../../src/protocol/networkPicture';
import { bottomOf, BOX_HEIGHT, type PlacedBox } from './placed';

/** The virtual network with what is in it, and what links start from or lead to. */
export interface PlacedNetwork {
  readonly box: PlacedBox;
  readonly inner: readonly PlacedBox[];
  /** By the index of the subnet in the picture. */
  readonly subnets: ReadonlyMap<number, PlacedBox>;
  readonly endpoints: readonly PlacedEndpoint[];
  /** By the key of their place in the picture. */
  readonly items: ReadonlyMap<string, PlacedBox>;
}

export function placeKey({ subnet, item }: PicturePlace): string {
  return `${subnet}/${item}`;
}

export interface PlacedEndpoint {
  readonly box: PlacedBox;
  readonly service: number;
}

interface Column {
  readonly boxes: readonly PlacedBox[];
  readonly subnets: readonly (readonly [index: number, box: PlacedBox])[];
  readonly endpoints: readonly PlacedEndpoint[];
  readonly items: readonly (readonly [key: string, box: PlacedBox])[];
}

const TITLE = 34;
const PAD = 14;
const GAP = 10;
const ITEM_HEIGHT = 44;
const NARROWEST_COLUMN = 140;

/**
 * Places the virtual network at the given point. Subnets with endpoints go to the right column, all others to the left
 * one, so that no link crosses a subnet; in one column where there is no room for two.
 */
export function placeNetwork(
  network: NetworkPicture['virtualNetwork'],
  x: number,
  y: number,
  width: number,
): PlacedNetwork {
  const inside = width - 2 * PAD;
  const numbered = network.subnets.map((subnet, index) => ({ subnet, index }));
  const plain = numbered.filter(({ subnet }) => !holdsEndpoints(subnet));
  const holding = numbered.filter(({ subnet }) => holdsEndpoints(subnet));
  const column = (inside - GAP) / 2;
  const twoColumns = plain.length > 0 && holding.length > 0 && column >= NARROWEST_COLUMN;
  const left = x + PAD;
  const top = y + TITLE;
  const columns = twoColumns
    ? [placeColumn(plain, left, top, column), placeColumn(holding, left + column + GAP, top, column)]
    : [placeColumn([...plain, ...holding], left, top, inside)];
  const inner = columns.flatMap(({ boxes }) => boxes);
  const bottom = Math.max(top + BOX_HEIGHT - GAP, ...inner.map(bottomOf)) + PAD;
  const { state, label, note, steps } = network;
  return {
    box: { kind: 'network', x, y, width, height: bottom - y, state, label, note, reach: null, steps },
    inner,
    subnets: new Map(columns.flatMap(({ subnets }) => subnets)),
    endpoints: columns.flatMap(({ endpoints }) => endpoints),
    items: new Map(columns.flatMap(({ items }) => items)),
  };
}

function holdsEndpoints({ items }: PictureSubnet): boolean {
  return items.some(({ service }) => service !== null);
}

function placeColumn(
  column: readonly { readonly subnet: PictureSubnet; readonly index: number }[],
  x: number,
  top: number,
  width: number,
): Column {
  const boxes: PlacedBox[] = [];
  const subnets: [number, PlacedBox][] = [];
  const endpoints: PlacedEndpoint[] = [];
  const items: [string, PlacedBox][] = [];
  let y = top;
  for (const { subnet, index } of column) {
    const { state, label, note, steps } = subnet;
    const placed = subnet.items.map((item, rank) => ({
      item,
      box: placeItem(item, rank, x + GAP, y + BOX_HEIGHT, width - 2 * GAP),
    }));
    const bottom = Math.max(y + BOX_HEIGHT, ...placed.map(({ box }) => bottomOf(box) + GAP));
    const outer: PlacedBox = {
      kind: 'subnet',
      x,
      y,
      width,
      height: bottom - y,
      state,
      label,
      note,
      reach: null,
      steps,
    };
    boxes.push(outer, ...placed.map(({ box }) => box));
    subnets.push([index, outer]);
    items.push(...placed.map(({ box }, item): [string, PlacedBox] => [placeKey({ subnet: index, item }), box]));
    endpoints.push(
      ...placed.flatMap(({ item, box }) => (item.service === null ? [] : [{ box, service: item.service }])),
    );
    y = bottom + GAP;
  }
  return { boxes, subnets, endpoints, items };
}

function placeItem(
  { state, label, note, steps }: PictureItem,
  rank: number,
  x: number,
  top: number,
  width: number,
): PlacedBox {
  const y = top + rank * (ITEM_HEIGHT + GAP);
  return { kind: 'item', x, y, width, height: ITEM_HEIGHT, state, label, note, reach: null, steps };
}
