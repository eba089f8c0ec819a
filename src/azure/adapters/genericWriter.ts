import type { GenericResource, Resources } from '@azure/arm-resources';
import { AzureError, type WriteOptions } from '../../core/ports';
import type { ResourceWrite } from '../../core/plan/change';
import { isJsonObject, type JsonObject } from '../../core/resources/json';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { apiVersionFor } from '../../core/resources/resourceTypes';
import { mergePatch } from '../../core/resources/wireEquality';
import { toAzureError } from '../azureErrors';
import type { ClientSettings } from '../clientSettings';
import { lroOptions, readWire, unsupported, waitFor } from './adapter';

/** How resources of a type are written that need no more than their id. */
interface TypeFacts {
  /** Lower-cased types, the more special first. */
  readonly types: RegExp;
  /** `patch` where Azure takes a part; `replace` where it takes nothing but the whole. */
  readonly update: 'patch' | 'replace';
  /** Refused without the version of what is changed; any will do, because the executor has just read it. */
  readonly ifMatch?: true;
  /** What brings back one that was deleted, because its name is taken until it is purged. */
  readonly recovery?: Recovery;
}

interface Recovery {
  /** How Azure refuses the name. */
  readonly code: string;
  readonly properties: JsonObject;
  /** Azure then takes nothing else that was sent, so it is sent again. */
  readonly alone?: true;
}

/** Source: the operations of each provider in azure-rest-api-specs, at the versions of `apiVersionFor`. */
const FACTS: readonly TypeFacts[] = [
  { types: /^microsoft\.apimanagement\/service\/(.+\/)?policies$/, update: 'replace', ifMatch: true },
  { types: /^microsoft\.apimanagement\/service\/.+$/, update: 'patch', ifMatch: true },
  {
    types: /^microsoft\.apimanagement\/service$/,
    update: 'patch',
    recovery: { code: 'ServiceAlreadyExistsInSoftDeletedState', properties: { restore: true }, alone: true },
  },
  { types: /^microsoft\.keyvault\/vaults\/.+$/, update: 'replace' },
  {
    types: /^microsoft\.keyvault\/vaults$/,
    update: 'patch',
    recovery: { code: 'ConflictError', properties: { createMode: 'recover' } },
  },
  { types: /^microsoft\.managedidentity\/userassignedidentities$/, update: 'patch' },
  { types: /^microsoft\.operationalinsights\/workspaces$/, update: 'patch' },
  // Both take a PATCH, but only of their tags and of whether they are on.
  { types: /^microsoft\.insights\/(activitylogalerts|actiongroups)$/, update: 'replace' },
  { types: /^microsoft\.insights\/diagnosticsettings$/, update: 'replace' },
  { types: /^microsoft\.authorization\/(locks|policysetdefinitions|policyassignments)$/, update: 'replace' },
];

/** What the SDK's model of any resource carries; it would leave out everything else without a word. */
const CARRIED = ['location', 'tags', 'properties', 'sku', 'identity', 'kind', 'plan', 'managedBy'];

/**
 * Writes resources of the types above by their id, through @azure/arm-resources: all of them are written alike.
 * @throws Error for other types, and for a body that the SDK would cut.
 */
export async function writeById(
  resources: Resources,
  settings: ClientSettings,
  write: ResourceWrite,
  options: WriteOptions,
): Promise<void> {
  const facts = FACTS.find(({ types }) => types.test(resourceTypeOf(write.resource)));
  const version = apiVersionFor(write.resource);
  if (facts === undefined || version === undefined) throw unsupported(write);
  // The SDK puts a slash in front of the id itself.
  const id = write.resource.replace(/^\//, '');
  const lro = lroOptions(settings, options);
  const guarded = { ...lro, ...(facts.ifMatch && { requestOptions: { customHeaders: { 'If-Match': '*' } } }) };
  const put = (body: JsonObject): Promise<void> =>
    waitFor(resources.beginCreateOrUpdateById(id, version, modelOf(body), lro), options);
  switch (write.action) {
    case 'create':
      return create(put, write.body, facts.recovery);
    case 'update': {
      if (facts.update === 'patch')
        return waitFor(resources.beginUpdateById(id, version, modelOf(write.body), guarded), options);
      const present = await readWire((read) => resources.getById(id, version, read), options.signal);
      const whole = modelOf(mergePatch(writable(present), write.body ?? {}));
      return waitFor(resources.beginCreateOrUpdateById(id, version, whole, guarded), options);
    }
    case 'delete':
      return waitFor(resources.beginDeleteById(id, version, guarded), options);
    default:
      throw unsupported(write);
  }
}

async function create(
  put: (body: JsonObject) => Promise<void>,
  body: JsonObject = {},
  recovery: Recovery | undefined,
): Promise<void> {
  try {
    await put(body);
  } catch (error) {
    const known = toAzureError(error);
    if (recovery === undefined || !AzureError.is(known) || known.code !== recovery.code) throw error;
    await put(mergePatch(body, { properties: recovery.properties }));
    if (recovery.alone) await put(body);
  }
}

/** Properties that only Azure writes, of the types that are replaced. */
const READ_ONLY = ['provisioningState', 'scope', 'latestDefinitionVersion', 'effectiveDefinitionVersion', 'instanceId'];

function writable(present: JsonObject): JsonObject {
  const { properties } = present;
  const whole = Object.entries(present).filter(([name, value]) => CARRIED.includes(name) && value !== null);
  const own = Object.entries(isJsonObject(properties) ? properties : {}).filter(([name]) => !READ_ONLY.includes(name));
  return { ...Object.fromEntries(whole), properties: Object.fromEntries(own) };
}

function modelOf(body: JsonObject | undefined = {}): GenericResource {
  const lost = Object.keys(body).find((name) => !CARRIED.includes(name));
  if (lost !== undefined) throw new Error(`${lost} cannot be written by id.`);
  return body as GenericResource;
}
