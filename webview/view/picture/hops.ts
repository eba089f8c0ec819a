import type { NetworkPicture } from '../../../src/protocol/networkPicture';
import { CORNER, headAt, middleOf, rightOf, straightAt, type PlacedBox, type PlacedLink } from './placed';
import { placeKey, type PlacedNetwork } from './virtualNetwork';

/** How far from its right end a line leaves a box downwards: beside the words. */
const FROM_END = 22;
/** How far beside the boxes a line passes those that it does not lead to, still inside their subnets. */
const ASIDE = 5;
const TIGHT_CORNER = 4;

/** What passes calls on to what inside the network, from box to box. */
export function placeHops({ hops }: NetworkPicture, { items }: PlacedNetwork): readonly PlacedLink[] {
  return hops.flatMap(({ from, to, state, label, steps }) => {
    const [start, end] = [items.get(placeKey(from)), items.get(placeKey(to))];
    if (start === undefined || end === undefined || start === end) return [];
    return { kind: 'hop', state, ...wayBetween(start, end, [...items.values()]), mark: null, label, steps };
  });
}

function wayBetween(from: PlacedBox, to: PlacedBox, all: readonly PlacedBox[]) {
  if (from.x !== to.x) return across(from, to);
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
  const isNext = !all.some((box) => box.x === from.x && box.y > upper.y && box.y < lower.y);
  return isNext ? straightAt(rightOf(from) - FROM_END, from, to) : beside(from, to);
}

/** To the other column, through the room between the two. */
function across(from: PlacedBox, to: PlacedBox) {
  const isRight = from.x < to.x;
  const [x1, x2] = isRight ? [rightOf(from), to.x] : [from.x, rightOf(to)];
  const [y1, y2] = [middleOf(from), middleOf(to)];
  const sideways = isRight ? CORNER : -CORNER;
  const rise = Math.min(CORNER, Math.abs(y2 - y1) / 2) * Math.sign(y2 - y1);
  const x = (x1 + x2) / 2;
  const path = `M${x1} ${y1}H${x - sideways}q${sideways} 0 ${sideways} ${rise}V${y2 - rise}q0 ${rise} ${sideways} ${rise}H${x2}`;
  return { path, head: headAt({ x: x2, y: y2 }, isRight ? 'right' : 'left') };
}

/** Past what stands between the two. */
function beside(from: PlacedBox, to: PlacedBox) {
  const [y1, y2] = [middleOf(from), middleOf(to)];
  const rise = TIGHT_CORNER * Math.sign(y2 - y1);
  const x = from.x - ASIDE;
  const bend = TIGHT_CORNER;
  const path = `M${from.x} ${y1}H${x + bend}q${-bend} 0 ${-bend} ${rise}V${y2 - rise}q0 ${rise} ${bend} ${rise}H${to.x}`;
  return { path, head: `M${to.x - 4} ${y2 - 4}L${to.x} ${y2}L${to.x - 4} ${y2 + 4}` };
}
