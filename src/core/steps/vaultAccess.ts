import { asArray, asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { text, type Text } from '../text';
import { sufficientRoles, type BuiltInRoleName } from './azureRoles';
import { roleExpectation, rolesAt, type Assignee } from './roleAssignment';
import type { Expectation, StepContext } from './step';
import { goesByRoles } from './vaultFacts';

/** A right to what is in a key vault: a role, or permissions of an access policy where those decide about the vault. */
export interface VaultRight {
  readonly role: BuiltInRoleName;
  readonly objects: 'certificates' | 'keys' | 'secrets';
  readonly permissions: readonly string[];
}

/** Somebody with the right, as the vault itself decides it. What an access policy lacks is for a person to add. */
export function rightExpectation(
  context: StepContext,
  vault: string,
  assignee: Assignee,
  right: VaultRight,
): Expectation {
  if (goesByRoles(context.read(vault))) return roleExpectation(context, vault, assignee, right.role);
  const suffices = hasPolicy(context, vault, assignee, right);
  return {
    resource: vault,
    assertions: [
      {
        at: 'properties.accessPolicies',
        must: {
          kind: 'someItem',
          where: [{ at: 'objectId', must: { kind: 'oneOf', values: suffices ? [idOf(assignee)] : [], prefer: '' } }],
          what: text('{0} on {1} for {2}', right.permissions.join(', '), right.objects, assignee.name),
        },
      },
    ],
    observed: true,
  };
}

/** What a person has to do, where access policies decide and one lacks something; undefined where nothing is to do. */
export function policyToMend(
  context: StepContext,
  vault: string,
  assignee: Assignee,
  right: VaultRight,
): Text | undefined {
  return goesByRoles(context.read(vault)) || hasPolicy(context, vault, assignee, right)
    ? undefined
    : text(
        'Access policies decide about this vault. Give {0} the permissions {1} on {2} in the portal, because the policies are somebody’s.',
        assignee.name,
        right.permissions.join(', '),
        right.objects,
      );
}

export function hasRight(context: StepContext, vault: string, assignee: Assignee, right: VaultRight): boolean {
  if (!goesByRoles(context.read(vault))) return hasPolicy(context, vault, assignee, right);
  const roles = rolesAt(context, vault, assignee);
  return sufficientRoles(right.role).some((role) => roles.has(role));
}

function hasPolicy(context: StepContext, vault: string, assignee: Assignee, right: VaultRight): boolean {
  return policiesFor(context, vault, assignee).some((policy) => lackingIn(policy, right).length === 0);
}

/** Somebody's access policies on a vault. */
export function policiesFor(context: StepContext, vault: string, assignee: Assignee): readonly JsonObject[] {
  const principal = idOf(assignee).toLowerCase();
  return asObjects(readPath(context.read(vault), 'properties.accessPolicies')).filter(
    ({ objectId }) => asString(objectId)?.toLowerCase() === principal,
  );
}

function idOf({ principalId }: Assignee): string {
  return principalId ?? '';
}

/** The permissions of a right that an access policy does not give. */
export function lackingIn(policy: JsonObject, { objects, permissions }: VaultRight): readonly string[] {
  const given = asArray(readPath(policy, `permissions.${objects}`)).map((each) => String(each).toLowerCase());
  return given.includes('all') ? [] : permissions.filter((permission) => !given.includes(permission.toLowerCase()));
}
