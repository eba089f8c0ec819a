import type { Change, RequiredPermission, RiskKind } from '../../core/plan/change';
import { rolesFor, type NeededRole } from '../../core/plan/builtInRoles';
import { permissionKey, type PermissionVerdict } from '../../core/plan/permissions';
import { estimateSeconds } from '../../core/plan/schedule';
import { resourceName } from '../../core/resources/resourceId';
import { text, type Text } from '../../core/text';
import type { Fact } from '../../protocol/wizardState';
import { aboutDuration, type Localize } from '../localize';
import { riskNotes } from './plans';

/** What is known of the permissions so far, by `permissionKey`. */
export type PermissionVerdicts = ReadonlyMap<string, PermissionVerdict>;

/** What some changes take: which roles, at what risk and cost, for how long, and how they are taken back. */
export function presentFacts(changes: readonly Change[], verdicts: PermissionVerdicts, t: Localize): readonly Fact[] {
  if (changes.length === 0) return [];
  return [...needFacts(changes, verdicts, t), ...riskFacts(changes, t), ...lastFacts(changes, t)];
}

/** The same for a plan whose risks and costs stand with what has to be agreed to. */
export function presentPlanFacts(
  changes: readonly Change[],
  verdicts: PermissionVerdicts,
  t: Localize,
): readonly Fact[] {
  return [...needFacts(changes, verdicts, t), ...lastFacts(changes, t)];
}

function needFacts(changes: readonly Change[], verdicts: PermissionVerdicts, t: Localize): readonly Fact[] {
  return rolesFor(uniquePermissions(changes)).map((needed) => presentNeed(needed, verdicts, t));
}

function lastFacts(changes: readonly Change[], t: Localize): readonly Fact[] {
  return [...undoFacts(changes, t), timeFact(changes, t)];
}

function uniquePermissions(changes: readonly Change[]): readonly RequiredPermission[] {
  const all = changes.flatMap(({ permissions }) => permissions);
  return [...new Map(all.map((permission) => [permissionKey(permission), permission])).values()];
}

function presentNeed({ role, scope, permissions }: NeededRole, verdicts: PermissionVerdicts, t: Localize): Fact {
  const found = permissions.map((permission) => verdicts.get(permissionKey(permission)) ?? 'unknown');
  const label = t(text('Needs'));
  const name = resourceName(scope);
  if (found.includes('missing')) {
    return { label, value: t(text('{0} on {1}: you lack it', role, name)), tone: 'warning' };
  }
  if (found.includes('unknown')) {
    return { label, value: t(text('{0} on {1}: cannot tell whether you have it', role, name)), tone: 'plain' };
  }
  return { label, value: t(text('{0} on {1}: you have it', role, name)), tone: 'good' };
}

function riskFacts(changes: readonly Change[], t: Localize): readonly Fact[] {
  const fact = (label: Text, value: Text): Fact => ({ label: t(label), value: t(value), tone: 'plain' });
  const kinds: readonly RiskKind[] = ['lockout', 'irreversible'];
  const risks = kinds.flatMap((kind): Fact[] => {
    return riskNotes(changes, kind).map((note) => ({ label: t(text('Risk')), value: t(note), tone: 'warning' }));
  });
  const costs = riskNotes(changes, 'cost').map((note) => fact(text('Cost'), note));
  return [
    ...(risks.length > 0 ? risks : [fact(text('Risk'), text('none'))]),
    ...(costs.length > 0 ? costs : [fact(text('Cost'), text('none'))]),
  ];
}

/** Each way of taking back once: what is deleted, what is written back, and what stays. */
function undoFacts(changes: readonly Change[], t: Localize): readonly Fact[] {
  const ways = new Map<string, Text>();
  for (const { undo } of changes) {
    if (undo.kind === 'delete') ways.set('delete', undo.note ?? text('deletes what was created'));
    if (undo.kind === 'restore') ways.set('restore', text('writes the former values back'));
    if (undo.kind === 'none') ways.set(undo.reason.message, undo.reason);
  }
  return [...ways.values()].map((way) => ({ label: t(text('Undo')), value: t(way), tone: 'plain' }));
}

function timeFact(changes: readonly Change[], t: Localize): Fact {
  return { label: t(text('Time')), value: t(aboutDuration(estimateSeconds(changes))), tone: 'plain' };
}
