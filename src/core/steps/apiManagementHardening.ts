import { asString, isJsonObject, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import { IN_FRONT } from './apiManagementOpenAi';
import type { Assertion } from './matcher';
import { defineStep, type Expectation, type Step } from './step';

/** What of API Management is old or too open, and switched off. Source: Microsoft.ApiManagement/service 2024-05-01. */

const GATEWAY = 'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.';

const PROTOCOLS = ['Protocols.Tls10', 'Protocols.Tls11', 'Protocols.Ssl30'];
const BACKEND_PROTOCOLS = PROTOCOLS.map((name) => `Backend.${name}`);
const CIPHERS = [
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
].map((name) => `Ciphers.${name}`);
const OLD_CIPHER = 'Ciphers.TripleDes168';

function all(names: readonly string[], value: 'True' | 'False'): JsonObject {
  return Object.fromEntries(names.map((name) => [GATEWAY + name, value]));
}

const EVERYTHING_OLD_OFF = all([...PROTOCOLS, ...BACKEND_PROTOCOLS, OLD_CIPHER, ...CIPHERS], 'False');

/** Services made before this day have old protocols on where nothing is said. Documented. */
const STRICTER_SINCE = '2018-04-01';

function defaultsOf(service: WireResource | undefined): JsonObject {
  const made = asString(readPath(service, 'properties.createdAtUtc'));
  const isOld = made !== undefined && made.slice(0, STRICTER_SINCE.length) <= STRICTER_SINCE;
  return {
    ...all([...PROTOCOLS, ...BACKEND_PROTOCOLS], isOld ? 'True' : 'False'),
    ...all([OLD_CIPHER, ...CIPHERS], 'True'),
  };
}

const CUSTOM_PROPERTIES = 'properties.customProperties';

/** Older versions of the management API show secrets in their answers. */
const OLDEST_API = '2021-08-01';

/** What a new service is created with, so that it need not be changed for it again. */
export const HARDENED_SERVICE: JsonObject = {
  customProperties: EVERYTHING_OLD_OFF,
  apiVersionConstraint: { minApiVersion: OLDEST_API },
};

function hardened(service: WireResource | undefined): readonly Assertion[] {
  const oldest = asString(readPath(service, 'properties.apiVersionConstraint.minApiVersion'));
  const isRecent = oldest !== undefined && oldest >= OLDEST_API;
  return [
    {
      at: CUSTOM_PROPERTIES,
      must: {
        kind: 'entries',
        values: EVERYTHING_OLD_OFF,
        defaults: defaultsOf(service),
        what: text('SSL 3.0, TLS 1.0 and 1.1 and weak ciphers off, on both sides'),
      },
    },
    {
      at: 'properties.apiVersionConstraint.minApiVersion',
      must: { kind: 'equals', value: isRecent ? oldest : OLDEST_API },
    },
  ];
}

/** What takes the hardening back says everything: Azure would leave as it is what is only not mentioned. */
function restored(service: WireResource | undefined): JsonObject {
  const present = readPath(service, CUSTOM_PROPERTIES);
  return {
    properties: {
      customProperties: { ...defaultsOf(service), ...(isJsonObject(present) ? present : {}) },
      apiVersionConstraint: {
        minApiVersion: readPath(service, 'properties.apiVersionConstraint.minApiVersion') ?? null,
      },
    },
  };
}

/** `access` is management past Azure Resource Manager, `gitAccess` a repository of the configuration. */
const SIDE_DOORS = ['access', 'gitAccess'];

function closedDoors(service: string): readonly Expectation[] {
  return SIDE_DOORS.map((name) => ({
    resource: childId(service, 'tenant', name),
    assertions: [{ at: 'properties.enabled', absentMeans: false, must: { kind: 'equals', value: false } }],
    comesByItself: true,
    permissions: [{ action: 'Microsoft.ApiManagement/service/tenant/write', scope: service }],
  }));
}

const apiManagementHardening = defineStep({
  id: 'apim-hardening',
  title: text('Old protocols and side doors of API Management off'),
  why: text(
    'Old versions of TLS and weak ciphers can be broken. Direct management and the Git repository are ways around the roles of Azure.',
  ),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['apim-service'],
  preferAfter: ['apim-internal-vnet'],
  sources: [
    IN_FRONT,
    { policy: 'b741306c-968e-4b67-b916-5675e5c709f4' },
    {
      reference: 'Manage protocols and ciphers in Azure API Management',
      url: 'https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers',
    },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const service = context.read(target);
    return [
      {
        resource: target,
        assertions: hardened(service),
        undoUpdate: { kind: 'restore', body: restored(service) },
      },
      ...closedDoors(target),
    ];
  },
  permissions: ['Microsoft.ApiManagement/service/write'],
  risk: {
    kind: 'lockout',
    note: text(
      'Clients that know nothing newer than TLS 1.1, and tools that manage the service directly, are refused from then on. It takes up to 15 minutes.',
    ),
  },
  typicalSeconds: 900,
});

export const API_MANAGEMENT_HARDENING_STEPS: readonly Step[] = [apiManagementHardening];
