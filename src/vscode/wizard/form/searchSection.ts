import { SEARCH_LINKS, type SearchLink } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { FormSection } from '../../../protocol/setupForm';
import type { FormContext } from './formInput';
import { roleFields, section } from './formSection';
import { indexReaderFields, indexesWithReaders } from './indexReaders';
import { documentAccessFields, switchField, toggleField } from './optionFields';

/** What AI Search reaches, and who reads which of its indexes. */
export function searchSection(context: FormContext): FormSection {
  const { options, roles, scenarios } = context.candidate;
  const { sharedPrivateLink, searchLinks } = options;
  // On your data, the app that answers users runs the skills as well, and has a section of its own.
  const hasOwnApp = !scenarios.includes('on-your-data');
  const fields = [
    ...(hasOwnApp ? roleFields(context, ['webApp']) : []),
    ...(roles.openAi ? [switchField('sharedPrivateLink', context)] : []),
    ...SEARCH_LINKS.filter((link) => roles[link] !== undefined).map((link) =>
      toggleField(context, `searchLinks.${link}`, LINKS[link], searchLinks.includes(link)),
    ),
    ...(roles.storage ? [switchField('searchWritesToStorage', context)] : []),
    ...indexReaderFields(context),
    ...documentAccessFields(context),
  ];
  const links = searchLinks.filter((link) => roles[link] !== undefined).length + (sharedPrivateLink ? 1 : 0);
  const summary = text(
    'Private links: {0}. Indexes with readers of their own: {1}',
    links,
    indexesWithReaders(options.indexReaders).length,
  );
  const help = text('What the service reaches in your network, and who reads which of its indexes.');
  return section(context, 'aiSearch', text('AI Search'), help, fields, { summary, folded: true });
}

const LINKS: Readonly<Record<SearchLink, { readonly label: Text; readonly help: Text }>> = {
  storage: {
    label: text('Search reaches the storage account through a private link'),
    help: text('For indexers that run in the private environment. Where both are in one region, it comes in trusted.'),
  },
  keyVault: {
    label: text('Search reaches the key vault through a private link'),
    help: text('For keys of your own, where the vault is closed to the internet.'),
  },
  webApp: {
    label: text('Search reaches the web app through a private link'),
    help: text('For custom skills that run in the app.'),
  },
};
