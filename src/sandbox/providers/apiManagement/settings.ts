import { asString, type JsonObject } from '../../../core/resources/json';
import { topLevelResourceId } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import { objectOf } from '../../bodies';
import { contentType, keeping, requireService } from './content';
import { validationError } from './errors';

const NEWEST = '2024-05-01';

export const BACKEND: ResourceType = contentType({
  path: 'backends',
  what: 'Backend',
  created: 201,
  removed: 200,
  write: (sent, before) => {
    const after = { ...(before ?? { title: null, description: null }), ...sent };
    if (!URL.canParse(asString(after['url']) ?? '')) throw validationError('url', 'Url must be an absolute URL.');
    return after;
  },
});

/** Recorded: the key of a logger becomes a named value, and only its name is shown. */
export const LOGGER: ResourceType = contentType({
  path: 'loggers',
  what: 'Logger',
  created: 201,
  removed: 200,
  write: (sent, before, { azure, id }) => {
    const { credentials, ...settings } = sent;
    const hidden = Object.keys(objectOf(credentials)).map((name) => [
      name,
      `{{Logger-Credentials--${azure.guids.next(`logger ${id}`).replaceAll('-', '').slice(0, 24)}}}`,
    ]);
    return {
      ...(before ?? { description: null, isBuffered: true, resourceId: null }),
      ...settings,
      ...(credentials === undefined ? {} : { credentials: Object.fromEntries(hidden) }),
    };
  },
  shown: (properties, _, apiVersion) => ({
    ...properties,
    ...(apiVersion >= NEWEST ? { maxMessageSizeInBytes: null } : {}),
  }),
});

const HIDDEN_QUERY = { queryParams: [{ value: '*', mode: 'Hide' }] };
const PIPELINE: JsonObject = {
  request: { headers: null, body: null, dataMasking: HIDDEN_QUERY },
  response: null,
};
const diagnosticsAt = (path: string): ResourceType =>
  contentType({
    path,
    what: 'Diagnostic',
    created: 201,
    removed: 200,
    write: keeping({
      alwaysLog: null,
      httpCorrelationProtocol: 'Legacy',
      verbosity: null,
      logClientIp: true,
      frontend: PIPELINE,
      backend: PIPELINE,
    }),
    shown: (properties, _, apiVersion) => ({
      ...properties,
      ...(apiVersion >= NEWEST ? { largeLanguageModel: null, mcp: null, a2a: null, tags: null } : {}),
    }),
  });

export const DIAGNOSTIC = diagnosticsAt('diagnostics');
export const API_DIAGNOSTIC = diagnosticsAt('apis/diagnostics');

/** A subscription of the gateway, with two keys that only the answer to its PUT and `listSecrets` tell. */
export const SUBSCRIPTION: ResourceType = contentType(
  {
    path: 'subscriptions',
    what: 'Subscription',
    created: 201,
    removed: 200,
    write: (sent, before, { azure, id }) => {
      // Assumed: a PUT replaces what people wrote, but neither the keys nor the day on which they came.
      const present = azure.store.get(id);
      const { createdDate = null, keyGenerations = {} } = present === undefined ? {} : propertiesOf(present);
      const kept = present === undefined ? {} : { createdDate, keyGenerations };
      const after: JsonObject = { ...(before ?? newSubscription(azure.timestamp())), ...sent, ...kept };
      const scope = asString(after['scope']) ?? '';
      const whole = scope.toLowerCase().startsWith('/subscriptions/') ? scope : `${topLevelResourceId(id)}${scope}`;
      return { ...after, scope: whole };
    },
    shown: ({ keyGenerations: _hidden, ...properties }) => properties,
    told: keysOf,
  },
  {
    actions: {
      listSecrets: ({ resource }) => ({ status: 200, body: keysOf(resource) }),
      regeneratePrimaryKey: (call) => regenerateKey(call, 'primary'),
      regenerateSecondaryKey: (call) => regenerateKey(call, 'secondary'),
    },
  },
);

function newSubscription(now: string): JsonObject {
  return {
    state: 'active',
    createdDate: now,
    startDate: null,
    expirationDate: null,
    endDate: null,
    notificationDate: null,
    stateComment: null,
    allowTracing: false,
  };
}

/** They say what they are, and stay the same in every run until they are regenerated. */
export function keysOf(subscription: StoredResource): { readonly primaryKey: string; readonly secondaryKey: string } {
  const service = topLevelResourceId(subscription.id).split('/').at(-1) ?? '';
  const generations = objectOf(propertiesOf(subscription)['keyGenerations']);
  const key = (which: string): string => {
    const generation = generations[which] === undefined ? '' : `-${String(generations[which])}`;
    return `sandbox-apim-${which}-${service}-${subscription.name}${generation}`.toLowerCase();
  };
  return { primaryKey: key('primary'), secondaryKey: key('secondary') };
}

/** Documented: 204, and only `listSecrets` tells the new key. The old one opens nothing from then on. */
function regenerateKey(call: ExistingCall, which: 'primary' | 'secondary'): Answer {
  requireService(call);
  const { azure, resource } = call;
  const properties = propertiesOf(resource);
  const generations = objectOf(properties['keyGenerations']);
  const keyGenerations = { ...generations, [which]: Number(generations[which] ?? 0) + 1 };
  azure.store.change(resource.id, { body: { ...resource.body, properties: { ...properties, keyGenerations } } });
  return { status: 204 };
}

/** A named value. A secret one is told by `listValue` alone. */
export const NAMED_VALUE: ResourceType = contentType(
  {
    path: 'namedValues',
    what: 'NamedValue',
    created: 201,
    removed: 200,
    write: keeping({ secret: false, tags: null }),
    shown: ({ value, ...properties }) => (properties['secret'] === true ? properties : { ...properties, value }),
  },
  {
    actions: {
      listValue: ({ resource }) => ({ status: 200, body: { value: propertiesOf(resource)['value'] ?? null } }),
    },
  },
);

const putNamedValue = NAMED_VALUE.put;

/** Recorded: the PUT of a new one answers that it is being made, and announces the resource itself. */
export const NAMED_VALUE_TYPE: ResourceType = {
  ...NAMED_VALUE,
  put: (call: PutCall): Answer => {
    const answer = putNamedValue?.(call) ?? { status: 405 };
    if (answer.status !== 201 || call.apiVersion < NEWEST) return answer;
    const operation = call.azure.guids.next('named value').replaceAll('-', '').slice(0, 24);
    const url = `${call.request.origin}${call.id}?api-version=${call.apiVersion}`;
    return {
      status: 201,
      headers: {
        'azure-asyncoperation': `${url}&azure-asyncId=${operation}`,
        location: `${url}&asyncId=${operation}&asyncCode=201`,
      },
      body: { ...objectOf(answer.body), properties: { ProvisioningState: 'InProgress' } },
    };
  },
};

/** Direct management of the service, `access`, and its repository, `gitAccess`: off unless somebody switches them on. */
export const TENANT_PARTS: NonNullable<ResourceType['parts']> = [
  { method: 'GET', path: 'tenant/:name', operation: 'tenant/read', answer: readTenantAccess },
  { method: 'PUT', path: 'tenant/:name', operation: 'tenant/write', answer: writeTenantAccess },
  { method: 'PATCH', path: 'tenant/:name', operation: 'tenant/write', answer: writeTenantAccess },
];

function accessName({ request }: Call): 'access' | 'gitAccess' {
  const name = request.path.slice(request.path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'access') return 'access';
  if (name === 'gitaccess') return 'gitAccess';
  throw validationError('accessName', `'${name}' is not a valid access name.`);
}

function readTenantAccess(call: ExistingCall): Answer {
  const name = accessName(call);
  const { id, body, etag } = call.azure.store.get(call.resource.id) ?? call.resource;
  return {
    status: 200,
    headers: { etag: `"${etag}"` },
    body: {
      id: `${id}/tenant/${name}`,
      type: 'Microsoft.ApiManagement/service/tenant',
      name,
      properties: { id: 'integration', enabled: objectOf(body['tenant'])[name] === true },
    },
  };
}

function writeTenantAccess(call: ExistingCall): Answer {
  const { azure, resource, request } = call;
  const { enabled } = objectOf(objectOf(request.body)['properties']);
  const tenant = { ...objectOf(resource.body['tenant']), [accessName(call)]: enabled === true };
  azure.store.change(resource.id, { body: { ...resource.body, tenant } });
  return readTenantAccess(call);
}
