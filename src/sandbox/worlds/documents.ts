import { childId } from '../../core/resources/resourceId';
import type { JsonObject } from '../../core/resources/json';
import { DEVELOPERS_ID, OPERATIONS_ID, PEOPLE_ID } from '../directory/people';
import type { SeedStep } from './seed';

/** The documents of these worlds, and the groups whose members may see them. */
const DOCUMENTS = [
  {
    name: 'travel-policy.txt',
    content: 'Employees book trains in second class. A manager has to agree to flights.',
    groups: [DEVELOPERS_ID, OPERATIONS_ID],
  },
  { name: 'on-call.txt', content: 'The on-call engineer answers within fifteen minutes.', groups: [OPERATIONS_ID] },
  { name: 'salaries.txt', content: 'The salary bands of the engineering department.', groups: [] },
] as const;

const FIELDS: readonly JsonObject[] = [
  { name: 'id', type: 'Edm.String', key: true },
  { name: 'content', type: 'Edm.String' },
  { name: 'title', type: 'Edm.String' },
  { name: 'filepath', type: 'Edm.String' },
  { name: 'url', type: 'Edm.String' },
  { name: 'chunk_id', type: 'Edm.String' },
];
const GROUPS: JsonObject = {
  name: 'group_ids',
  type: 'Collection(Edm.String)',
  filterable: true,
  retrievable: false,
};

/** Which documents of an index say who may see them. */
export type GroupsIn = 'noDocument' | 'someDocuments' | 'everyDocument';

/** An index of the documents. Where no document has groups, the index has no field for them either. */
export function documentIndex(service: string, name: string, groupsIn: GroupsIn): SeedStep {
  return {
    kind: 'index',
    service,
    name,
    fields: groupsIn === 'noDocument' ? FIELDS : [...FIELDS, GROUPS],
    documents: DOCUMENTS.map(({ name: file, content, groups }, index) => ({
      id: String(index + 1),
      content,
      title: file,
      filepath: file,
      url: null,
      chunk_id: '0',
      ...(groupsIn === 'noDocument'
        ? {}
        : { group_ids: groupsIn === 'everyDocument' && groups.length === 0 ? [PEOPLE_ID] : groups }),
    })),
  };
}

export const documentsIn = (account: string, container: string): readonly SeedStep[] =>
  DOCUMENTS.map(({ name, content }) => ({
    kind: 'blob',
    container: childId(account, 'blobServices', 'default', 'containers', container),
    name,
    content,
  }));
