import { settledBy, type Change } from '../plan/change';
import { deletionOf, withLinked } from '../plan/linkedActions';
import { text, type Text } from '../text';
import type { ChangeRecord, RunRecord } from './journal';
import { standingChanges, undoId } from './standing';

/** What of a run can be taken back, and what stays. */
export interface UndoPlan {
  /** In the order in which they are made: the reverse of the run's. */
  readonly changes: readonly Change[];
  readonly kept: readonly { readonly title: Text; readonly resource: string; readonly reason: Text }[];
}

/**
 * Plans to take back what of a run still stands. Only what the run itself changed is touched: what was `unchanged` stays,
 * what it created is deleted, what it updated gets its properties back. What the journal left uncertain is included,
 * because each change is read again before it is made.
 * @param runs Past runs: what one of them has taken back already is left alone.
 * @param steps Only what these steps changed, with what was made on the strength of it; the whole run if left out.
 */
export function planUndo(record: RunRecord, runs: readonly RunRecord[], steps?: readonly string[]): UndoPlan {
  const all = standingChanges(record, runs);
  const made = withDependents(all, steps);
  const kept = made.flatMap(({ change: { title, resource, undo } }) =>
    undo.kind === 'none' ? [{ title, resource, reason: undo.reason }] : [],
  );
  const taken = made.filter(({ change }) => change.undo.kind !== 'none');
  const undone = new Set(taken.map(({ change }) => change.id));
  const changes = [...taken].reverse().flatMap((item) =>
    undoOf(
      item,
      dependentsOf(item.change, all).filter((id) => undone.has(id)),
    ),
  );
  return { changes, kept };
}

function withDependents(all: readonly ChangeRecord[], steps: readonly string[] | undefined): readonly ChangeRecord[] {
  if (steps === undefined) return all;
  const own = all.filter(({ change }) => steps.includes(change.step)).map(({ change }) => change);
  const wanted = new Set(own.flatMap((change) => [change.id, ...dependentsOf(change, all)]));
  return all.filter(({ change }) => wanted.has(change.id));
}

/** Every later change that was made after this one, directly or through others. */
function dependentsOf(change: Change, made: readonly ChangeRecord[]): readonly string[] {
  const found = new Set<string>();
  const visit = (id: string): void => {
    for (const { change: other } of made) {
      if (!found.has(other.id) && other.dependsOn.includes(id)) {
        found.add(other.id);
        visit(other.id);
      }
    }
  };
  visit(change.id);
  return [...found];
}

type Common = 'id' | 'step' | 'title' | 'resource' | 'dependsOn' | 'locks' | 'guards' | 'typicalSeconds';

function undoOf({ change, status, begunAt }: ChangeRecord, dependents: readonly string[]): readonly Change[] {
  const common: Pick<Change, Common> = {
    id: undoId(change.id),
    step: change.step,
    title: change.title,
    resource: change.resource,
    dependsOn: dependents.map(undoId),
    locks: change.locks,
    guards: ['nothingReliesOnIt'],
    typicalSeconds: change.typicalSeconds,
  };
  if (change.undo.kind === 'delete') {
    return [
      {
        ...common,
        action: 'delete',
        before: change.after,
        after: null,
        ...(status === 'uncertain' && begunAt !== undefined && { mayAppearUntil: settledBy(begunAt, change) }),
        undo: { kind: 'none', reason: text('What is deleted is gone; apply the step again to create it.') },
        permissions: deletionOf(change.permissions),
        risk: { kind: 'none' },
      },
    ];
  }
  if (change.undo.kind === 'none') return [];
  return [
    {
      ...common,
      action: 'update',
      body: change.undo.body,
      before: change.after,
      after: change.undo.body,
      ...(change.before && { sameAsAfter: change.before }),
      undo: { kind: 'restore', body: change.after ?? {} },
      permissions: withLinked(change.permissions, change.resource, change.undo.body, change.after ?? {}),
      risk: { kind: 'none' },
    },
  ];
}
