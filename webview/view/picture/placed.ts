import type { PartState, PictureService } from '../../../src/protocol/networkPicture';

/** The whole picture with everything in its place, in CSS pixels, ready to be drawn. */
export interface PlacedPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly links: readonly PlacedLink[];
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Rectangle {
  readonly kind: 'internet' | 'network' | 'subnet' | 'item' | 'caller' | 'service';
  readonly state: PartState;
  readonly label: string;
  readonly note: string;
  /** For a service: whether the internet reaches it. */
  readonly reach: { readonly state: PictureService['reachable']; readonly label: string } | null;
  /** The steps that are about it. */
  readonly steps: readonly string[];
}

export interface PlacedLink {
  /**
   * From the internet; from a private endpoint; from one service to another; from a caller into the network; from one
   * thing in it to the next.
   */
  readonly kind: 'public' | 'private' | 'call' | 'way' | 'hop';
  readonly state: PictureService['reachable'] | PartState;
  /** An SVG path, from where the traffic comes to where it goes. */
  readonly path: string;
  /** The head of the arrow as an SVG path; null for a line without one. */
  readonly head: string | null;
  /** Where a closed link is struck through. */
  readonly mark: Point | null;
  /** What it means, in words. */
  readonly label: string;
  readonly steps: readonly string[];
}

/** Height of a box with a label and a note. */
export const BOX_HEIGHT = 48;
/** Height of a service, which has a third line. */
export const SERVICE_HEIGHT = 64;
/** Room between services for the arrows between them. */
export const CALL_GAP = 40;
/** Distance between lines that run side by side. */
export const TRUNK = 9;
export const CORNER = 8;

export const rightOf = (box: Rectangle): number => box.x + box.width;
export const bottomOf = (box: Rectangle): number => box.y + box.height;
export const middleOf = (box: Rectangle): number => box.y + box.height / 2;
export const centerOf = (box: Rectangle): number => box.x + box.width / 2;

/** The head of an arrow that ends here. */
export function headAt({ x, y }: Point, towards: 'up' | 'down' | 'left' | 'right'): string {
  switch (towards) {
    case 'up':
      return `M${x - 4} ${y + 7}L${x} ${y}L${x + 4} ${y + 7}`;
    case 'down':
      return `M${x - 4} ${y - 7}L${x} ${y}L${x + 4} ${y - 7}`;
    case 'left':
      return `M${x + 7} ${y - 4}L${x} ${y}L${x + 7} ${y + 4}`;
    case 'right':
      return `M${x - 7} ${y - 4}L${x} ${y}L${x - 7} ${y + 4}`;
  }
}

/** An arrow straight up or down, between two that stand one above the other. */
export function straightAt(
  x: number,
  from: Rectangle,
  to: Rectangle,
): { readonly path: string; readonly head: string } {
  const isDown = from.y < to.y;
  const [start, end] = isDown ? [bottomOf(from), to.y] : [from.y, bottomOf(to)];
  return { path: `M${x} ${start}V${end}`, head: headAt({ x, y: end }, isDown ? 'down' : 'up') };
}
