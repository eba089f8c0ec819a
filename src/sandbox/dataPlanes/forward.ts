import type { Origin } from '../positions/position';
import type { ServiceAnswer, ServiceRequest } from './dataPlane';

/** What became of a request that a gateway passed on. */
export type Forwarded =
  | { readonly kind: 'answered'; readonly answer: ServiceAnswer }
  /** The name is not known there, or nobody answers at its address. */
  | { readonly kind: 'unresolved' | 'unreachable' }
  /** Something answers that does not prove to have this name. */
  | { readonly kind: 'wrongName' };

/**
 * Passes a request on from a place in the network to a host, by name or address, as that place resolves it, and over
 * TLS. The name that the other end has to prove is the host of the request.
 */
export type Forward = (origin: Origin, host: string, port: number, request: ServiceRequest) => Forwarded;
