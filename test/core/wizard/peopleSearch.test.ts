import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../src/core/setup/setup';
import { NO_SEARCH, PeopleSearch } from '../../../src/vscode/setups/peopleSearch';
import { BUILDERS, DANA } from './support';

function searchIn(find: (name: string, signal: AbortSignal) => Promise<readonly Principal[]>): PeopleSearch {
  return new PeopleSearch({ find, signedIn: () => Promise.resolve(undefined) });
}

describe('a search for people', () => {
  it('asks the directory for a name, and tells that it is asking', async () => {
    const search = searchIn((name) => Promise.resolve(name === 'dana' ? [DANA] : []));
    const states: string[] = [];
    search.onChange.add(() => states.push(search.state.state));
    await search.find('developers', ' dana ');
    expect(states).toEqual(['searching', 'done']);
    expect(search.state.found).toEqual([DANA]);
  });

  it('takes an object id as it is, without asking: what it belongs to, the user says', async () => {
    const search = searchIn(() => Promise.reject(new Error('asked')));
    await search.find('developers', DANA.id.toUpperCase());
    expect(search.state.found.map(({ id, type }) => [id, type])).toEqual([
      [DANA.id, 'User'],
      [DANA.id, 'Group'],
      [DANA.id, 'ServicePrincipal'],
    ]);
  });

  it('keeps to the last one, though an earlier one answers later', async () => {
    const answers = new Map<string, (found: readonly Principal[]) => void>();
    const search = searchIn((name) => new Promise((resolve) => answers.set(name, resolve)));
    const [first, second] = [search.find('developers', 'da'), search.find('developers', 'ai')];
    answers.get('ai')?.([BUILDERS]);
    answers.get('da')?.([DANA]);
    await Promise.all([first, second]);
    expect(search.state.found).toEqual([BUILDERS]);
  });

  it('says why the directory did not answer', async () => {
    const search = searchIn(() => Promise.reject(new Error('Insufficient privileges.')));
    await search.find('developers', 'dana');
    expect(search.state).toMatchObject({ state: 'failed', failure: 'Insufficient privileges.', found: [] });
  });

  it('is over when nothing is looked for', async () => {
    const search = searchIn(() => Promise.resolve([DANA]));
    await search.find('developers', 'dana');
    await search.find('developers', ' ');
    expect(search.state).toEqual(NO_SEARCH);
  });
});
