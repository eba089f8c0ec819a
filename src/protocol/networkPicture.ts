/**
 * The network as boxes and lines: facts only, the page does the drawing. What is `planned` is drawn dashed. The same
 * facts are told by `description` and `facts` for screen readers.
 */
export interface NetworkPicture {
  readonly description: string;
  /** Sentences, one a fact, shown as a list to screen readers. */
  readonly facts: readonly string[];
  readonly internet: { readonly label: string; readonly note: string };
  /** Who comes in from outside of the virtual network, each through a subnet of it. */
  readonly callers: readonly PictureCaller[];
  readonly virtualNetwork: PictureBox & { readonly subnets: readonly PictureSubnet[] };
  readonly services: readonly PictureService[];
  /** What passes calls on to what inside the virtual network. */
  readonly hops: readonly PictureHop[];
  /** Who may call whom among the services. */
  readonly calls: readonly PictureCall[];
}

export type PartState = 'present' | 'planned' | 'unknown' | 'missing';

/** Anything that is drawn and that steps are about. */
export interface PicturePart {
  readonly state: PartState;
  /** Ids of the steps that are about it, in the order of the checklist. */
  readonly steps: readonly string[];
}

export interface PictureBox extends PicturePart {
  readonly label: string;
  readonly note: string;
}

export interface PictureSubnet extends PictureBox {
  readonly items: readonly PictureItem[];
}

/** What stands in a subnet: a private endpoint, or a gateway. */
export interface PictureItem extends PictureBox {
  /** For a private endpoint, the index of its service in `services`; null for anything else. */
  readonly service: number | null;
}

export interface PictureCaller extends PictureBox {
  /** Index of the subnet that it comes in through. */
  readonly subnet: number;
  /** The way from it into the subnet. */
  readonly way: PicturePart & { readonly label: string };
}

/** A gateway passes calls on to what stands behind it. */
export interface PictureHop extends PicturePart {
  readonly from: PicturePlace;
  readonly to: PicturePlace;
  /** "agw-contoso passes calls on to apim-contoso." */
  readonly label: string;
}

/** Something in a subnet, by the indexes of both. */
export interface PicturePlace {
  readonly subnet: number;
  readonly item: number;
}

export interface PictureService extends PictureBox {
  /** Whether the internet reaches it now. */
  readonly reachable: 'open' | 'limited' | 'closed' | 'unknown';
  /** "public access on". */
  readonly reachableLabel: string;
  /** Steps that close it. */
  readonly reachableSteps: readonly string[];
}

/** One service may call another: it has the roles, and the other lets it in. */
export interface PictureCall extends PicturePart {
  /** Indexes into `services`. */
  readonly from: number;
  readonly to: number;
  /** "contoso-openai may call contoso-search". */
  readonly label: string;
}
