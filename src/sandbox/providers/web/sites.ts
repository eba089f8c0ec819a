import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { resourceName, sameResource } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { forgetIdentity, writeIdentity } from '../../directory/identities';
import { badRequest, cannotFind, siteNameTaken } from './errors';
import { APP_SERVICE_PLAN, SITE_TYPE, sitesIn } from './plans';
import { addPublishingPolicies } from './publishingPolicies';
import { showSite, showWrittenSite, writtenSettings } from './siteBody';
import { APP_SETTINGS_PARTS, writeSiteConfig } from './siteConfig';
import { checkSubnet, INTEGRATION_PARTS, listConnections, subnetIdOf, updateLink } from './siteIntegration';
import { newTicks, placeOf, quotedTag, readTag, topTags, WEB_VERSIONS } from './webResource';

/** A web app. There is no operation: the answer to a write comes when everything is done. */
export const SITE: ResourceType = {
  type: SITE_TYPE,
  apiVersions: WEB_VERSIONS,
  inGraph: true,
  show: showSite,
  getHeaders: (site, _, apiVersion) => readTag(site, apiVersion),
  put,
  patch,
  remove,
  vanish,
  facets: { virtualNetworkConnections: listConnections },
  parts: [...APP_SETTINGS_PARTS, ...INTEGRATION_PARTS],
};

/** Recorded: 200 also for a new one. What is not sent falls back to the defaults, but for `config/web`. */
function put(call: PutCall): Answer {
  const { azure, id, name, body, resource, apiVersion } = call;
  const { kept, echoed } = placeOf(call);
  const sent = objectOf(body['properties']);
  const taken = azure.store.named(SITE_TYPE, name);
  if (taken !== undefined && !sameResource(taken.id, id)) throw siteNameTaken(name);
  const planId = asString(sent['serverFarmId']) ?? asString(resource && propertiesOf(resource)['serverFarmId']);
  const stored = {
    kind: asString(body['kind']) ?? asString(resource?.body['kind']) ?? 'app',
    location: kept,
    ...topTags(body['tags']),
    ...settingsOf(resource),
    properties: writtenSettings(azure, { ...sent, serverFarmId: planId ?? null }, apiVersion, undefined),
  };
  const site = store(call, stored, body['identity']);
  if (resource === undefined) addPublishingPolicies(azure, id);
  writeSiteConfig(azure, id, name, sent['siteConfig']);
  const shown = SITE.show(site, azure, apiVersion);
  return { status: 200, headers: quotedTag(site), body: showWrittenSite(shown, echoed) };
}

/** Changes what is sent, and nothing else. */
function patch(call: PatchCall): Answer {
  const { azure, resource, body, apiVersion } = call;
  const sent = objectOf(body['properties']);
  const stored = {
    ...resource.body,
    ...('tags' in body ? { tags: body['tags'] } : {}),
    properties: writtenSettings(azure, sent, apiVersion, propertiesOf(resource)),
  };
  const site = store(call, stored, 'identity' in body ? body['identity'] : resource.body['identity']);
  if (isJsonObject(sent['siteConfig'])) writeSiteConfig(azure, site.id, site.name, sent['siteConfig']);
  const shown = SITE.show(azure.store.get(site.id) ?? site, azure, apiVersion);
  return { status: 200, headers: quotedTag(site), body: shown };
}

/** @throws Refusal where the plan or the subnet is not right; then nothing has changed. */
function store(
  { azure, id, name, resource }: Pick<PutCall, 'azure' | 'id' | 'name' | 'resource'>,
  body: JsonObject & { readonly properties: JsonObject },
  identity: Json | undefined,
): StoredResource {
  const plan = requirePlan(azure, body);
  const wanted = asString(body.properties['virtualNetworkSubnetId']);
  const subnetId = wanted === undefined ? undefined : (azure.store.get(wanted)?.id ?? wanted);
  if (subnetId !== undefined) checkSubnet(azure, { id, location: String(body['location']), plan }, subnetId);
  const { identity: _, ...others } = body;
  const kept = writeIdentity(azure, id, identity, resource?.body['identity']);
  const site = azure.store.put({
    id,
    name,
    type: SITE_TYPE,
    body: {
      ...others,
      properties: { ...body.properties, serverFarmId: plan.id, virtualNetworkSubnetId: subnetId ?? null },
      ...(kept === undefined || kept['type'] === 'None' ? {} : { identity: kept }),
    },
    state: 'Succeeded',
    etag: newTicks(azure),
  });
  if (resource) leaveLink(azure, resource);
  updateLink(azure, plan.id, subnetId);
  return site;
}

function requirePlan(azure: Azure, body: JsonObject & { readonly properties: JsonObject }): StoredResource {
  const planId = asString(body.properties['serverFarmId']);
  if (planId === undefined) throw badRequest("The parameter 'serverFarmId' is required.");
  const plan = azure.store.get(planId);
  if (plan?.type !== APP_SERVICE_PLAN.type) throw cannotFind('serverFarm', resourceName(planId));
  if (plan.body['location'] !== body['location']) {
    throw badRequest(`The app must be in the location ${String(plan.body['location'])} of its App Service plan.`);
  }
  return plan;
}

/** Documented: with its last app the plan goes too, unless the client says that it shall not. */
function remove({ azure, request, resource }: ExistingCall): Answer {
  const plan = azure.store.get(asString(propertiesOf(resource)['serverFarmId']) ?? '');
  azure.vanish(resource);
  const keepsPlan = request.query.get('deleteemptyserverfarm')?.toLowerCase() === 'false';
  if (plan && !keepsPlan && sitesIn(azure, plan.id).length === 0) azure.vanish(plan);
  return { status: 200, headers: quotedTag(resource) };
}

function vanish(site: StoredResource, azure: Azure): void {
  forgetIdentity(azure, site);
  leaveLink(azure, site);
}

function leaveLink(azure: Azure, site: StoredResource): void {
  updateLink(azure, asString(propertiesOf(site)['serverFarmId']) ?? '', subnetIdOf(site));
}

function settingsOf(resource: StoredResource | undefined): JsonObject {
  const appSettings = resource?.body['appSettings'];
  return appSettings === undefined ? {} : { appSettings };
}
