/** Keeps what is in a map. @returns brings it back, as often as wanted. */
export function keepMap<Key, Value>(map: Map<Key, Value>): () => void {
  const entries = [...map];
  return () => {
    map.clear();
    for (const [key, value] of entries) map.set(key, value);
  };
}
