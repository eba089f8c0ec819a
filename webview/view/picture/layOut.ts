import type { NetworkPicture } from '../../../src/protocol/networkPicture';
import { narrow } from './narrow';
import type { PlacedPicture } from './placed';
import { wide } from './wide';

/** From this width on the internet, the network and the services stand beside each other. */
const WIDE = 600;
const NARROWEST = 220;

/** Places the picture in the given width, in CSS pixels. */
export function layOut(picture: NetworkPicture, width: number): PlacedPicture {
  return width >= WIDE ? wide(picture, Math.floor(width)) : narrow(picture, Math.max(NARROWEST, Math.floor(width)));
}
