import { freeName } from '../resources/freeName';
import { asObjects, asString } from '../resources/json';
import { elementsNamed, parsePolicyDocument } from '../resources/policyDocument';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { subdomainFor } from './openAi';
import type { StepContext } from './step';

/** The backend and the APIs of API Management that lead to the Azure OpenAI account: what is there, else what is made. */

/** What backend and API are called that Ringfence makes. */
const NEW_NAME = 'azure-openai';

/** Host names of the account, the one that is called first. */
function openAiHosts(context: StepContext): readonly string[] {
  const { id } = context.role('openAi');
  const own = asString(readPath(context.read(id), 'properties.customSubDomainName')) ?? subdomainFor(context, id);
  const { OpenAI, AIServices } = context.cloud.openAiSuffixes;
  return [...new Set([...OpenAI, ...AIServices])].map((suffix) => `${own}.${suffix}`.toLowerCase());
}

/** Where a backend or an API calls the account: `https://contoso.openai.azure.com/openai`. */
export function openAiUrl(context: StepContext): string {
  return `https://${openAiHosts(context)[0] ?? ''}/openai`;
}

function leadsToAccount(context: StepContext, url: string | undefined): boolean {
  const host = /^https?:\/\/([^/:?]+)/i.exec(url ?? '')?.[1]?.toLowerCase();
  return host !== undefined && openAiHosts(context).includes(host);
}

/** What API Management lists below itself or below one of its APIs. */
export function listed(context: StepContext, parent: string, name: string): readonly WireResource[] {
  return asObjects(context.read(childId(parent, name))?.['value']).flatMap((item) => {
    const id = asString(item['id']);
    return id === undefined ? [] : [{ ...item, id: childId(parent, name, resourceName(id)) }];
  });
}

/** Backends that call the account. */
function backendsOf(context: StepContext, service: string): readonly WireResource[] {
  return listed(context, service, 'backends').filter((backend) =>
    leadsToAccount(context, asString(readPath(backend, 'properties.url'))),
  );
}

/** The backend to call the account with: one that is there, else the one to make. */
export function backendIdFor(context: StepContext, service: string): string {
  const [existing] = backendsOf(context, service);
  return existing?.id ?? freeChild(context, service, 'backends');
}

/** APIs that lead to the account, by their own address or by the backend that their policy names. */
export function apisOf(context: StepContext, service: string): readonly WireResource[] {
  const backends = backendsOf(context, service).map(({ id }) => resourceName(id).toLowerCase());
  return listed(context, service, 'apis').filter((api) => {
    if (readPath(api, 'properties.isCurrent') === false) return false;
    const url = asString(readPath(api, 'properties.serviceUrl'));
    if (url !== undefined) return leadsToAccount(context, url);
    return backends.length > 0 && backendsNamedBy(context, api.id).some((name) => backends.includes(name));
  });
}

function backendsNamedBy(context: StepContext, api: string): readonly string[] {
  const value = asString(readPath(context.read(policyOf(api)), 'properties.value'));
  const document = value === undefined ? undefined : parsePolicyDocument(value);
  const chosen = document === undefined ? [] : elementsNamed(document, 'set-backend-service');
  return chosen.flatMap(({ attributes }) => attributes['backend-id']?.toLowerCase() ?? []);
}

/** Ids of the APIs that lead to the account, or of the one to make. */
export function apiIdsFor(context: StepContext, service: string): readonly string[] {
  const existing = apisOf(context, service).map(({ id }) => id);
  return existing.length > 0 ? existing : [freeChild(context, service, 'apis')];
}

/** The path of a new API: the one that clients of Azure OpenAI expect, unless another API has it. */
export function freePath(context: StepContext, service: string): string {
  const taken = listed(context, service, 'apis').map((api) =>
    asString(readPath(api, 'properties.path'))?.toLowerCase(),
  );
  return taken.includes('openai') ? NEW_NAME : 'openai';
}

/** The policy document of a service, an API or an operation. */
export function policyOf(scope: string): string {
  return childId(scope, 'policies', 'policy');
}

function freeChild(context: StepContext, service: string, type: 'apis' | 'backends'): string {
  const taken = listed(context, service, type).map(({ id }) => resourceName(id).toLowerCase());
  return childId(
    service,
    type,
    freeName(NEW_NAME, (name) => taken.includes(name)),
  );
}
