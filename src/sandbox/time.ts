/** ISO 8601 with the seven digits of .NET: `2026-01-05T09:00:00.0000000Z`. */
export function preciseTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z');
}

/** ISO 8601 as Azure's providers write it: no trailing zeros in the fraction, and no fraction of zero. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.?0+Z$/, 'Z');
}
