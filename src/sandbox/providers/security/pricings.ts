import { asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { invalidRequestContent, providerRefusal } from '../../arm/gatewayErrors';
import type { Answer, Refusal } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import type { Route, RouteCall, Router } from '../../http/router';
import { preciseTime } from '../../time';
import { DEFENDER_PLANS, type DefenderPlan } from './plans';

const TYPE = 'Microsoft.Security/pricings';
/** Versions before this one know no extensions: they ignore those that are sent and show none. */
const EXTENSIONS_SINCE = '2023-01-01';
/** Tells who may change a plan below the subscription, and how much of it is covered. */
const COVERAGE_SINCE = '2024-01-01';

/** A plan of Microsoft Defender for Cloud that is switched on. One that is off is not kept. */
export const PRICING: ResourceType = {
  type: TYPE,
  apiVersions: ['2022-03-01', EXTENSIONS_SINCE, COVERAGE_SINCE],
  inGraph: false,
  show: ({ id, name, body }, _, apiVersion) => showPlan(id, name, objectOf(body['properties']), apiVersion),
};

/** Plans belong to the subscription itself, so their routes are their own. */
export function addPricingRoutes(router: Router): void {
  const plans = `/subscriptions/:subscriptionId/providers/${TYPE}`;
  const route = (answer: Route['answer']): Route => ({
    server: 'Microsoft.Security',
    type: 'pricings',
    apiVersions: PRICING.apiVersions,
    answer: (call) => withVersion(answer(call)),
  });
  router.add('GET', plans, route(list));
  router.add('GET', `${plans}/:plan`, route(get));
  router.add('PUT', `${plans}/:plan`, route(put));
}

function list(call: RouteCall): Answer {
  requireRegistered(call, 'read', call.azure.subscription);
  return { status: 200, body: { value: DEFENDER_PLANS.map((plan) => shown(call, plan)) } };
}

function get(call: RouteCall): Answer {
  const plan = requirePlan(call);
  requireRegistered(call, 'read', idOf(call.azure, plan));
  return { status: 200, body: shown(call, plan) };
}

/** Recorded: the answer alone tells what became of each extension. */
function put(call: RouteCall): Answer {
  const { azure, request, apiVersion } = call;
  const plan = requirePlan(call);
  const id = idOf(azure, plan);
  requireRegistered(call, 'write', id);
  if (!isJsonObject(request.body)) throw invalidRequestContent('The request body must be a JSON object');
  const sent = objectOf(request.body['properties']);
  const tier = asString(sent['pricingTier'])?.toLowerCase();
  if (tier === 'free') {
    azure.store.remove(id);
    return { status: 200, body: shown(call, plan) };
  }
  if (tier !== 'standard') throw badRequest(`The pricing tier '${String(sent['pricingTier'])}' is not valid.`);
  const before = azure.store.get(id);
  const knowsExtensions = apiVersion >= EXTENSIONS_SINCE;
  const changed = knowsExtensions ? requireExtensions(plan, sent) : [];
  const properties = standardProperties(azure, plan, sent, before, changed);
  azure.store.put({ id, name: plan.name, type: TYPE, body: { properties }, state: 'Succeeded', etag: '' });
  const told = changed.map((extension) => ({
    ...extension,
    operationStatus: {
      code: 'Succeeded',
      message: `Successfully ${extension['isEnabled'] === 'True' ? 'enabled' : 'disabled'} extension`,
    },
  }));
  const answered = told.length === 0 ? properties : { ...properties, extensions: told };
  return { status: 200, body: showPlan(id, plan.name, answered, apiVersion) };
}

function standardProperties(
  azure: Azure,
  plan: DefenderPlan,
  sent: JsonObject,
  before: StoredResource | undefined,
  changed: readonly JsonObject[],
): JsonObject {
  const old = before === undefined ? {} : propertiesOf(before);
  const kept = asObjects(old['extensions']).filter(({ name }) => !changed.some((each) => each['name'] === name));
  const extensions = [...kept, ...changed];
  const subPlan = asString(sent['subPlan']) ?? asString(old['subPlan']) ?? plan.subPlan;
  if (plan.subPlans !== undefined && !plan.subPlans.includes(subPlan ?? '')) {
    throw badRequest(`Plan '${plan.name}' needs a sub-plan: one of ${plan.subPlans.join(', ')}.`);
  }
  return {
    ...(extensions.length === 0 ? {} : { extensions }),
    enablementTime: old['enablementTime'] ?? preciseTime(azure.clock.now()),
    ...(subPlan === undefined ? {} : { subPlan }),
    pricingTier: 'Standard',
    freeTrialRemainingTime: 'PT0S',
    enforce: asString(sent['enforce']) ?? 'False',
  };
}

/** The extensions of a write. `isEnabled` is a text: the booleans of JSON are refused. */
function requireExtensions(plan: DefenderPlan, sent: JsonObject): readonly JsonObject[] {
  return asObjects(sent['extensions']).map(({ name, isEnabled, additionalExtensionProperties }) => {
    const known = asString(name);
    if (known === undefined || (plan.extensions && !plan.extensions.includes(known))) {
      throw badRequest(`The extension '${String(name)}' is not valid for plan '${plan.name}'.`);
    }
    if (isEnabled !== 'True' && isEnabled !== 'False') {
      throw badRequest(`The value of 'isEnabled' of extension '${known}' must be the string 'True' or 'False'.`);
    }
    const more = additionalExtensionProperties ?? DEFAULT_PROPERTIES[known];
    return { name: known, isEnabled, ...(more === undefined ? {} : { additionalExtensionProperties: more }) };
  });
}

/** Recorded. */
const DEFAULT_PROPERTIES: Readonly<Record<string, JsonObject>> = { AgentlessVmScanning: { ExclusionTags: '[]' } };

function shown({ azure, apiVersion }: RouteCall, plan: DefenderPlan): JsonObject {
  const id = idOf(azure, plan);
  const stored = azure.store.get(id);
  const off = { pricingTier: 'Free', freeTrialRemainingTime: 'PT0S', enforce: 'False' };
  return showPlan(id, plan.name, stored === undefined ? off : propertiesOf(stored), apiVersion);
}

function showPlan(id: string, name: string, properties: JsonObject, apiVersion: string): JsonObject {
  const { extensions, enforce, ...others } = properties;
  const replacedBy = DEFENDER_PLANS.find((plan) => plan.name === name)?.replacedBy;
  const coverage = properties['pricingTier'] === 'Standard' ? 'FullyCovered' : 'NotCovered';
  return {
    id,
    name,
    type: TYPE,
    properties: {
      ...(extensions === undefined || apiVersion < EXTENSIONS_SINCE ? {} : { extensions }),
      ...others,
      ...(replacedBy === undefined ? {} : { deprecated: true, replacedBy }),
      ...(apiVersion < COVERAGE_SINCE ? {} : { enforce, inherited: 'False', resourcesCoverageStatus: coverage }),
    },
  };
}

/** Recorded header. */
function withVersion(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'api-supported-versions': '1.0' } };
}

function idOf(azure: Azure, { name }: DefenderPlan): string {
  return `${azure.subscription}/providers/${TYPE}/${name}`;
}

function requirePlan({ params }: RouteCall): DefenderPlan {
  const name = params['plan'] ?? '';
  const plan = DEFENDER_PLANS.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (plan !== undefined) return plan;
  throw providerRefusal(404, { code: 'ResourceNotFound', message: `The pricing '${name}' was not found.` });
}

/** Reported: without registration nothing can be read either, and the code is one that nobody else uses. */
function requireRegistered({ azure }: RouteCall, operation: 'read' | 'write', id: string): void {
  azure.authorize(`${TYPE}/${operation}`, id);
  if (azure.registrations.isRegistered('Microsoft.Security')) return;
  throw providerRefusal(404, {
    code: 'Subscription Not Registered',
    message: 'Please register to Microsoft.Security in order to view your security status',
  });
}

/** UNVERIFIED code and wording. */
function badRequest(message: string): Refusal {
  return providerRefusal(400, { code: 'BadRequest', message });
}
