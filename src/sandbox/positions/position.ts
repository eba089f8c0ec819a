/** Where a measurement is taken from. */
export type Position =
  { readonly kind: 'internet' } | { readonly kind: 'virtualNetwork'; readonly virtualNetwork: string };

/**
 * The addresses of the simulated internet are those that RFC 5737 keeps for documentation: they are public, and nobody's.
 * A service that is reached from here sees this caller.
 */
export function publicCaller(position: Position): string {
  return position.kind === 'internet' ? '203.0.113.10' : '203.0.113.20';
}
