import { resourceName } from '../../../core/resources/resourceId';
import { rolesOf, type Role } from '../../../core/setup/roles';
import type { RoleId } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { FormField, FormSection } from '../../../protocol/setupForm';
import type { FormContext } from './formInput';
import { presentRole } from './roleFields';

/** A section of the form. It starts folded only where nothing in it needs attention. */
export function section(
  { t }: FormContext,
  id: string,
  title: Text,
  help: Text,
  fields: readonly FormField[],
  { summary, folded = false }: { readonly summary?: Text; readonly folded?: boolean },
): FormSection {
  return {
    section: id,
    title: t(title),
    help: t(help),
    summary: summary === undefined ? '' : t(summary),
    folded: folded && !fields.some(needsAttention),
    fields,
  };
}

function needsAttention(field: FormField): boolean {
  if (field.kind === 'toggle') return false;
  return field.error !== null || (field.kind === 'role' && field.fields.some(({ error }) => error !== null));
}

/** The fields of those of the roles that the scenarios have. */
export function roleFields(context: FormContext, wanted: readonly RoleId[]): readonly FormField[] {
  const roles = rolesOf(context.candidate.scenarios);
  return wanted
    .flatMap((id): readonly Role[] => roles.filter((role) => role.id === id))
    .map((role) => presentRole(role, context));
}

/** What plays a role, for the title of a folded section. */
export function summaryOf(
  binding: { readonly id: string; readonly create?: unknown } | undefined,
  otherwise: Text,
): Text {
  if (binding === undefined) return otherwise;
  const name = resourceName(binding.id);
  return binding.create === undefined ? text('{0}', name) : text('{0}, to be created', name);
}
