import type { IndexReader, Principal, SetupOptions } from '../../../core/setup/setup';
import { text } from '../../../core/text';
import type { FormField, PeopleField, TextOptionField } from '../../../protocol/setupForm';
import type { FormContext } from './formInput';
import { peopleIn } from './peopleFields';
import { samePerson } from './samePerson';

const MOST_READERS = 50;

/** Stands for the readers of an index that was named before anybody was. No setup is accepted with it. */
const NOBODY: Principal = { id: '', type: 'User' };

/** The indexes that have readers, in the order in which they were named. */
export function indexesWithReaders(readers: readonly IndexReader[]): readonly string[] {
  return [...new Set(readers.map(({ index }) => index))];
}

/** The name and the people of each index that only some may read, and an empty name for one more. */
export function indexReaderFields(context: FormContext): readonly FormField[] {
  const { indexReaders } = context.candidate.options;
  const indexes = indexesWithReaders(indexReaders);
  const named = indexes.flatMap((index, at): readonly FormField[] => [
    nameField(context, index, at),
    peopleField(context, index, at),
  ]);
  return indexReaders.length < MOST_READERS ? [...named, nameField(context, '', indexes.length)] : named;
}

function nameField({ candidate, shown, t }: FormContext, index: string, at: number): TextOptionField {
  const first = candidate.options.indexReaders.findIndex((reader) => reader.index === index);
  const fault = first < 0 ? undefined : shown.within(['options', 'indexReaders', first, 'index']);
  return {
    kind: 'text',
    option: `indexReaders.${at}`,
    label: t(text('Index that only some may read')),
    help: t(text('People then get a role on this index alone. Leave it empty where there is none, or no other.')),
    value: index,
    placeholder: 'contracts',
    error: fault === undefined ? null : t(fault),
  };
}

function peopleField(context: FormContext, index: string, at: number): PeopleField {
  const { candidate, t } = context;
  const { indexReaders } = candidate.options;
  const chosen = readersOf(index, indexReaders);
  const people = chosen.filter(({ id }) => id !== NOBODY.id);
  const room = MOST_READERS - indexReaders.length + chosen.length;
  const presented = peopleIn(context, people, room, `indexReaders.${at}`, people.length === 0);
  return {
    kind: 'people',
    option: `indexReaders.${at}`,
    label: t(text('Readers of {0}', index)),
    help: t(text('They may search this index, and no other by this role.')),
    ...presented,
    error: readersError(context, index, people),
  };
}

function readersError({ candidate, shown, t }: FormContext, index: string, people: readonly Principal[]) {
  const faults = candidate.options.indexReaders.flatMap((reader, position) =>
    reader.index === index ? (shown.within(['options', 'indexReaders', position]) ?? []) : [],
  );
  if (people.length === 0) return t(text('Add who may read it, or empty the name of the index.'));
  const [fault] = faults;
  return fault === undefined ? null : t(fault);
}

/** Names an index, renames it, or forgets it with its readers where the name is emptied. */
export function nameIndex(options: SetupOptions, at: number, value: string): SetupOptions {
  const { indexReaders } = options;
  const former = indexesWithReaders(indexReaders)[at];
  const index = value.trim();
  if (former === undefined) {
    const isKnown = index === '' || indexReaders.some((reader) => reader.index === index);
    return isKnown ? options : { ...options, indexReaders: [...indexReaders, { index, principal: NOBODY }] };
  }
  const renamed = indexReaders.flatMap((reader) =>
    reader.index !== former ? [reader] : index === '' ? [] : [{ ...reader, index }],
  );
  return { ...options, indexReaders: renamed };
}

/** Adds somebody to the readers of an index. */
export function addReader(options: SetupOptions, at: number, principal: Principal): SetupOptions {
  return withReaders(options, at, (people) =>
    people.some((person) => samePerson(person, principal.id)) ? people : [...people, principal],
  );
}

/** Removes somebody from the readers of an index; the index stays named. */
export function removeReader(options: SetupOptions, at: number, id: string): SetupOptions {
  return withReaders(options, at, (people) => people.filter((person) => !samePerson(person, id)));
}

function withReaders(
  options: SetupOptions,
  at: number,
  change: (people: readonly Principal[]) => readonly Principal[],
): SetupOptions {
  const { indexReaders } = options;
  const indexes = indexesWithReaders(indexReaders);
  const changed = indexes.flatMap((index, position) => {
    const people = readersOf(index, indexReaders);
    if (position !== at) return people.map((principal) => ({ index, principal }));
    const left = change(people.filter(({ id }) => id !== NOBODY.id));
    return (left.length > 0 ? left : [NOBODY]).map((principal) => ({ index, principal }));
  });
  return indexes[at] === undefined ? options : { ...options, indexReaders: changed };
}

function readersOf(index: string, readers: readonly IndexReader[]): readonly Principal[] {
  return readers.filter((reader) => reader.index === index).map(({ principal }) => principal);
}
