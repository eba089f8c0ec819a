import {
  DEVELOPER_EXTRAS,
  KEYED_ROLES,
  PROOFS,
  SEARCH_LINKS,
  type Principal,
  type Setup,
  type SetupOptions,
} from '../../../core/setup/setup';
import { addReader, nameIndex, removeReader } from './indexReaders';
import { wordsOf } from './roleEdits';
import { samePerson } from './samePerson';

/** The field in which documents name their groups, where nobody has said another. */
const DEFAULT_GROUPS_FIELD = 'group_ids';

type OptionEdit = (options: SetupOptions, value: string) => SetupOptions;

/**
 * Each option by the name that the form gives it. Values come as text, and what is wrong with one the check says; a
 * toggle sends `true` or `false`.
 */
const EDITS: Readonly<Record<string, OptionEdit>> = {
  publicAccess: (options, value) => ({ ...options, publicAccess: value as SetupOptions['publicAccess'] }),
  apiKeys: (options, value) => ({ ...options, apiKeys: value as SetupOptions['apiKeys'] }),
  allowedAddresses: (options, value) => ({ ...options, allowedAddresses: wordsOf(value) }),
  customSubdomain: (options, value) => textOption(options, 'customSubdomain', value),
  vpnClientAddressPool: (options, value) => textOption(options, 'vpnClientAddressPool', value),
  sharedPrivateLink: (options, value) => ({ ...options, sharedPrivateLink: value === 'true' }),
  fileEndpoint: (options, value) => ({ ...options, fileEndpoint: value === 'true' }),
  searchWritesToStorage: (options, value) => ({ ...options, searchWritesToStorage: value === 'true' }),
  defender: (options, value) => ({ ...options, defender: value === 'true' }),
  defenderForServices: (options, value) => ({ ...options, defenderForServices: value === 'true' }),
  searchPublicAccess: (options, value) => ({
    ...options,
    searchPublicAccess: value as SetupOptions['searchPublicAccess'],
  }),
  gatewayHostName: (options, value) => textOption(options, 'gatewayHostName', value),
  gatewayCertificate: (options, value) => textOption(options, 'gatewayCertificate', value),
  firewallMode: (options, value) => ({ ...options, firewallMode: value as SetupOptions['firewallMode'] }),
  locks: (options, value) => ({ ...options, locks: value === 'true' }),
  customerManagedKeys: (options, value) => ({ ...options, customerManagedKeys: value === 'true' }),
  policies: (options, value) => ({ ...options, policies: value as SetupOptions['policies'] }),
  alertEmail: (options, value) => textOption(options, 'alertEmail', value),
  'documentAccess.index': ({ documentAccess, ...options }, value) =>
    value.trim() === ''
      ? options
      : { ...options, documentAccess: { field: DEFAULT_GROUPS_FIELD, ...documentAccess, index: value.trim() } },
  'documentAccess.field': ({ documentAccess, ...options }, value) =>
    documentAccess === undefined ? options : { ...options, documentAccess: { ...documentAccess, field: value.trim() } },
  ...Object.fromEntries(
    DEVELOPER_EXTRAS.map((extra): [string, OptionEdit] => [
      `developerExtras.${extra}`,
      (options, value) => ({
        ...options,
        developerExtras: toggled(DEVELOPER_EXTRAS, options.developerExtras, extra, value),
      }),
    ]),
  ),
  ...Object.fromEntries(
    SEARCH_LINKS.map((link): [string, OptionEdit] => [
      `searchLinks.${link}`,
      (options, value) => ({ ...options, searchLinks: toggled(SEARCH_LINKS, options.searchLinks, link, value) }),
    ]),
  ),
  ...Object.fromEntries(
    KEYED_ROLES.map((role): [string, OptionEdit] => [
      `keysRotated.${role}`,
      (options, value) => {
        const { [role]: _former, ...others } = options.keysRotated;
        return { ...options, keysRotated: value.trim() === '' ? others : { ...others, [role]: value.trim() } };
      },
    ]),
  ),
  ...Object.fromEntries(
    PROOFS.map((proof): [string, OptionEdit] => [
      `proofs.${proof}`,
      (options, value) => ({ ...options, proofs: toggled(PROOFS, options.proofs, proof, value) }),
    ]),
  ),
};

/** Changes one option; leaves the candidate as it is where there is no option of the name. */
export function setOption(candidate: Setup, option: string, value: string): Setup {
  const index = indexAt(option);
  if (index !== undefined) return { ...candidate, options: nameIndex(candidate.options, index, value) };
  const edit = Object.hasOwn(EDITS, option) ? EDITS[option] : undefined;
  return edit === undefined ? candidate : { ...candidate, options: edit(candidate.options, value) };
}

/** The place of an index that only some may read: `indexReaders.0`. */
function indexAt(option: string): number | undefined {
  const place = /^indexReaders\.(\d{1,2})$/.exec(option)?.[1];
  return place === undefined ? undefined : Number(place);
}

export function addPerson(candidate: Setup, option: string, person: Principal): Setup {
  const { options } = candidate;
  const index = indexAt(option);
  if (index !== undefined) return { ...candidate, options: addReader(options, index, person) };
  if (option === 'project') return { ...candidate, options: { ...options, project: person } };
  if (option !== 'developers' || options.developers.some((known) => samePerson(known, person.id))) return candidate;
  return { ...candidate, options: { ...options, developers: [...options.developers, person] } };
}

export function removePerson(candidate: Setup, option: string, id: string): Setup {
  const index = indexAt(option);
  if (index !== undefined) return { ...candidate, options: removeReader(candidate.options, index, id) };
  const { project, ...options } = candidate.options;
  if (option === 'project' && project !== undefined && samePerson(project, id)) return { ...candidate, options };
  if (option !== 'developers') return candidate;
  const developers = options.developers.filter((known) => !samePerson(known, id));
  return { ...candidate, options: { ...candidate.options, developers } };
}

type OptionalText =
  'customSubdomain' | 'vpnClientAddressPool' | 'gatewayHostName' | 'gatewayCertificate' | 'alertEmail';

function textOption(options: SetupOptions, name: OptionalText, value: string): SetupOptions {
  const { [name]: _former, ...others } = options;
  return value.trim() === '' ? others : { ...others, [name]: value.trim() };
}

/** The chosen ones in their own order, with or without one of them. */
function toggled<T extends string>(all: readonly T[], chosen: readonly T[], one: T, value: string): readonly T[] {
  return all.filter((item) => (item === one ? value === 'true' : chosen.includes(item)));
}
