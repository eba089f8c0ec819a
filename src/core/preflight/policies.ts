import type { Change } from '../plan/change';
import type { AzureQuestion } from '../ports';
import { asArray, asObjects, asString, type Json, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import {
  parentResourceId,
  resourceGroupIdOf,
  resourceKey,
  resourceName,
  resourceTypeOf,
  subscriptionScope,
} from '../resources/resourceId';
import { apiVersionFor, displayType, extendedScope, TYPES } from '../resources/resourceTypes';
import { mergePatch } from '../resources/wireEquality';
import { text } from '../text';
import {
  creationsIn,
  deletedBy,
  groupBy,
  idsOf,
  isResource,
  lastSeen,
  setsProperties,
  type Group,
  type PreflightInput,
} from './input';
import type { PreflightFinding } from './report';

/** Source: https://learn.microsoft.com/rest/api/policyinsights/policy-restrictions, api-version 2023-03-01 */
const API_VERSION = '2023-03-01';

/** A write as policies see it: the whole resource, as it will be then. */
interface Intended {
  readonly change: Change;
  readonly content: JsonObject;
}

interface Denial {
  readonly assignment: string;
  readonly definition: string;
  readonly reason: string;
  readonly change: Change;
}

/** What policies with the effect Deny would say to the writes. Nobody is asked where nothing is assigned. */
export async function policyFindings(input: PreflightInput): Promise<readonly PreflightFinding[]> {
  const writes = input.changes.filter(isJudged);
  if (writes.length === 0 || !(await anyAssigned(input))) return [];
  const made = new Set(creationsIn(input.changes).map(({ resource }) => resourceKey(resource)));
  const intended = await intendedBy(writes, made, input);
  const answers = await Promise.all(
    intended.map(async (each) => ({ ...each, answer: await input.questions.ask(questionAbout(each, made, input)) })),
  );
  const refused = answers.flatMap(({ change, answer }) =>
    answer.state === 'unreadable' ? [{ change, detail: answer.detail }] : [],
  );
  const denials = answers.flatMap(({ change, answer }) =>
    answer.state === 'answered' ? denialsIn(answer.body, change) : [],
  );
  const takenOff = deletedBy(input.changes);
  const lasting = denials.filter(({ assignment }) => !takenOff.has(resourceKey(assignment)));
  return [
    ...[...groupBy(lasting, ({ assignment, definition }) => `${assignment} ${definition}`).values()].map(denied),
    ...(refused.length === 0 ? [] : [unreadable(refused)]),
  ];
}

/** Policies are not asked about what hangs on a resource, about actions, or about what is taken away. */
function isJudged(change: Change): boolean {
  const { resource } = change;
  const isByItself = extendedScope(resource) === undefined && resourceGroupIdOf(resource) !== undefined;
  return isByItself && setsProperties(change) && isResource(change);
}

/** True as well where it cannot be read: then the questions themselves will tell. */
async function anyAssigned({ setup, questions }: PreflightInput): Promise<boolean> {
  const scope = subscriptionScope(setup.subscription);
  const list = await questions.read(`${scope}/providers/Microsoft.Authorization/policyAssignments`);
  if (list.state !== 'present') return list.state === 'unreadable';
  return asArray(list.resource['value']).some(
    (assignment) => asString(readPath(assignment, 'properties.enforcementMode'))?.toLowerCase() !== 'donotenforce',
  );
}

/** Each write on top of those that come before it. */
async function intendedBy(
  writes: readonly Change[],
  made: ReadonlySet<string>,
  input: PreflightInput,
): Promise<readonly Intended[]> {
  const present = new Map<string, JsonObject>();
  const updated = writes.map(({ resource }) => resource).filter((id) => !made.has(resourceKey(id)));
  await Promise.all(
    updated.map(async (id) => {
      const entry = await lastSeen(input, id);
      if (entry.state === 'present') present.set(resourceKey(id), entry.resource);
    }),
  );
  return writes.map((change) => {
    const key = resourceKey(change.resource);
    const content = mergePatch(present.get(key) ?? {}, change.body ?? {});
    present.set(key, content);
    return { change, content };
  });
}

/** Asked at the group, or at the subscription where the plan has still to make the group. */
function questionAbout(
  { change, content }: Intended,
  made: ReadonlySet<string>,
  { setup }: PreflightInput,
): AzureQuestion {
  const { resource } = change;
  const group = resourceGroupIdOf(resource);
  const scope = group === undefined || made.has(resourceKey(group)) ? subscriptionScope(setup.subscription) : group;
  const parent = parentResourceId(resource);
  const apiVersion = apiVersionFor(resource) ?? '';
  return {
    path: `${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`,
    apiVersion: API_VERSION,
    body: {
      resourceDetails: {
        resourceContent: { ...content, type: typeOf(resource), name: resourceName(resource) },
        apiVersion,
        ...(parent === undefined ? {} : { scope: parent }),
      },
    },
  };
}

/** Policies have a longer name for groups. */
function typeOf(id: string): string {
  return resourceTypeOf(id) === TYPES.resourceGroup
    ? 'Microsoft.Resources/subscriptions/resourceGroups'
    : displayType(id);
}

function denialsIn(answer: JsonObject, change: Change): readonly Denial[] {
  const evaluations = asObjects(readPath(answer, 'contentEvaluationResult.policyEvaluations'));
  return evaluations.filter(isDenial).map((evaluation) => ({
    assignment: textAt(evaluation, 'policyInfo.policyAssignmentId'),
    definition: textAt(evaluation, 'policyInfo.policyDefinitionId'),
    reason: textAt(evaluation, 'evaluationDetails.reason'),
    change,
  }));
}

function isDenial(evaluation: Json): boolean {
  const effect = textAt(evaluation, 'effectDetails.policyEffect');
  return effect.toLowerCase() === 'deny' && /^noncompliant$/i.test(textAt(evaluation, 'evaluationResult'));
}

function textAt(value: Json, path: string): string {
  return asString(readPath(value, path)) ?? '';
}

function denied(denials: Group<Denial>): PreflightFinding {
  const [{ assignment, definition, reason }] = denials;
  const targets = [...new Set(denials.map(({ change }) => resourceName(change.resource)))];
  return {
    kind: 'policy',
    verdict: 'blocks',
    title: text(
      'The policy assignment “{0}” would deny the changes to {1}.',
      resourceName(assignment),
      targets.join(', '),
    ),
    detail: [definition, reason].filter((part) => part !== '').join('\n'),
    remedy: text(
      'Ask whoever looks after the policies for an exemption of these resources, or choose values that the policy accepts.',
    ),
    changes: idsOf(denials.map(({ change }) => change)),
    resource: assignment,
  };
}

function unreadable(refused: readonly { readonly change: Change; readonly detail: string }[]): PreflightFinding {
  return {
    kind: 'policy',
    verdict: 'unknown',
    title: text('Whether policies would deny some of the changes could not be asked.'),
    ...(refused[0] && { detail: refused[0].detail }),
    remedy: text(
      'Look under “Policy” in the Azure portal, or go on: a change that a policy denies stops by itself, and says which policy it was.',
    ),
    changes: idsOf(refused.map(({ change }) => change)),
  };
}
