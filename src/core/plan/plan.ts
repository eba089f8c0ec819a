import type { Finding } from '../evaluate/finding';
import { SnapshotContext } from '../evaluate/context';
import { evaluate, judgeStep, targetOf } from '../evaluate/evaluate';
import type { JsonObject } from '../resources/json';
import { withoutPath } from '../resources/propertyPath';
import { parseResourceId, resourceGroupIdOf, resourceKey, resourceName } from '../resources/resourceId';
import { extendedScope, writerLocks } from '../resources/resourceTypes';
import type { Snapshot, WireResource } from '../resources/snapshot';
import { mergePatch } from '../resources/wireEquality';
import type { Setup } from '../setup/setup';
import { holds, patchFor, presentValues, restoringPatch } from '../steps/matcher';
import { findStep, stepsOf } from '../steps/registry';
import { Unsettled, type Expectation, type Step } from '../steps/step';
import { text, type Text } from '../text';
import type { BlockedStep, Change, ChangeUndo, Plan, ResourceWrite } from './change';
import { withLinked } from './linkedActions';

/**
 * Plans the changes that make the non-compliant steps compliant.
 * Each step is asked again on a snapshot in which the changes planned so far are already made, so that a step on a
 * resource that is still to be created sees it as it will be.
 * @param only Steps to plan, with whatever non-compliant steps they need first; all where it is left out.
 * @param known The findings on this snapshot, where somebody has judged it already.
 */
export function makePlan(
  setup: Setup,
  snapshot: Snapshot,
  only?: readonly string[],
  known: readonly Finding[] = evaluate(setup, snapshot, stepsOf(setup.scenarios)).findings,
): Plan {
  const steps = stepsOf(setup.scenarios);
  const findings = new Map(known.map((finding) => [finding.step, finding]));
  const wanted = only === undefined ? undefined : withPrerequisites(only, steps);
  const planner = new Planner(setup, snapshot, findings);
  for (const step of steps) {
    const finding = findings.get(step.id);
    if (finding?.status === 'nonCompliant' && (wanted === undefined || wanted.has(step.id))) planner.add(step, finding);
  }
  return { changes: planner.changes, blocked: planner.blocked };
}

function withPrerequisites(ids: readonly string[], steps: readonly Step[]): ReadonlySet<string> {
  const wanted = new Set<string>();
  const visit = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    steps.find((step) => step.id === id)?.after.forEach(visit);
  };
  ids.forEach(visit);
  return wanted;
}

class Planner {
  readonly changes: Change[] = [];
  readonly blocked: BlockedStep[] = [];
  private readonly created = new Set<string>();

  constructor(
    private readonly setup: Setup,
    private projected: Snapshot,
    private readonly findings: ReadonlyMap<string, Finding>,
  ) {}

  add(step: Step, finding: Finding): void {
    const obstacle = this.obstacleFor(step);
    if (obstacle) return this.block(step, finding, obstacle);
    const before = this.changes.length;
    try {
      const context = this.context();
      const target = targetOf(step, this.setup) ?? '';
      const planned = step.expects(context, target).map((expectation) => this.changeFor(step, expectation, context));
      const stuck = planned.find((item): item is Text => item !== undefined && 'message' in item);
      if (stuck) return this.block(step, finding, stuck);
      for (const change of planned) if (change !== undefined && !('message' in change)) this.append(change);
    } catch (error) {
      if (!(error instanceof Unsettled)) throw error;
      return this.block(step, finding, error.reason);
    }
    if (this.changes.length === before && this.projectedToFail(step)) {
      this.block(
        step,
        finding,
        text('It is decided in Azure, by Azure itself or by a person there; Ringfence has no change for it.'),
      );
    }
  }

  /** Whether something is left to do that none of the planned changes does. */
  private projectedToFail(step: Step): boolean {
    return judgeStep(step, this.context()).status === 'nonCompliant';
  }

  /** The subscription as it will be once the changes planned so far are made. */
  private context(): SnapshotContext {
    return new SnapshotContext(this.setup, this.projected, this.created);
  }

  /** Why the step cannot come yet: something that it needs neither holds nor is planned. */
  private obstacleFor(step: Step): Text | undefined {
    for (const id of step.after) {
      const needed = this.findings.get(id);
      if (needed === undefined || needed.status === 'compliant') continue;
      const title = needed.title;
      if (this.setup.skip[id] !== undefined) return text('It needs “{0}”, which is skipped.', title);
      if (needed.status === 'notApplicable') continue;
      if (needed.status === 'unknown') return text('It needs “{0}”, and whether that holds is unknown.', title);
      if (!this.plans(id) && !this.willHold(id))
        return text('It needs “{0}”, which is not done and cannot be planned.', title);
    }
    return undefined;
  }

  /** A step can come true by what is planned for another: a new account gets its subdomain when it is created. */
  private willHold(id: string): boolean {
    const step = findStep(id);
    return step !== undefined && judgeStep(step, this.context()).status === 'compliant';
  }

  private plans(step: string): boolean {
    return this.changes.some((change) => change.step === step);
  }

  private block(step: Step, finding: Finding, reason: Text): void {
    this.blocked.push({ step: step.id, title: step.title, resource: finding.resource, reason });
  }

  /** A change, nothing where none is needed, or the reason why a needed one cannot be made. */
  private changeFor(step: Step, expectation: Expectation, context: SnapshotContext): Change | Text | undefined {
    const present = expectation.hidden ? undefined : context.read(expectation.resource);
    const resource = present ?? (expectation.comesByItself ? {} : undefined);
    if (resource === undefined) return this.creation(step, expectation);
    const failing = expectation.assertions.filter((assertion) => !holds(resource, assertion));
    if (failing.length === 0 || expectation.observed) return undefined;
    const patch = patchFor(resource, failing);
    const body = patchFor(
      resource,
      failing.filter(({ implied }) => !implied),
    );
    const name = resourceName(expectation.resource);
    if (patch === undefined || body === undefined) {
      const properties = failing.map((assertion) => assertion.at).join(', ');
      return text(
        'Ringfence cannot choose a value for {0} of {1}: change it yourself, or choose another resource.',
        properties,
        name,
      );
    }
    const before = presentValues(resource, failing);
    const undo: ChangeUndo = expectation.undoUpdate ?? { kind: 'restore', body: restoringPatch(resource, failing) };
    const write: Omit<ResourceWrite, 'resource'> =
      expectation.operation === undefined
        ? { action: 'update', body }
        : { action: 'action', operation: expectation.operation };
    const change = this.change(step, expectation, write, before, patch, undo);
    return undo.kind === 'restore' ? change : { ...change, sameAsBefore: restoringPatch(resource, failing) };
  }

  private creation(step: Step, expectation: Expectation): Change | Text | undefined {
    const { create } = expectation;
    if (create === undefined) {
      return expectation.observed
        ? undefined
        : text(
            '{0} does not exist. Choose another resource, or let Ringfence create one.',
            resourceName(expectation.resource),
          );
    }
    const undo = expectation.undoCreate ?? { kind: 'delete' };
    const after = (expectation.notShown ?? []).reduce(withoutPath, create);
    return this.change(step, expectation, { action: 'create', body: create }, null, after, undo);
  }

  private change(
    step: Step,
    expectation: Expectation,
    write: Omit<ResourceWrite, 'resource'>,
    before: JsonObject | null,
    after: JsonObject,
    undo: ChangeUndo,
  ): Change {
    const { resource } = expectation;
    const present = this.projected.get(resource);
    const scope = before === null ? (resourceGroupIdOf(resource) ?? resource) : resource;
    return {
      ...write,
      id: changeId(step, resource),
      step: step.id,
      title: step.title,
      resource,
      before,
      after,
      dependsOn: this.dependenciesOf(step),
      locks: writerLocks(resource, after),
      undo,
      permissions: withLinked(
        expectation.permissions ?? step.permissions.map((action) => ({ action, scope })),
        resource,
        write.body ?? {},
        present?.state === 'present' ? present.resource : {},
      ),
      risk: step.risk,
      guards: step.guards ?? [],
      typicalSeconds: step.typicalSeconds,
    };
  }

  /** The nearest planned changes of the steps that this one comes after, through steps that have none. */
  private dependenciesOf(step: Step): readonly string[] {
    const found = new Set<string>();
    const steps = stepsOf(this.setup.scenarios);
    const visit = (id: string): void => {
      const own = this.changes.filter((change) => change.step === id);
      own.forEach((change) => found.add(change.id));
      if (own.length === 0) steps.find((other) => other.id === id)?.after.forEach(visit);
    };
    step.after.forEach(visit);
    for (const change of this.changes) {
      const isBefore = step.last === true && findStep(change.step)?.last !== true;
      if (isBefore || step.preferAfter?.includes(change.step)) found.add(change.id);
    }
    return [...found];
  }

  private append(change: Change): void {
    this.changes.push(change);
    const entry = this.projected.get(change.resource);
    const present: WireResource = entry?.state === 'present' ? entry.resource : { id: change.resource };
    const resource = { ...mergePatch(present, change.after ?? {}), id: change.resource };
    this.projected = this.projected.withEntry(change.resource, { state: 'present', resource });
    if (change.action === 'create') this.created.add(resourceKey(change.resource));
  }
}

/** `vnet/vnet-contoso`: with the names around it, because links of two zones, or two locks, may be called the same. */
function changeId(step: Step, resource: string): string {
  const scope = extendedScope(resource);
  const around = scope === undefined ? [] : (parseResourceId(scope)?.names ?? []);
  return [step.id, ...around, ...(parseResourceId(resource)?.names ?? [resourceName(resource)])].join('/');
}
