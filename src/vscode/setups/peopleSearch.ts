import type { DirectoryPort } from '../../core/ports';
import type { Principal } from '../../core/setup/setup';
import { Listeners } from '../listeners';

/** A search for people and applications in Microsoft Entra ID, as it stands. */
export interface PeopleSearchState {
  /** The option of the form that somebody is looked up for. */
  readonly option: string;
  readonly search: string;
  readonly found: readonly Principal[];
  readonly state: 'idle' | 'searching' | 'done' | 'failed';
  /** Azure's words, where it failed. */
  readonly failure: string;
}

export const NO_SEARCH: PeopleSearchState = { option: '', search: '', found: [], state: 'idle', failure: '' };

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_FOUND = 20;

/** Looks people up by name. An object id is taken as it is: of which type it is, the user says. */
export class PeopleSearch {
  readonly onChange = new Listeners();
  private current = NO_SEARCH;
  private running: AbortController | undefined;

  constructor(private readonly directory: DirectoryPort) {}

  get state(): PeopleSearchState {
    return this.current;
  }

  /** Searches; a search that is still going on is given up. */
  async find(option: string, typed: string): Promise<void> {
    const search = typed.trim();
    this.running?.abort();
    if (search === '') return this.set(NO_SEARCH);
    if (OBJECT_ID.test(search)) {
      const found = (['User', 'Group', 'ServicePrincipal'] as const).map((type) => ({
        id: search.toLowerCase(),
        type,
      }));
      return this.set({ option, search, found, state: 'done', failure: '' });
    }
    const running = new AbortController();
    this.running = running;
    this.set({ option, search, found: [], state: 'searching', failure: '' });
    try {
      const found = await this.directory.find(search, running.signal);
      if (!running.signal.aborted)
        this.set({ option, search, found: found.slice(0, MOST_FOUND), state: 'done', failure: '' });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (!running.signal.aborted) this.set({ option, search, found: [], state: 'failed', failure });
    }
  }

  dispose(): void {
    this.running?.abort();
  }

  private set(state: PeopleSearchState): void {
    this.current = state;
    this.onChange.emit();
  }
}
