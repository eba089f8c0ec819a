import type { AzureReader, Clock } from '../ports';
import type { Unreadable } from '../resources/snapshot';
import { readWaits } from './weather';

/** Reads again where Azure was not reached or had no time: what cannot be read for a moment is not a result of a run. */
export function patientReader(azure: AzureReader, clock: Clock): AzureReader {
  const patiently = async <T>(
    ask: () => Promise<T>,
    seen: (answer: T) => readonly Seen[],
    signal: AbortSignal,
  ): Promise<T> => {
    let answer = await ask();
    for (let times = 0; ; times += 1) {
      const seconds = Math.max(0, ...seen(answer).map((each) => waitFor(each, times)));
      if (seconds === 0) return answer;
      await clock.sleep(seconds * 1000, signal);
      answer = await ask();
    }
  };
  return {
    read: (id, signal) =>
      patiently(
        () => azure.read(id, signal),
        (entry) => [entry],
        signal,
      ),
    list: (types, signal, onPage) =>
      patiently(
        () => azure.list(types, signal, onPage),
        (listings) => [...listings.values()],
        signal,
      ),
  };
}

type Seen = Unreadable | { readonly state: 'present' | 'absent' | 'listed' };

function waitFor(seen: Seen, times: number): number {
  return seen.state === 'unreadable' ? (readWaits(seen.reason)[times] ?? 0) : 0;
}
