import {
  decision,
  description,
  nonGoal,
  note,
  option,
  roles,
  statement,
  steps,
  stepsOfSection,
  tools,
} from '../statement';

/** What ai-search-security.fr says of who may do what. */
export const searchAccess = {
  thenAuthenticate: statement(
    'A call that gets in is authenticated and authorized, in one of two ways.',
    stepsOfSection,
  ),
  entra: statement(
    'Microsoft Entra ID says who calls, and a role assignment what the caller may do.',
    steps('search-rbac-auth', 'rbac-dev-search', 'rbac-dev-search-data'),
  ),
  keyIsEnough: description('A key says that the call is trusted, whoever makes it.'),
  eitherOrBoth: statement(
    'Both ways can be used, or one of them switched off.',
    steps('search-rbac-auth', 'search-disable-local-auth'),
    option('apiKeys'),
    decision('searchKeys'),
  ),
  authorizes: description('Managing the service and using its content are authorized separately.'),
  managementRoles: statement(
    'Roles say who creates the service, manages its keys, scales and secures it, with whatever tool.',
    stepsOfSection,
    note('The plan names the permissions that its changes need, and those that you lack.'),
  ),
  basicRoles: statement(
    'Owner, Contributor and Reader apply to managing the service.',
    nonGoal('Who owns your resources is not for Ringfence to say; it gives nobody these roles in production.'),
  ),
  locks: statement(
    'Lock the subscription or the resource against deletion, by mistake or without permission.',
    steps('resource-locks'),
    option('locks'),
  ),
  contentIs: description('Content is what is created and kept in the service.'),
  contentByRole: statement('With roles, reading and writing is given by role assignments.', stepsOfSection),
  contentByKey: statement(
    'With keys, the kind of the key and the endpoint decide.',
    option('apiKeys'),
    steps('search-disable-local-auth'),
  ),
  perIndex: statement(
    'Roles can be given on a single index, but only by a program.',
    stepsOfSection,
    option('indexReaders'),
  ),
  adminKeysDoAll: statement(
    'Whoever has an administrator key can read, change and delete every index.',
    steps('search-disable-local-auth', 'search-key-rotation'),
  ),
  sourceControl: statement(
    'Keep the code for your indexes under source control, to make them again after a deletion.',
    nonGoal('Ringfence keeps no copies of your indexes. A lock protects the service, not what is in it.'),
  ),
  failover: description('The service fails over within its cluster, and keeps no code of yours.'),
  tenants: statement(
    'Applications for several tenants usually separate indexes in their middle tier.',
    nonGoal('How your application separates its tenants is its own affair.'),
    note('Roles on single indexes are at hand.'),
  ),
  documentsNotNative: statement(
    'Permissions on single documents are not supported natively, and do not come along from the source.',
    stepsOfSection,
    decision('documentPermissions'),
  ),
  documentFilter: statement(
    'A filter on a field with groups or identities leaves out what somebody may not see.',
    steps('search-document-acl'),
    option('documentAccess'),
    tools('document-filter'),
  ),
  identityFilters: statement(
    'Filter by identity: a field in the index, and a filter in the query.',
    tools('document-filter'),
  ),
  entraFilters: statement(
    'The same with the identities of Microsoft Entra ID.',
    tools('document-filter'),
    nonGoal('Which groups somebody is in, your application asks Microsoft Graph; the filter has a place for them.'),
  ),
  planRotation: statement(
    'Who uses keys needs a plan to replace the administrator keys regularly.',
    stepsOfSection,
    option('keysRotated'),
    tools('rotate-key'),
    note('Keys that are off need no rotation.'),
  ),
  twoKeys: statement(
    'There are two administrator keys at most, so that one can be replaced at a time.',
    steps('search-key-rotation'),
  ),
  noIdentities: description(
    'The service logs no identities, but operations, which can be correlated with other logs.',
    note('The step for diagnostics says so.'),
  ),
  alerts: statement(
    'Alerts and logs show peaks and other actions that were not expected.',
    stepsOfSection,
    option('alertEmail'),
  ),
  collectLogs: statement(
    'Collect and analyse log data.',
    steps('log-analytics-workspace', 'search-diagnostics'),
    roles('logAnalyticsWorkspace'),
    nonGoal('Ringfence switches the logs on; analysing them is Azure Monitor’s job.'),
  ),
  certified: description('The service is audited and certified by many standards.'),
  benchmark: statement(
    'Azure Policy carries out the Microsoft cloud security benchmark, which has twelve controls.',
    stepsOfSection,
    option('policies'),
  ),
  policiesAct: description('Built-in definitions give criteria, and an answer where they are not met.'),
  onePolicy: statement(
    'For Azure AI Search there is one built-in definition: resource logs.',
    steps('search-diagnostics', 'policy-assignments'),
    decision('policyCount'),
  ),
};
