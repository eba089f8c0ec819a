import type { Change, ChangeAction } from '../../core/plan/change';
import { diffOf, diffRows } from '../../core/plan/diff';
import { asString } from '../../core/resources/json';
import { parseResourceId, resourceName } from '../../core/resources/resourceId';
import { displayType } from '../../core/resources/resourceTypes';
import type { Snapshot } from '../../core/resources/snapshot';
import { text, type Text } from '../../core/text';
import type { ChangeView } from '../../protocol/wizardState';
import type { Localize } from '../localize';

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
    name: resourceName(change.resource),
    action: change.action,
    actionLabel: t(actionLabel(change)),
    lines: diffRows(diffOf(change)),
    note: change.risk.note === undefined ? null : t(change.risk.note),
  };
}

function actionLabel({ action, operation }: Change): Text {
  return operation === undefined ? ACTIONS[action] : text('Run “{0}”', operation);
}

/** Type, resource group and region: what tells two resources of one name apart. These are Azure's own words. */
function headingOf({ resource, after }: Change, snapshot: Snapshot): string {
  const entry = snapshot.get(resource);
  const present = entry?.state === 'present' ? entry.resource : undefined;
  const location = asString(present?.['location']) ?? asString(after?.['location']);
  const group = parseResourceId(resource)?.resourceGroup;
  return [displayType(resource), group, location].filter((part) => part !== undefined).join(' · ');
}
