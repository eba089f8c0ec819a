import type { PictureBox, PictureService } from '../../../src/protocol/wizardState';

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

export interface PlacedBox extends Rectangle {
  readonly kind: 'internet' | 'network' | 'subnet' | 'endpoint' | 'service';
  readonly state: PictureBox['state'];
  readonly label: string;
  readonly note: string;
}

export interface PlacedLink {
  readonly kind: 'public' | 'private';
  readonly state: PictureService['reachable'] | PictureBox['state'];
  /** An SVG path, from where the traffic comes to where it goes. */
  readonly path: string;
  readonly label: (Rectangle & { readonly text: string }) | null;
  /** Where a closed link is struck through. */
  readonly mark: { readonly x: number; readonly y: number } | null;
}

/** Height of a box with a label and a note. */
export const BOX_HEIGHT = 48;
/** Height of a line of text beside a link. */
export const LABEL_HEIGHT = 16;

export const rightOf = (box: Rectangle): number => box.x + box.width;
export const bottomOf = (box: Rectangle): number => box.y + box.height;
export const middleOf = (box: Rectangle): number => box.y + box.height / 2;
