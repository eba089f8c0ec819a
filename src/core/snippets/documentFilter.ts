import type { DocumentAccess } from '../setup/setup';
import { text } from '../text';
import type { Snippet } from './snippet';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Stand for the groups of whoever asks, until the caller puts them in. */
export const EXAMPLE_GROUPS: readonly string[] = ['group_id1', 'group_id2'];

/**
 * The filter that goes with every question, so that answers come only from documents that the asker's groups may see.
 * `search.in` stays fast with hundreds of groups, where a chain of comparisons does not.
 * Source: on-your-data.fr, “Contrôle d’accès au niveau du document”.
 * @param groups Object ids of groups; examples where there are none yet.
 */
export function documentFilter(access: DocumentAccess | undefined, groups: readonly string[] = []): Snippet {
  if (access === undefined) {
    return {
      ok: false,
      problem: text('Name an index in the setup whose documents are only for some, and the field with their groups.'),
    };
  }
  const foreign = groups.find((group) => !GUID.test(group));
  if (foreign !== undefined) return { ok: false, problem: text('“{0}” is not the object id of a group.', foreign) };
  const list = (groups.length > 0 ? groups : EXAMPLE_GROUPS).join(', ');
  return { ok: true, content: `${access.field}/any(g:search.in(g, '${list}'))` };
}
