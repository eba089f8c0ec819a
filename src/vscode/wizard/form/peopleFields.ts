import type { Principal } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { PeopleField, Person, PersonType } from '../../../protocol/setupForm';
import type { Localize } from '../../localize';
import { NO_SEARCH, type PeopleSearchState } from '../../setups/peopleSearch';
import type { FormContext } from './formInput';
import { samePerson } from './samePerson';

const MOST_DEVELOPERS = 50;

const TYPE_NAMES: Readonly<Record<PersonType, Text>> = {
  User: text('User'),
  Group: text('Group'),
  ServicePrincipal: text('Application or managed identity'),
};

/** Who builds with the resources: they get the roles that the documents give to developers. */
export function developersField(context: FormContext): PeopleField {
  const { candidate, t } = context;
  return {
    kind: 'people',
    option: 'developers',
    label: t(text('Developers')),
    help: t(
      candidate.scenarios.includes('on-your-data')
        ? text('Each gets the roles on the three services that building with your data takes.')
        : text('Each gets the roles on AI Search that building takes, so that nobody needs a key.'),
    ),
    ...peopleIn(context, candidate.options.developers, MOST_DEVELOPERS, 'developers', true),
  };
}

/** The identity of a project that reads indexes in the storage account. */
export function projectField(context: FormContext): PeopleField {
  const { project } = context.candidate.options;
  return {
    kind: 'people',
    option: 'project',
    label: context.t(text('Project of AI Studio or Foundry')),
    help: context.t(
      text('Its identity may then look up the private endpoints of the storage account. Most setups have none.'),
    ),
    ...peopleIn(context, project === undefined ? [] : [project], 1, 'project', false),
  };
}

/**
 * Those who are chosen for an option, and those who could be.
 * @param offersSelf Whether who is signed in is offered first.
 */
export function peopleIn(
  context: FormContext,
  chosen: readonly Principal[],
  most: number,
  option: string,
  offersSelf: boolean,
): Pick<PeopleField, 'people' | 'canAdd' | 'suggestions' | 'search' | 'searchSentence' | 'error'> {
  const { signedIn, shown, t } = context;
  const search = context.search.option === option ? context.search : NO_SEARCH;
  const fault = shown.within(['options', option]);
  const canAdd = chosen.length < most;
  const self = offersSelf && signedIn !== undefined ? [signedIn] : [];
  const offered = [...self, ...search.found.filter(({ id }) => id !== signedIn?.id)];
  return {
    people: chosen.map((person) => presentPerson(person, context)),
    canAdd,
    suggestions: canAdd
      ? offered
          .filter(({ id }) => !chosen.some((known) => samePerson(known, id)))
          .map((person) => presentPerson(person, context))
      : [],
    search: search.search,
    searchSentence: searchSentence(search, t),
    error: fault === undefined ? null : t(fault),
  };
}

function presentPerson({ id, type, name }: Principal, { signedIn, t }: FormContext): Person {
  const isYou = signedIn !== undefined && samePerson(signedIn, id);
  const kind = isYou ? text('{0}, you', TYPE_NAMES[type]) : TYPE_NAMES[type];
  return { id, type, name: name ?? id, detail: t(kind) };
}

function searchSentence(search: PeopleSearchState, t: Localize): string {
  switch (search.state) {
    case 'idle':
      return '';
    case 'searching':
      return t(text('Looking for “{0}”…', search.search));
    case 'failed':
      return t(text('The directory could not be searched: {0} An object id works without it.', search.failure));
    case 'done':
      return search.found.length === 0
        ? t(text('Nobody’s name begins with “{0}”.', search.search))
        : t(text('Found for “{0}”: {1}', search.search, search.found.length));
  }
}
