import type { Change, RequiredPermission, RiskKind } from '../../core/plan/change';
import { rolesFor } from '../../core/plan/builtInRoles';
import { permissionKey, type PermissionVerdict } from '../../core/plan/permissions';
import { estimateSeconds } from '../../core/plan/schedule';
import { resourceName, resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import { text, type Text } from '../../core/text';
import type { Fact } from '../../protocol/wizardState';
import { aboutDuration, type Localize } from '../localize';
import { riskNotes } from './plans';

/** What is known of the permissions so far, by `permissionKey`. */
export type PermissionVerdicts = ReadonlyMap<string, PermissionVerdict>;

/** What some changes take: which roles, at what risk and cost, for how long, and how they are taken back. */
export function presentFacts(changes: readonly Change[], verdicts: PermissionVerdicts, t: Localize): readonly Fact[] {
  if (changes.length === 0) return [];
  return [...needFacts(changes, verdicts, t), ...riskFacts(changes, t), ...undoFacts(changes, t), timeFact(changes, t)];
}

/** The same for a plan whose risks and costs stand with what has to be agreed to, and whose time with its preflight. */
export function presentPlanFacts(
  changes: readonly Change[],
  verdicts: PermissionVerdicts,
  t: Localize,
): readonly Fact[] {
  return [...needFacts(changes, verdicts, t), ...undoFacts(changes, t)];
}

/** A role, and all that it is needed on with the same verdict. */
interface Need {
  readonly role: string;
  readonly verdict: PermissionVerdict;
  readonly scopes: readonly string[];
}

function needFacts(changes: readonly Change[], verdicts: PermissionVerdicts, t: Localize): readonly Fact[] {
  const needs = new Map<string, Need>();
  for (const { role, scope, permissions } of rolesFor(uniquePermissions(changes))) {
    const verdict = verdictOf(permissions, verdicts);
    const key = `${verdict} ${role}`;
    needs.set(key, { role, verdict, scopes: [...(needs.get(key)?.scopes ?? []), scope] });
  }
  return [...needs.values()].map((need) => presentNeed(need, t));
}

function verdictOf(permissions: readonly RequiredPermission[], verdicts: PermissionVerdicts): PermissionVerdict {
  const found = permissions.map((permission) => verdicts.get(permissionKey(permission)) ?? 'unknown');
  return (['missing', 'unknown'] as const).find((verdict) => found.includes(verdict)) ?? 'allowed';
}

function uniquePermissions(changes: readonly Change[]): readonly RequiredPermission[] {
  const all = changes.flatMap(({ permissions }) => permissions);
  return [...new Map(all.map((permission) => [permissionKey(permission), permission])).values()];
}

const NEEDS = {
  missing: { tone: 'warning', sentence: (role: string, on: string) => text('{0} on {1}: you lack it', role, on) },
  unknown: {
    tone: 'plain',
    sentence: (role: string, on: string) => text('{0} on {1}: cannot tell whether you have it', role, on),
  },
  allowed: { tone: 'good', sentence: (role: string, on: string) => text('{0} on {1}: you have it', role, on) },
} as const satisfies Readonly<Record<PermissionVerdict, unknown>>;

function presentNeed({ role, verdict, scopes }: Need, t: Localize): Fact {
  const { tone, sentence } = NEEDS[verdict];
  const on = scopes.map((scope) => (isSubscription(scope) ? t(text('the subscription')) : resourceName(scope)));
  return { label: t(text('Needs')), value: t(sentence(role, on.join(', '))), tone };
}

function isSubscription(scope: string): boolean {
  return resourceTypeOf(scope) === TYPES.subscription;
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
