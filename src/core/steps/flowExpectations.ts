import { freeName } from '../resources/freeName';
import { childId } from '../resources/resourceId';
import {
  hiddenBehind,
  judgeFlow,
  PRIORITIES,
  rulesIn,
  type FlowJudgement,
  type SecurityRule,
} from '../resources/securityRules';
import { text, type Text } from '../text';
import type { Assertion } from './matcher';
import type { RequiredFlow } from './requiredFlows';
import { Unsettled, type Expectation, type StepContext } from './step';

/** What a network security group does to the flows that a subnet cannot be without. */

interface JudgedFlow {
  readonly required: RequiredFlow;
  readonly judgement: FlowJudgement;
}

function judged(rules: readonly SecurityRule[], flows: readonly RequiredFlow[]): readonly JudgedFlow[] {
  return flows.map((required) => ({ required, judgement: judgeFlow(rules, required.flow) }));
}

function isMissing({ required, judgement: { outcome } }: JudgedFlow): boolean {
  return outcome === 'denied' || (outcome === 'partly' && !required.someIsEnough);
}

/** What a group lets through already, and a rule for each flow that it keeps out. @throws Unsettled. */
export function flowExpectations(
  context: StepContext,
  group: string,
  flows: readonly RequiredFlow[],
): readonly Expectation[] {
  const rules = rulesIn(context.read(group));
  const all = judged(rules, flows);
  const missing = all.filter(isMissing);
  const open = all.find(({ judgement: { outcome } }) => outcome === 'unknown');
  if (missing.length === 0 && open !== undefined) throw notTold(group, open);
  const decided = all.filter((each) => !isMissing(each)).flatMap((each) => evidenceOf(rules, each));
  return [{ resource: group, assertions: decided, observed: true }, ...missingRules(group, rules, missing)];
}

function notTold(group: string, { required, judgement }: JudgedFlow): Unsettled {
  const names = judgement.unsure.map(({ name }) => name).join(', ');
  return new Unsettled(
    { kind: 'resource', id: group },
    text('Whether {0} gets through cannot be told from the rules {1}. Look at them yourself.', required.what, names),
  );
}

/** The rule that lets a flow through, where somebody wrote it; Azure's own need no evidence. */
function evidenceOf(rules: readonly SecurityRule[], { required, judgement }: JudgedFlow): readonly Assertion[] {
  const rule = judgement.allowing.find((each) => rules.includes(each));
  if (rule === undefined) return [];
  return [
    {
      at: 'properties.securityRules',
      must: {
        kind: 'someItem',
        where: [{ at: 'name', must: { kind: 'equals', value: rule.name } }],
        what: text('{0}: {1}', required.what, rule.name),
      },
    },
  ];
}

/** Rules to add, each with a priority in front of whatever keeps its flow out. */
function missingRules(
  group: string,
  rules: readonly SecurityRule[],
  missing: readonly JudgedFlow[],
): readonly Expectation[] {
  const names = new Set(rules.map(({ name }) => name.toLowerCase()));
  const priorities = prioritiesFor(rules, missing);
  return missing.map((each): Expectation => {
    const name = freeName(each.required.name, (candidate) => names.has(candidate.toLowerCase()));
    names.add(name.toLowerCase());
    const priority = priorities.get(each);
    return {
      resource: childId(group, 'securityRules', name),
      assertions: [],
      ...(priority === undefined
        ? { observed: true }
        : { create: { properties: { priority, ...each.required.rule } } }),
      permissions: [{ action: 'Microsoft.Network/networkSecurityGroups/securityRules/write', scope: group }],
    };
  });
}

/** A priority for a rule for each flow, where one is free. Flows with the least room in front of them choose first. */
function prioritiesFor(
  rules: readonly SecurityRule[],
  missing: readonly JudgedFlow[],
): ReadonlyMap<JudgedFlow, number> {
  const taken = new Set(rules.map((rule) => `${directionOf(rule.properties['direction'])} ${String(rule.priority)}`));
  const byRoom = [...missing].sort((left, right) => limitOf(left) - limitOf(right));
  return new Map(
    byRoom.flatMap((each): [JudgedFlow, number][] => {
      const direction = directionOf(each.required.flow.direction);
      const priority = freePriority((candidate) => taken.has(`${direction} ${String(candidate)}`), limitOf(each));
      if (priority === undefined) return [];
      taken.add(`${direction} ${String(priority)}`);
      return [[each, priority]];
    }),
  );
}

function directionOf(direction: unknown): string {
  return String(direction).toLowerCase();
}

/** What a rule has to come before. */
function limitOf({ judgement }: JudgedFlow): number {
  return Math.min(...[...judgement.denying, ...judgement.unsure].map(({ priority }) => priority));
}

/** A priority below the limit that no rule has: one of those that leave room between them, where there is one. */
function freePriority(isTaken: (priority: number) => boolean, limit: number): number | undefined {
  const all = Array.from({ length: PRIORITIES.last - PRIORITIES.first + 1 }, (_, index) => PRIORITIES.first + index);
  const free = all.filter((priority) => priority < limit && !isTaken(priority));
  return free.find((priority) => priority % 10 === 0) ?? free[0];
}

/** What stands in the way of each flow that is kept out, by name. */
export function obstaclesFor(context: StepContext, group: string, flows: readonly RequiredFlow[]): readonly Text[] {
  const rules = rulesIn(context.read(group));
  const missing = judged(rules, flows).filter(isMissing);
  const priorities = prioritiesFor(rules, missing);
  return missing.flatMap((each) => {
    const denying = each.judgement.denying.filter((rule) => rules.includes(rule));
    const names = denying.map(({ name }) => name).join(', ');
    const { what, flow } = each.required;
    if (denying.length === 0) return [];
    const hidden = hiddenBehind(denying, rules, flow).map(({ name }) => name);
    return [
      hidden.length === 0
        ? text('The rule {0} keeps out: {1}.', names, what)
        : text(
            'The rule {0} comes first and keeps out: {1}. The rule {2} behind it has no effect on that.',
            names,
            what,
            hidden.join(', '),
          ),
      ...(priorities.has(each)
        ? []
        : [text('No priority is free in front of the rule {0}. Give that rule a larger number yourself.', names)]),
    ];
  });
}
