/** ISO 8601 as Azure's providers write it: no trailing zeros in the fraction, and no fraction of zero. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.?0+Z$/, 'Z');
}
