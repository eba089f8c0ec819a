import { v5 as uuidV5 } from 'uuid';
import type { Risk } from '../plan/change';
import { referenceTo } from '../plan/reference';
import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, extensionId, isWithin, resourceKey, resourceName, subscriptionScope } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text, type Text } from '../text';
import type { Principal, Setup } from '../setup/setup';
import { BUILT_IN_ROLE_IDS, sufficientRoles, type BuiltInRoleName } from './azureRoles';
import { holds, type Assertion } from './matcher';
import { freeId } from './privateLink';
import { Unsettled, type Expectation, type StepContext } from './step';
import { systemIdentityOn } from './systemIdentity';

/** Who a role is assigned to: an identity that is known, or one that the plan itself switches on. */
export interface Assignee {
  /** What a stable name for the assignment is made of: a principal's id, or the id of the resource that has the identity. */
  readonly key: string;
  readonly name: string;
  /** Undefined while Azure has given the identity no id yet. */
  readonly principalId: string | undefined;
  /** What stands in the request: the id, or a reference to where it will be. */
  readonly principal: string;
  readonly type: Principal['type'];
}

/** The system-assigned identity of a resource. */
export function identityOf(context: StepContext, resource: string): Assignee {
  const present = context.read(resource);
  const isOn = present !== undefined && holds(present, systemIdentityOn);
  return identityAt('identity.principalId', resource, isOn ? present : undefined);
}

/** A user-assigned identity, which the same plan may make. */
export function userAssignedIdentity(context: StepContext, resource: string): Assignee {
  return identityAt('properties.principalId', resource, context.read(resource));
}

function identityAt(path: string, resource: string, present: WireResource | undefined): Assignee {
  const principalId = asString(readPath(present, path));
  return {
    key: resourceKey(resource),
    name: resourceName(resource),
    principalId,
    principal: principalId ?? referenceTo(resource, path),
    type: 'ServicePrincipal',
  };
}

export function assigneeOf({ id, name, type }: Principal): Assignee {
  return { key: id.toLowerCase(), name: name ?? id, principalId: id, principal: id, type };
}

/** What a new role means for those who have it. */
export const NEW_ROLE: Risk = {
  kind: 'none',
  note: text('A new role can take up to ten minutes until every service knows of it.'),
};

/** The role assignments that apply at a scope: its own and inherited ones. */
function assignmentsAt(context: StepContext, scope: string): readonly JsonObject[] {
  return asObjects(context.read(listId(scope))?.['value']).filter((assignment) => {
    const own = resourceKey(asString(readPath(assignment, 'properties.scope')) ?? '');
    return own === '' || isWithin(scope, own) || own.startsWith(MANAGEMENT_GROUPS);
  });
}

/** Azure lists those of management groups only where they are above. */
const MANAGEMENT_GROUPS = '/providers/microsoft.management/managementgroups/';

function listId(scope: string): string {
  return childId(scope, 'providers', 'Microsoft.Authorization', 'roleAssignments');
}

/** GUIDs of the assignee's roles at a scope, with the assignment that gives each: one without a condition, where there is one. */
export function rolesAt(
  context: StepContext,
  scope: string,
  { principalId }: Assignee,
): ReadonlyMap<string, JsonObject> {
  if (principalId === undefined) return new Map();
  const own = assignmentsAt(context, scope).filter((assignment) => isFor(assignment, principalId));
  const conditionalFirst = [...own].sort((left, right) => Number(isConditional(right)) - Number(isConditional(left)));
  return new Map(conditionalFirst.map((assignment) => [roleIdOf(assignment), assignment]));
}

function isFor(assignment: JsonObject, principalId: string | undefined): boolean {
  return asString(readPath(assignment, 'properties.principalId'))?.toLowerCase() === principalId?.toLowerCase();
}

function roleIdOf(assignment: JsonObject): string {
  return resourceName(asString(readPath(assignment, 'properties.roleDefinitionId')) ?? '').toLowerCase();
}

function isConditional(assignment: JsonObject): boolean {
  return Boolean(asString(readPath(assignment, 'properties.condition')));
}

/**
 * That an assignee has a role at a scope, or one that includes it, given there or higher up.
 * Source: https://learn.microsoft.com/rest/api/authorization/role-assignments, api-version 2022-04-01
 * @param sufficient Ids of the roles that will do.
 * @throws Unsettled where only an assignment with a condition gives it.
 */
export function roleExpectation(
  context: StepContext,
  scope: string,
  assignee: Assignee,
  role: BuiltInRoleName,
  sufficient = sufficientRoles(role),
): Expectation {
  const given = [...rolesAt(context, scope, assignee)].filter(([id]) => sufficient.includes(id));
  if (given.some(([, assignment]) => !isConditional(assignment))) {
    return { resource: listId(scope), assertions: [assertionFor(assignee, role, sufficient)], observed: true };
  }
  if (given.length > 0) {
    const reason = text(
      '{0} has the role “{1}” under a condition, which Ringfence does not judge. Look at it yourself.',
      assignee.name,
      role,
    );
    throw new Unsettled({ kind: 'resource', id: listId(scope) }, reason);
  }
  return missingAssignment(context, scope, assignee, role);
}

/** What the evidence table shows: a role in the list of assignments. */
function assertionFor(assignee: Assignee, role: BuiltInRoleName, sufficient: readonly string[]): Assertion {
  return {
    at: 'value',
    must: {
      kind: 'someItem',
      where: [
        { at: 'properties.principalId', must: { kind: 'equals', value: assignee.principalId ?? '' } },
        { at: 'properties.roleDefinitionId', must: { kind: 'endsWithOneOf', values: sufficient } },
      ],
      what: text('“{0}” for {1}', role, assignee.name),
    },
  };
}

function missingAssignment(
  context: StepContext,
  scope: string,
  assignee: Assignee,
  role: BuiltInRoleName,
): Expectation {
  const roleDefinitionId = roleDefinition(context.setup, role);
  const name = uuidV5([resourceKey(scope), assignee.key, BUILT_IN_ROLE_IDS[role]].join('|'), NAMESPACE);
  const wanted = extensionId(scope, 'Microsoft.Authorization/roleAssignments', name);
  // An identity that was switched off and on again is another principal, and its old assignment keeps its name.
  const id = freeId(
    context,
    wanted,
    (present) => isFor(present, assignee.principalId),
    (number) => extensionId(scope, 'Microsoft.Authorization/roleAssignments', uuidV5(`${wanted}#${number}`, NAMESPACE)),
  );
  return {
    resource: id,
    assertions: [],
    create: { properties: { roleDefinitionId, principalId: assignee.principal, principalType: assignee.type } },
    permissions: [{ action: 'Microsoft.Authorization/roleAssignments/write', scope }],
  };
}

function roleDefinition({ subscription }: Setup, role: BuiltInRoleName): string {
  return extensionId(
    subscriptionScope(subscription),
    'Microsoft.Authorization/roleDefinitions',
    BUILT_IN_ROLE_IDS[role],
  );
}

/** A note where an assignee may do more than it needs. */
export function broaderThanNeeded(
  context: StepContext,
  scope: string,
  assignee: Assignee,
  role: BuiltInRoleName,
): readonly Text[] {
  const roles = rolesAt(context, scope, assignee);
  const exact = roles.get(BUILT_IN_ROLE_IDS[role]);
  const wider = sufficientRoles(role).find((id) => id !== BUILT_IN_ROLE_IDS[role] && roles.has(id));
  if (wider !== undefined) {
    const name = Object.entries(BUILT_IN_ROLE_IDS).find(([, id]) => id === wider)?.[0] ?? wider;
    return [text('{0} has “{1}”, which is more than this step needs.', assignee.name, name)];
  }
  const at = resourceKey(asString(readPath(exact, 'properties.scope')) ?? '');
  return at !== '' && at !== resourceKey(scope)
    ? [text('The role is given at {0}, which is wider than this step needs.', resourceName(at))]
    : [];
}

/** A GUID that the same text always gives. */
export function stableGuid(name: string): string {
  return uuidV5(name, NAMESPACE);
}

/** Ringfence's own namespace for names that the same inputs always give. */
const NAMESPACE = '6f2a2d0c-7f3e-5b1a-9d7e-1c0f8a4e2b55';
