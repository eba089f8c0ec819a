import { isWithin } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import type { Azure } from '../../azure';
import { listAnswer } from '../../http/listing';
import type { RouteCall } from '../../http/router';
import { assignedRoles, ROLE_ASSIGNMENT_TYPE, type AssignedRole } from './assignedRole';
import { unsupportedQuery } from './authorizationErrors';
import { requireScope } from './scopes';

const AT_SCOPE = /^atScope\(\)$/i;
const PRINCIPAL = /^principalId eq '([^']*)'$/i;
const ASSIGNED_TO = /^assignedTo\('([^']*)'\)$/i;

type Test = (assigned: AssignedRole) => boolean;

/** Everything at the scope, above it and below it, as far as the filter lets through. */
export function listRoleAssignments({ azure, request, params }: RouteCall): Answer {
  const scope = requireScope(azure, params['scope'] ?? '');
  azure.authorize(`${ROLE_ASSIGNMENT_TYPE}/read`, scope);
  const tests = testsOf(azure, scope, request.query.get('$filter') ?? '');
  const found = assignedRoles(azure)
    .filter((each) => isWithin(scope, each.scope) || isWithin(each.scope, scope))
    .filter((each) => tests.every((passes) => passes(each)));
  return listAnswer(
    request,
    found.map(({ assignment }) => azure.show(assignment)),
  );
}

/** @throws Refusal for a filter that Azure does not have. */
function testsOf(azure: Azure, scope: string, filter: string): readonly Test[] {
  const parts = filter.trim() === '' ? [] : filter.trim().split(/\s+and\s+/i);
  return parts.map((part): Test => {
    if (AT_SCOPE.test(part)) return (each) => isWithin(scope, each.scope);
    const principal = PRINCIPAL.exec(part)?.[1]?.toLowerCase();
    if (principal !== undefined) return (each) => each.principalId === principal;
    const assignee = ASSIGNED_TO.exec(part)?.[1];
    if (assignee === undefined) throw unsupportedQuery(filter);
    const everybody = azure.directory.selfAndGroups(assignee);
    return (each) => everybody.has(each.principalId);
  });
}
