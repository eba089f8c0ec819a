import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import { notSimulated } from '../../arm/gatewayErrors';
import type { StoredResource } from '../../arm/resourceStore';
import type { PutCall } from '../../arm/resourceType';
import { objectOf } from '../../bodies';
import {
  certificateHasNoData,
  keyVaultNeedsIdentity,
  listenerNeedsCertificate,
  policyNeedsWafSku,
  priorityIsEmpty,
} from './applicationGatewayErrors';
import {
  APPLICATION_GATEWAY_TYPE,
  COLLECTION_NAMES,
  keptPart,
  partId,
  partsOf,
  policyIdOf,
  readParts,
  referencesOf,
  type Part,
} from './applicationGatewayParts';
import { requireGatewaySubnet } from './applicationGatewayPlaces';
import { publicIpIdOf, subnetIdOf } from './applicationGatewayUse';
import { badRequest, invalidReference } from './errors';
import { configurationsUsing } from './ipConfigurationUsers';
import { allocate } from './networkInterfaces';
import { publicIpAlreadyUsed } from './vpnErrors';

/** Settings of a gateway that are kept as they are sent. */
const SETTINGS = [
  'autoscaleConfiguration',
  'firewallPolicy',
  'forceFirewallPolicyAssociation',
  'webApplicationFirewallConfiguration',
  'sslPolicy',
  'enableHttp2',
  'enableFips',
  'globalConfiguration',
  'customErrorConfigurations',
] as const;
const SKUS = ['Standard_v2', 'WAF_v2'];

/**
 * What a PUT leaves of a gateway: what was sent, Azure's defaults, and the addresses of private frontends.
 * @throws Refusal where Azure would not make, or not change, such a gateway.
 */
export function gatewayProperties(call: PutCall, location: string): JsonObject {
  const { azure, id, body, resource } = call;
  const sent = objectOf(body['properties']);
  const sku = requireSku(sent);
  const [instances] = readParts(sent['gatewayIPConfigurations']);
  if (instances === undefined) throw badRequest(`Application Gateway ${id} needs a gateway IP configuration.`);
  requireGatewaySubnet(call, location, subnetIdOf(instances));
  checkFrontends(call, location, readParts(sent['frontendIPConfigurations']));
  checkPolicy(call, location, sku, sent);
  checkListeners(call, sent);
  checkRules(id, sent);
  checkReferences(id, sent);
  const collections = COLLECTION_NAMES.map((collection) => [
    collection,
    readParts(sent[collection]).map((part) => keptPart(collection, part)),
  ]);
  const before = resource && objectOf(resource.body['properties']);
  return withPrivateAddresses(call, {
    resourceGuid: before?.['resourceGuid'] ?? azure.guids.next(`guid ${id}`),
    sku: { ...sku, family: 'Generation_1' },
    operationalState: before?.['operationalState'] ?? 'Stopped',
    writtenBy: call.apiVersion,
    ...Object.fromEntries(collections),
    ...Object.fromEntries(
      SETTINGS.filter((name) => sent[name] !== undefined && sent[name] !== null).map((name) => [name, sent[name]]),
    ),
  });
}

function requireSku(sent: JsonObject): JsonObject {
  const sku = objectOf(sent['sku']);
  if (!SKUS.includes(String(sku['tier'])) || sku['name'] !== sku['tier']) {
    throw notSimulated(400, 'application gateways but those of Standard_v2 and WAF_v2');
  }
  if (sku['capacity'] === undefined && sent['autoscaleConfiguration'] === undefined) {
    throw badRequest('An application gateway of version 2 needs a capacity or an autoscale configuration.');
  }
  return sku;
}

function checkFrontends({ azure, id }: PutCall, location: string, frontends: readonly Part[]): void {
  if (frontends.length === 0) throw badRequest(`Application Gateway ${id} needs a frontend IP configuration.`);
  for (const frontend of frontends) {
    const publicIpId = publicIpIdOf(frontend);
    if (publicIpId === '') continue;
    const publicIp = azure.store.get(publicIpId);
    if (publicIp === undefined || publicIp.body['location'] !== location) throw invalidReference(publicIpId, id);
    azure.authorizeLinked(ownWrite(id), 'Microsoft.Network/publicIPAddresses/join/action', publicIp.id);
    const other = configurationsUsing(azure, publicIp.id).find(
      (each) => !each.toLowerCase().startsWith(`${id.toLowerCase()}/`),
    );
    if (other !== undefined) throw publicIpAlreadyUsed(id, publicIp.id, other);
  }
}

function ownWrite(id: string): { readonly action: string; readonly scope: string } {
  return { action: `${APPLICATION_GATEWAY_TYPE}/write`, scope: id };
}

function checkPolicy({ azure, id }: PutCall, location: string, sku: JsonObject, sent: JsonObject): void {
  const listeners = readParts(sent['httpListeners']).map(({ properties }) => properties);
  for (const policyId of [sent, ...listeners].flatMap((each) => policyIdOf(each) ?? [])) {
    const policy = azure.store.get(policyId);
    if (policy === undefined || policy.body['location'] !== location) throw invalidReference(policyId, id);
    azure.authorizeLinked(ownWrite(id), `${policy.type}/join/action`, policy.id);
    if (sku['tier'] !== 'WAF_v2') throw policyNeedsWafSku(id);
  }
}

function checkListeners({ id, body, resource }: PutCall, sent: JsonObject): void {
  for (const { name, properties } of readParts(sent['sslCertificates'])) {
    const certificate = partId(id, 'sslCertificates', name);
    const isKnown = resource !== undefined && partsOf(resource, 'sslCertificates').some((each) => each.name === name);
    const secretId = asString(properties['keyVaultSecretId']);
    if (secretId !== undefined && !/userassigned/i.test(String(objectOf(body['identity'])['type']))) {
      throw keyVaultNeedsIdentity(certificate);
    }
    // A PUT of what was read lacks the data of certificates that Azure has already.
    if (secretId === undefined && asString(properties['data']) === undefined && !isKnown) {
      throw certificateHasNoData(certificate);
    }
  }
  for (const { name, properties } of readParts(sent['httpListeners'])) {
    if (properties['protocol'] === 'Https' && asString(objectOf(properties['sslCertificate'])['id']) === undefined) {
      throw listenerNeedsCertificate(partId(id, 'httpListeners', name));
    }
  }
}

function checkRules(id: string, sent: JsonObject): void {
  const rules = readParts(sent['requestRoutingRules']);
  for (const { name, properties } of rules) {
    if (properties['ruleType'] !== 'Basic') throw notSimulated(400, 'request routing rules but those of type Basic');
    if (typeof properties['priority'] !== 'number') throw priorityIsEmpty(partId(id, 'requestRoutingRules', name));
  }
  const priorities = rules.map(({ properties }) => properties['priority']);
  if (new Set(priorities).size < priorities.length) {
    throw badRequest(`Two request routing rules of Application Gateway ${id} have the same priority.`);
  }
}

/** Whatever a part refers to within its gateway has to be there. */
function checkReferences(id: string, sent: JsonObject): void {
  const known = COLLECTION_NAMES.flatMap((collection) =>
    readParts(sent[collection]).map(({ name }) => partId(id, collection, name)),
  );
  for (const collection of COLLECTION_NAMES) {
    for (const part of readParts(sent[collection])) {
      const by = partId(id, collection, part.name);
      const lost = referencesOf(part).find(
        (each) =>
          each.id.toLowerCase().startsWith(`${id.toLowerCase()}/`) &&
          !known.some((other) => sameResource(other, each.id)),
      );
      if (lost !== undefined) throw invalidReference(lost.id, by);
    }
  }
}

/** A private frontend keeps the address that it has, or gets the one that it asks for, or a free one. */
function withPrivateAddresses({ azure, resource }: PutCall, properties: JsonObject): JsonObject {
  const before = resource === undefined ? [] : partsOf(resource, 'frontendIPConfigurations');
  const frontends = asArray(properties['frontendIPConfigurations']).map((each) => {
    const [part] = readParts([each as JsonObject]);
    const subnet = part === undefined ? undefined : azure.store.get(subnetIdOf(part));
    if (part === undefined || subnet === undefined) return each as JsonObject;
    return { name: part.name, properties: { ...part.properties, privateIPAddress: addressFor(part, subnet, before) } };
  });
  return { ...properties, frontendIPConfigurations: frontends };

  function addressFor(part: Part, subnet: StoredResource, parts: readonly Part[]): string {
    const wanted = asString(part.properties['privateIPAddress']);
    const held = asString(parts.find(({ name }) => name === part.name)?.properties['privateIPAddress']);
    if (held !== undefined && (wanted === undefined || wanted === held)) return held;
    return allocate(azure, subnet, [wanted])[0] ?? '';
  }
}
