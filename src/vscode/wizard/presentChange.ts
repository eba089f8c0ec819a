import type { Change, ChangeAction } from '../../core/plan/change';
import { diffOf, diffRows } from '../../core/plan/diff';
import { asString } from '../../core/resources/json';
import { parseResourceId, resourceName } from '../../core/resources/resourceId';
import { displayType } from '../../core/resources/resourceTypes';
import { readPath } from '../../core/resources/propertyPath';
import type { Snapshot } from '../../core/resources/snapshot';
import { BUILT_IN_ROLE_IDS } from '../../core/steps/azureRoles';
import { text, type Text } from '../../core/text';
import type { ChangeView } from '../../protocol/wizardState';
import type { Localize } from '../localize';
import { nameForPeople } from '../nameForPeople';

const ACTIONS: Readonly<Record<ChangeAction, Text>> = {
  create: text('Create'),
  update: text('Update'),
  delete: text('Delete'),
  action: text('Run'),
};

/** A change with its difference, property by property. */
export function presentChange(change: Change, snapshot: Snapshot, t: Localize): ChangeView {
  return {
    id: change.id,
    heading: headingOf(change, snapshot),
    name: nameForPeople(change.resource),
    action: change.action,
    actionLabel: t(actionLabel(change)),
    lines: diffRows(diffOf(change)),
    note: change.risk.note === undefined ? null : t(change.risk.note),
  };
}

function actionLabel({ action, operation }: Change): Text {
  return operation === undefined ? ACTIONS[action] : text('Run “{0}”', operation);
}

/** The role that is given, type, resource group and region: what tells two of one name apart. Azure's own words. */
function headingOf({ resource, after }: Change, snapshot: Snapshot): string {
  const entry = snapshot.get(resource);
  const present = entry?.state === 'present' ? entry.resource : undefined;
  const location = asString(present?.['location']) ?? asString(after?.['location']);
  const group = parseResourceId(resource)?.resourceGroup;
  return [roleIn(after), displayType(resource), group, location].filter((part) => part !== undefined).join(' · ');
}

/** The name of the built-in role that an assignment gives. */
function roleIn(after: Change['after']): string | undefined {
  const id = asString(readPath(after, 'properties.roleDefinitionId'));
  return Object.entries(BUILT_IN_ROLE_IDS).find(([, role]) => role === resourceName(id ?? ''))?.[0];
}
