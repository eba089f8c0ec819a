import { asString } from '../../../core/resources/json';
import { OPERATIONAL_INSIGHTS } from '../../arm/dialects';
import { invalidRequestContent, providerRefusal } from '../../arm/gatewayErrors';
import type { Answer, Refusal } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS, PATIENCE } from '../../durations';
import { patched, replaced, shownWorkspace } from './workspaceBody';

export const WORKSPACE_TYPE = 'Microsoft.OperationalInsights/workspaces';

const VERSIONS = [
  '2015-03-20',
  '2020-08-01',
  '2020-10-01',
  '2021-06-01',
  '2022-10-01',
  '2023-09-01',
  '2025-02-01',
  '2025-07-01',
] as const;
const SUPPORTED = { 'api-supported-versions': VERSIONS.join(', ') };
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/;
/** Documented: days that a workspace may keep what it collects. */
const MOST_DAYS = 730;

/** A Log Analytics workspace. */
export const WORKSPACE: ResourceType = {
  type: WORKSPACE_TYPE,
  apiVersions: VERSIONS,
  inGraph: true,
  show: shownWorkspace,
  getHeaders: () => SUPPORTED,
  put,
  patch,
  remove: ({ azure, resource }) => {
    requireIdle(azure, resource);
    azure.vanish(resource);
    return { status: 200, headers: SUPPORTED };
  },
  actions: { sharedKeys },
};

function put(call: PutCall): Answer {
  const { azure, request, id, name, resource, body, apiVersion } = call;
  if (body['location'] === undefined) throw invalidRequestContent("Required property 'location' not found in JSON");
  if (!NAME.test(name)) throw invalidParameter('workspaceName', name);
  if (resource) requireIdle(azure, resource);
  checkSettings(call);
  const workspace = azure.store.put({
    id,
    name,
    type: WORKSPACE_TYPE,
    body: replaced(azure, id, body, resource?.body),
    state: resource === undefined ? 'Creating' : 'Updating',
    etag: newEtag(azure, id),
    inForce: resource?.inForce ?? resource?.body ?? {},
  });
  const isNew = resource === undefined;
  const operation = azure.operations.begin(request, {
    dialect: OPERATIONAL_INSIGHTS,
    kind: isNew ? 'create' : 'update',
    target: id,
    location: asString(workspace.body['location']) ?? '',
    seconds: DURATIONS.logAnalyticsWorkspace,
    retryAfter: 20,
    finish: () => {
      azure.store.change(id, { state: 'Succeeded', inForce: azure.store.get(id)?.body ?? {} });
      return undefined;
    },
  });
  const answer = azure.operations.accept(request, operation, isNew ? 201 : 200, shownWorkspace(workspace));
  const location: Record<string, string> = isNew
    ? { location: `${request.origin}${id}?api-version=${apiVersion}` }
    : {};
  return { ...answer, headers: { ...answer.headers, ...SUPPORTED, ...location } };
}

/** Documented: done at once. */
function patch(call: PatchCall): Answer {
  const { azure, resource, body } = call;
  requireIdle(azure, resource);
  checkSettings(call);
  const changed = patched(azure, resource.id, body, resource.body);
  const workspace = azure.store.change(resource.id, {
    body: changed,
    inForce: changed,
    state: 'Succeeded',
    etag: newEtag(azure, resource.id),
  });
  return { status: 200, headers: SUPPORTED, body: shownWorkspace(workspace ?? resource) };
}

/** The keys say what they are and stay the same in every run. */
function sharedKeys({ resource }: ExistingCall): Answer {
  const id = asString(propertiesOf(resource)['customerId']) ?? '';
  const key = (name: string): string => Buffer.from(`sandbox-logs-${name}-${id}`).toString('base64');
  return {
    status: 200,
    headers: SUPPORTED,
    body: { primarySharedKey: key('primary'), secondarySharedKey: key('secondary') },
  };
}

function checkSettings({ body }: Pick<PutCall, 'body'>): void {
  const { retentionInDays: days } = objectOf(body['properties']);
  const isPossible = typeof days === 'number' && Number.isInteger(days) && days >= 7 && days <= MOST_DAYS;
  if (days !== undefined && days !== null && !isPossible) throw invalidParameter('retentionInDays', String(days));
}

/** UNVERIFIED wording. */
function invalidParameter(name: string, value: string): Refusal {
  return providerRefusal(400, { code: 'InvalidParameter', message: `The value '${value}' of '${name}' is not valid.` });
}

/** UNVERIFIED code and wording. */
function requireIdle(azure: Azure, { id, name }: StoredResource): void {
  if (azure.operations.holding(id) === undefined) return;
  const message = `An operation on the workspace '${name}' is in progress.`;
  throw providerRefusal(409, { code: 'Conflict', message }, { seconds: PATIENCE.conflict, told: false });
}

function newEtag(azure: Azure, id: string): string {
  return `"${azure.guids.next(`etag ${id}`)}"`;
}
