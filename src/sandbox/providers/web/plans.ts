import { asString, type Json, type JsonObject } from '../../../core/resources/json';
import { resourceName, sameResource } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import { SUBSCRIPTION_ID, type Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { badRequest, planHasSites, tooManyNetworks } from './errors';
import { planSku, type PlanSku } from './planSkus';
import { groupNameOf, newTicks, placeOf, quotedTag, topTags, WEB_VERSIONS, webSpaceOf, webTime } from './webResource';

export const SITE_TYPE = 'Microsoft.Web/sites';

/** An App Service plan. There is no operation: the answer to a write comes when everything is done. */
export const APP_SERVICE_PLAN: ResourceType = {
  type: 'Microsoft.Web/serverfarms',
  apiVersions: WEB_VERSIONS,
  inGraph: true,
  show: showPlan,
  put,
  patch,
  remove,
  blocked,
  facets: { sites: listSites },
};

export function sitesIn(azure: Azure, planId: string): readonly StoredResource[] {
  return azure.store
    .ofType(SITE_TYPE)
    .filter((site) => sameResource(asString(propertiesOf(site)['serverFarmId']) ?? '', planId));
}

/** Names and ids only: a client that wants more asks for the site itself. */
function listSites({ azure, resource }: ExistingCall): Answer {
  const value = sitesIn(azure, resource.id).map(({ id, name, type }) => ({ id, name, type }));
  return { status: 200, body: { value, nextLink: null } };
}

/** Ids of the subnets that apps of a plan are integrated with. */
export function subnetsOf(azure: Azure, planId: string): readonly string[] {
  const subnets = sitesIn(azure, planId).flatMap(
    (site) => asString(propertiesOf(site)['virtualNetworkSubnetId']) ?? [],
  );
  return [...new Set(subnets.map((id) => id.toLowerCase()))];
}

export function skuOf(plan: StoredResource): PlanSku {
  const name = asString(objectOf(plan.body['sku'])['name']) ?? 'F1';
  return planSku(name) ?? { name, tier: name, size: name, family: name, networks: 0, computeMode: 'Shared' };
}

function showPlan(plan: StoredResource, azure: Azure): JsonObject {
  const { id, name, type, body } = plan;
  const { networks } = skuOf(plan);
  return {
    id,
    name,
    type,
    kind: body['kind'],
    location: body['location'],
    ...topTags(body['tags']),
    properties: {
      ...propertiesOf(plan),
      numberOfSites: sitesIn(azure, id).length,
      vnetConnectionsUsed: subnetsOf(azure, id).length,
      vnetConnectionsMax: networks,
    },
    sku: body['sku'],
  };
}

/** Recorded: 200 also for a new one. */
function put(call: PutCall): Answer {
  const { azure, id, name, body, resource } = call;
  const { kept, echoed } = placeOf(call);
  const sent = objectOf(body['sku'] ?? resource?.body['sku'] ?? { name: 'F1' });
  const sku = requireSku(azure, id, sent);
  const kind = asString(body['kind']) ?? 'app';
  const settings = objectOf(body['properties']);
  const tags = body['tags'];
  const plan = azure.store.put({
    id,
    name,
    type: APP_SERVICE_PLAN.type,
    body: {
      kind,
      location: kept,
      ...topTags(tags),
      sku: showSku(sku, sent['capacity']),
      properties: planProperties(call, sku, kept, { kind, tags: tags ?? null, sent: settings }),
    },
    state: 'Succeeded',
    etag: newTicks(azure),
  });
  return { status: 200, headers: quotedTag(plan), body: written(call, plan, echoed) };
}

/** Recorded: what the answer to a write shows otherwise than a GET does. */
function written({ azure, apiVersion }: PutCall, plan: StoredResource, location: string): JsonObject {
  const shown = APP_SERVICE_PLAN.show(plan, azure, apiVersion);
  return {
    ...shown,
    location,
    properties: {
      ...objectOf(shown['properties']),
      sku: plan.body['sku'],
      maximumNumberOfWorkers: 0,
      vnetConnectionsUsed: null,
      vnetConnectionsMax: null,
    },
  };
}

/** Tags only: a plan is scaled by PUT. */
function patch({ azure, resource, body, apiVersion }: PatchCall): Answer {
  const tags = body['tags'];
  const changes =
    tags === undefined
      ? resource.body
      : { ...resource.body, tags, properties: { ...propertiesOf(resource), tags: tags ?? null } };
  const plan = azure.store.change(resource.id, { body: changes, etag: newTicks(azure) }) ?? resource;
  return { status: 200, headers: quotedTag(plan), body: APP_SERVICE_PLAN.show(plan, azure, apiVersion) };
}

function remove({ azure, resource }: ExistingCall): Answer {
  const sites = sitesIn(azure, resource.id);
  if (sites.length > 0) {
    throw planHasSites(
      resource.name,
      sites.map(({ name }) => name),
    );
  }
  azure.vanish(resource);
  return { status: 200 };
}

function blocked(plan: StoredResource, azure: Azure, going: string): OperationFailure | undefined {
  const left = sitesIn(azure, plan.id).filter(({ id }) => !id.toLowerCase().startsWith(`${going.toLowerCase()}/`));
  const names = left.map(({ name }) => name).join(', ');
  return left.length === 0
    ? undefined
    : {
        code: 'Conflict',
        message: `Server farm '${plan.name}' cannot be deleted because it has web app(s) ${names} assigned to it.`,
      };
}

/** @throws Refusal for an unknown SKU, and for one that is too small for what the plan's apps are integrated with. */
function requireSku(azure: Azure, id: string, sent: JsonObject): PlanSku {
  const name = asString(sent['name']) ?? '';
  const sku = planSku(name);
  if (sku === undefined) throw badRequest(`The SKU '${name}' of App Service plan ${resourceName(id)} is not valid.`);
  if (subnetsOf(azure, id).length > sku.networks) throw tooManyNetworks(sku.networks);
  return sku;
}

function showSku({ name, tier, size, family }: PlanSku, capacity: Json | undefined): JsonObject {
  return { name, tier, size, family, capacity: capacity ?? 1 };
}

function planProperties(
  { azure, id, name, resource }: PutCall,
  sku: PlanSku,
  location: string,
  { kind, tags, sent }: { readonly kind: string; readonly tags: Json; readonly sent: JsonObject },
): JsonObject {
  const before = resource && propertiesOf(resource);
  const serverFarmId = before?.['serverFarmId'] ?? planNumber(azure, id);
  const worker = { size: 'D1', id: 3 };
  return {
    serverFarmId,
    name,
    workerSize: worker.size,
    workerSizeId: worker.id,
    workerTierName: null,
    numberOfWorkers: 1,
    currentWorkerSize: worker.size,
    currentWorkerSizeId: worker.id,
    currentNumberOfWorkers: 1,
    status: 'Ready',
    webSpace: webSpaceOf(id, location),
    subscription: SUBSCRIPTION_ID,
    adminSiteName: null,
    hostingEnvironment: null,
    hostingEnvironmentProfile: null,
    maximumNumberOfWorkers: 30,
    planName: 'VirtualDedicatedPlan',
    adminRuntimeSiteName: null,
    computeMode: sku.computeMode,
    siteMode: null,
    geoRegion: location,
    perSiteScaling: sent['perSiteScaling'] ?? false,
    elasticScaleEnabled: sent['elasticScaleEnabled'] ?? false,
    maximumElasticWorkerCount: sent['maximumElasticWorkerCount'] ?? 1,
    numberOfSites: 0,
    hostingEnvironmentId: null,
    isSpot: false,
    spotExpirationTime: null,
    freeOfferExpirationTime: null,
    tags,
    kind,
    resourceGroup: groupNameOf(id),
    // Linux.
    reserved: sent['reserved'] ?? false,
    isXenon: false,
    hyperV: false,
    mdmId: `waws-prod-xx0-000_${String(serverFarmId)}`,
    targetWorkerCount: 0,
    targetWorkerSizeId: 0,
    targetWorkerSku: null,
    provisioningState: 'Succeeded',
    webSiteId: null,
    existingServerFarmIds: null,
    kubeEnvironmentProfile: null,
    zoneRedundant: sent['zoneRedundant'] ?? false,
    maximumNumberOfZones: 1,
    currentNumberOfZonesUtilized: 1,
    migrateToVMSS: null,
    vnetConnectionsUsed: 0,
    vnetConnectionsMax: sku.networks,
    createdTime: before?.['createdTime'] ?? webTime(azure),
    asyncScalingEnabled: sent['asyncScalingEnabled'] ?? false,
    isCustomMode: false,
    powerState: 'Running',
    eligibleLogCategories: '',
  };
}

/** The same in every run. */
function planNumber(azure: Azure, id: string): number {
  return Number.parseInt(azure.guids.next(`plan ${id}`).slice(0, 4), 16) + 10_000;
}
