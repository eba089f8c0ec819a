import type { JsonObject } from '../../core/resources/json';

/**
 * How each resource provider speaks of a long-running operation, as data. Taken from recordings of real traffic
 * (test/sandbox/records.json); what is not recorded is listed in docs/sandbox.md.
 */
/** `action`: a POST whose result is no resource. */
export type OperationKind = 'create' | 'update' | 'delete' | 'action';

type AsyncHeader = 'azure-asyncoperation' | 'location';

export interface Dialect {
  /** Path of the operation's status. `{subscription}`, `{group}`, `{name0}`, `{name1}`, `{location}` and `{operation}` are filled in. */
  readonly statusPath?: string;
  /** Path behind the Location header. */
  readonly resultPath?: string;
  /** What tells a result URL from a status URL where both have the same path. */
  readonly resultMarker?: { readonly name: string; readonly value: string };
  /** The api-version of both URLs; that of the request where not given. */
  readonly apiVersion?: string;
  /** Location has the api-version of the request all the same. */
  readonly resultKeepsVersion?: true;
  /** What the query of both URLs begins with. */
  readonly leadingQuery?: string;
  /** What it ends with. */
  readonly trailingQuery?: string;
  readonly operationId: 'guid' | 'base64' | 'job' | 'digits';
  /** Which URLs the first answer announces. */
  readonly announces: Readonly<Partial<Record<OperationKind, readonly AsyncHeader[]>>>;
  /** Sends `azure-asyncnotification: Enabled` with the first answer. */
  readonly notifies: boolean;
  readonly inProgress: {
    readonly status: 200 | 202;
    readonly word: Readonly<Record<Exclude<OperationKind, 'action'>, string>>;
    /** Every answer announces the URLs again. */
    readonly announcesAgain: boolean;
    /** Then Location is the URL of the status as well. */
    readonly announcesStatusOnly?: true;
    /** Only the first answer has a Retry-After. */
    readonly silent?: true;
  };
  /** `status`: `{status}`. `operation`: `{id,name,status,startTime,endTime}`. */
  readonly report: 'status' | 'operation';
  /** The content type of reports, where it is not that of everything else. */
  readonly reportType?: string;
  /** What the report ends with when the operation has ended. */
  readonly closing?: JsonObject;
  /** The Location URL once the operation is done. */
  readonly result: { readonly status: 200 | 204; readonly showsResource: boolean };
}

const word = (create: string, update = create, remove = update) => ({ create, update, delete: remove });

export const NETWORK: Dialect = {
  statusPath: '/subscriptions/{subscription}/providers/Microsoft.Network/locations/{location}/operations/{operation}',
  resultPath:
    '/subscriptions/{subscription}/providers/Microsoft.Network/locations/{location}/operationResults/{operation}',
  operationId: 'guid',
  announces: {
    create: ['azure-asyncoperation'],
    update: ['azure-asyncoperation'],
    delete: ['azure-asyncoperation', 'location'],
  },
  notifies: true,
  inProgress: { status: 200, word: word('InProgress'), announcesAgain: false },
  report: 'status',
  result: { status: 204, showsResource: false },
};

/** A POST: the result is polled for by Location, with `null` for a body until it is there. */
export const NETWORK_ACTION: Dialect = {
  ...NETWORK,
  announces: { action: ['location'] },
  notifies: false,
  inProgress: { ...NETWORK.inProgress, announcesAgain: true },
};

export const COGNITIVE_SERVICES: Dialect = {
  statusPath:
    '/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}/operationResults/{operation}',
  resultPath:
    '/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}/operationResults/{operation}',
  resultMarker: { name: 'operationResultResponseType', value: 'Location' },
  apiVersion: '2017-04-18',
  operationId: 'guid',
  announces: {
    create: ['azure-asyncoperation'],
    update: ['azure-asyncoperation', 'location'],
    delete: ['azure-asyncoperation', 'location'],
  },
  notifies: false,
  inProgress: { status: 200, word: word('Creating', 'Updating', 'Deleting'), announcesAgain: false },
  report: 'operation',
  result: { status: 200, showsResource: true },
};

/** A PUT on an existing account announces the status only. */
export const COGNITIVE_SERVICES_PUT: Dialect = {
  ...COGNITIVE_SERVICES,
  announces: { ...COGNITIVE_SERVICES.announces, update: ['azure-asyncoperation'] },
};

/** Azure AI Search has no operations but these: of a service itself, only its provisioningState tells. */
export const SHARED_PRIVATE_LINK: Dialect = {
  statusPath:
    '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Search/searchServices/{name0}/sharedPrivateLinkResources/{name1}/operationStatuses/{operation}',
  resultPath:
    '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Search/searchServices/{name0}/sharedPrivateLinkResources/{name1}/operationStatuses/{operation}',
  operationId: 'digits',
  announces: {
    create: ['azure-asyncoperation', 'location'],
    update: ['azure-asyncoperation', 'location'],
    delete: ['azure-asyncoperation', 'location'],
  },
  notifies: false,
  inProgress: { status: 200, word: word('Running'), announcesAgain: false },
  report: 'status',
  result: { status: 200, showsResource: true },
};

/** Nothing is said of the operation. */
export const SILENT: Dialect = {
  operationId: 'guid',
  announces: { create: [], update: [], delete: [] },
  notifies: false,
  inProgress: { status: 202, word: word(''), announcesAgain: false },
  report: 'status',
  result: { status: 200, showsResource: true },
};

/** The creation of an account. Everything else is done at once. */
export const STORAGE: Dialect = {
  resultPath:
    '/subscriptions/{subscription}/providers/Microsoft.Storage/locations/{location}/asyncoperations/{operation}',
  leadingQuery: 'monitor=true',
  operationId: 'guid',
  announces: { create: ['location'], update: ['location'], delete: ['location'] },
  notifies: false,
  inProgress: { status: 202, word: word(''), announcesAgain: true },
  report: 'status',
  result: { status: 200, showsResource: true },
};

export const PRIVATE_DNS: Dialect = {
  statusPath:
    '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Network/privateDnsOperationStatuses/{operation}',
  resultPath:
    '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Network/privateDnsOperationResults/{operation}',
  operationId: 'base64',
  announces: {
    create: ['azure-asyncoperation', 'location'],
    update: ['azure-asyncoperation', 'location'],
    delete: ['azure-asyncoperation', 'location'],
  },
  notifies: false,
  inProgress: { status: 202, word: word('InProgress'), announcesAgain: true },
  report: 'status',
  result: { status: 200, showsResource: true },
};

/** The V2 tiers of API Management. */
export const API_MANAGEMENT_V2: Dialect = {
  statusPath:
    '/subscriptions/{subscription}/providers/Microsoft.ApiManagement/locations/{location}/operationsStatuses/{operation}',
  resultPath:
    '/subscriptions/{subscription}/providers/Microsoft.ApiManagement/locations/{location}/operationResults/{operation}',
  operationId: 'base64',
  announces: {
    create: ['azure-asyncoperation', 'location'],
    update: ['azure-asyncoperation', 'location'],
    delete: ['azure-asyncoperation', 'location'],
  },
  notifies: false,
  inProgress: { status: 200, word: word('InProgress'), announcesAgain: true, announcesStatusOnly: true },
  report: 'status',
  reportType: 'application/json',
  result: { status: 200, showsResource: true },
};

const CLASSIC_OPERATION =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ApiManagement/service/{name0}/operationresults/{operation}';

/** Its classic tiers. */
export const API_MANAGEMENT_CLASSIC: Dialect = {
  ...API_MANAGEMENT_V2,
  statusPath: CLASSIC_OPERATION,
  resultPath: CLASSIC_OPERATION,
  trailingQuery: 'asyncResponse',
};

export const RESOURCE_GROUP_DELETION: Dialect = {
  resultPath: '/subscriptions/{subscription}/operationresults/{operation}',
  operationId: 'job',
  announces: { create: [], update: [], delete: ['location'] },
  notifies: false,
  inProgress: { status: 202, word: word(''), announcesAgain: true },
  report: 'status',
  result: { status: 200, showsResource: false },
};

/** Recorded: the creation announces the workspace itself as Location, which the provider adds. */
export const OPERATIONAL_INSIGHTS: Dialect = {
  statusPath:
    '/subscriptions/{subscription}/providers/Microsoft.OperationalInsights/locations/{location}/operationstatuses/{operation}',
  resultPath:
    '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.OperationalInsights/workspaces/{name0}/operationresults/{operation}',
  apiVersion: '2015-11-01-preview',
  resultKeepsVersion: true,
  operationId: 'guid',
  announces: { create: ['azure-asyncoperation'], update: ['azure-asyncoperation', 'location'], delete: [] },
  notifies: false,
  inProgress: { status: 200, word: word('InProgress'), announcesAgain: false, silent: true },
  report: 'operation',
  closing: { properties: {} },
  result: { status: 200, showsResource: true },
};

/** Documented. */
export const POLICY_EVALUATION: Dialect = {
  resultPath: '/subscriptions/{subscription}/providers/Microsoft.PolicyInsights/asyncOperationResults/{operation}',
  operationId: 'base64',
  announces: { create: ['location'], update: ['location'], delete: ['location'] },
  notifies: false,
  inProgress: { status: 202, word: word(''), announcesAgain: true },
  report: 'status',
  result: { status: 200, showsResource: false },
};

/** A vault is purged. Its provider adds reports of its own to the answers. */
export const KEY_VAULT: Dialect = {
  resultPath:
    '/subscriptions/{subscription}/providers/Microsoft.KeyVault/locations/{location}/operationResults/{operation}',
  operationId: 'base64',
  announces: { delete: ['location'] },
  notifies: false,
  inProgress: { status: 202, word: word(''), announcesAgain: true },
  report: 'status',
  result: { status: 200, showsResource: false },
};

/** Those that have URLs. */
export const DIALECTS: readonly Dialect[] = [
  NETWORK,
  COGNITIVE_SERVICES,
  SHARED_PRIVATE_LINK,
  STORAGE,
  PRIVATE_DNS,
  API_MANAGEMENT_V2,
  API_MANAGEMENT_CLASSIC,
  OPERATIONAL_INSIGHTS,
  POLICY_EVALUATION,
  RESOURCE_GROUP_DELETION,
];
