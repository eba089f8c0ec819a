import { asString, type JsonObject } from '../../core/resources/json';
import { invalidRequestContent } from '../arm/gatewayErrors';
import { errorOf, type Answer } from '../arm/messages';
import type { Azure } from '../azure';
import { objectOf } from '../bodies';
import type { RouteCall, Router, Server } from '../http/router';
import { isSoftDeleted } from './apiManagement/deletedServices';
import { SERVICE_TYPE, SERVICE_VERSIONS } from './apiManagement/serviceState';
import { vaultAlreadyExists } from './keyVault/vaultErrors';
import { DELETED_VAULT_TYPE, isVaultName, VAULT_TYPE, VAULT_VERSIONS } from './keyVault/vaultState';
import { SITE_TYPE } from './web/plans';
import { WEB_VERSIONS } from './web/webResource';

/** Names that a provider gives out once in the whole world. */
interface Names {
  readonly server: Server;
  readonly operation: string;
  readonly apiVersions: readonly string[];
  readonly isTaken: (azure: Azure, name: string) => boolean;
  readonly isValid: (name: string) => boolean;
  /** `reason` of a name that is not valid. */
  readonly invalid: string;
  readonly message: (name: string) => string;
  /** What is said of a name that is free. */
  readonly free: JsonObject;
}

/** Those of services whose own files do not say it. Documented shapes. */
const NAMES: readonly Names[] = [
  {
    server: 'Microsoft.KeyVault',
    operation: 'checkNameAvailability',
    apiVersions: VAULT_VERSIONS,
    isTaken: ({ store }, name) =>
      (store.named(VAULT_TYPE, name) ?? store.named(DELETED_VAULT_TYPE, name)) !== undefined,
    isValid: isVaultName,
    invalid: 'AccountNameInvalid',
    message: (name) => String(errorOf(vaultAlreadyExists(name).answer)['message']),
    free: {},
  },
  {
    server: 'Microsoft.ApiManagement',
    operation: 'checkNameAvailability',
    apiVersions: SERVICE_VERSIONS,
    isTaken: (azure, name) => azure.store.named(SERVICE_TYPE, name) !== undefined || isSoftDeleted(azure, name),
    isValid: (name) => /^[a-z](?:[a-z0-9-]{0,48}[a-z0-9])?$/i.test(name),
    invalid: 'Invalid',
    message: (name) => `${name} is already in use. Please select a different name.`,
    free: { reason: 'Valid', message: '' },
  },
  {
    server: 'Microsoft.Web',
    operation: 'checknameavailability',
    apiVersions: WEB_VERSIONS,
    isTaken: ({ store }, name) => store.named(SITE_TYPE, name) !== undefined,
    isValid: (name) => /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/i.test(name),
    invalid: 'Invalid',
    message: (name) => `Hostname '${name}' already exists. Please select a different name.`,
    free: { reason: '', message: '' },
  },
];

export function addNameRoutes(router: Router): void {
  for (const names of NAMES) {
    const { server, operation, apiVersions } = names;
    router.add('POST', `/subscriptions/:subscriptionId/providers/${server}/${operation}`, {
      server,
      type: operation,
      apiVersions,
      answer: (call) => check(call, names),
    });
  }
}

function check({ azure, request }: RouteCall, names: Names): Answer {
  azure.authorize(`${names.server}/${names.operation}/read`, azure.subscription);
  const name = asString(objectOf(request.body)['name']);
  if (name === undefined) throw invalidRequestContent("Required property 'name' not found in JSON");
  if (!names.isValid(name)) {
    const message = `The name '${name}' is not valid.`;
    return { status: 200, body: { nameAvailable: false, reason: names.invalid, message } };
  }
  return {
    status: 200,
    body: names.isTaken(azure, name)
      ? { nameAvailable: false, reason: 'AlreadyExists', message: names.message(name) }
      : { nameAvailable: true, ...names.free },
  };
}
