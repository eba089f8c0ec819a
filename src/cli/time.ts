/** Milliseconds since the epoch as ISO 8601 writes them, or as they are where they are no time. */
export function isoTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? String(milliseconds) : time.toISOString();
}

/** Milliseconds since the epoch as people read them: `2026-11-22 09:30 UTC`. */
export function pointInTime(milliseconds: number): string {
  return isoTime(milliseconds).replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$/, '$1 $2 UTC');
}
