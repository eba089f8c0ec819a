import { asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { keepGatewaysManaged } from './applicationGatewayPlaces';
import { badRequest, childNotFound, networkError } from './errors';
import { rulesOf } from './securityRules';
import {
  deleteNetworkResource,
  etagHeader,
  locationOf,
  NETWORK_VERSIONS,
  newTag,
  putNetworkResource,
  requireFree,
  tagsOf,
  weakTag,
} from './networkResource';
import { DEFAULT_SECURITY_RULES } from './defaultSecurityRules';

const TYPE = 'Microsoft.Network/networkSecurityGroups';
/** A rule always shows these, empty where the singular form was sent. */
const PLURALS = [
  'sourcePortRanges',
  'destinationPortRanges',
  'sourceAddressPrefixes',
  'destinationAddressPrefixes',
] as const;

export const SECURITY_RULE: ResourceType = {
  type: `${TYPE}/securityRules`,
  apiVersions: NETWORK_VERSIONS,
  inGraph: false,
  show: (rule, azure) => showRule(rule.id, weakTag(azure.parentOf(rule) ?? rule), rule.state, propertiesOf(rule)),
  getHeaders: (rule, azure) => etagHeader(azure.parentOf(rule) ?? rule),
  put: putRule,
  remove: removeRule,
  missing: childNotFound,
};

export const NETWORK_SECURITY_GROUP: ResourceType = {
  type: TYPE,
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show: (group, azure) => {
    const { id, name, type, body, state } = group;
    const etag = weakTag(group);
    const subnets = subnetsWith(azure, id).map((subnet) => ({ id: subnet.id }));
    return {
      name,
      id,
      etag,
      type,
      location: body['location'],
      ...tagsOf(body),
      properties: {
        provisioningState: state,
        ...propertiesOf(group),
        securityRules: azure.store
          .children(id, SECURITY_RULE.type)
          .map((rule) => showRule(rule.id, etag, rule.state, propertiesOf(rule))),
        defaultSecurityRules: DEFAULT_SECURITY_RULES.map(({ name: ruleName, ...rule }) =>
          showRule(`${id}/defaultSecurityRules/${ruleName}`, etag, state, rule),
        ),
        ...(subnets.length === 0 ? {} : { subnets }),
      },
    };
  },
  getHeaders: etagHeader,
  put,
  remove,
  blocked,
};

/** A PUT replaces the group with all of its rules. */
function put(call: PutCall): Answer {
  const { azure, id, body, resource } = call;
  requireFree(call, id);
  const location = locationOf(call);
  const sent = isJsonObject(body['properties']) ? body['properties'] : {};
  const rules = asObjects(sent['securityRules']).map((rule) => ({
    name: asString(rule['name']) ?? '',
    properties: ruleProperties(rule['properties']),
  }));
  keepSubnetsManaged(azure, id, rules);
  for (const rule of azure.store.children(id, SECURITY_RULE.type)) azure.vanish(rule);
  for (const rule of rules) {
    const ruleId = `${id}/securityRules/${rule.name}`;
    azure.store.put({
      id: ruleId,
      name: rule.name,
      type: SECURITY_RULE.type,
      body: { properties: rule.properties },
      state: 'Succeeded',
      etag: '',
    });
  }
  const guid = (resource && propertiesOf(resource)['resourceGuid']) ?? azure.guids.next(`guid ${id}`);
  return putNetworkResource(
    call,
    NETWORK_SECURITY_GROUP,
    { location, ...tagsOf(body), properties: { resourceGuid: guid } },
    {
      label: 'PutNetworkSecurityGroupOperation',
      seconds: DURATIONS.networkSecurityGroup,
      retryAfter: 1,
      location,
      changesMore: rules.length > 0,
    },
  );
}

/** Recorded: rules of one group may be written in parallel. */
function putRule(call: PutCall): Answer {
  const { azure, parent, body } = call;
  if (parent === undefined) throw childNotFound(call.id);
  requireFree(call, call.id);
  const properties = ruleProperties(body['properties']);
  keepSubnetsManaged(azure, parent.id, [...otherRules(azure, parent.id, call.name), { name: call.name, properties }]);
  const touchGroup = (): void => {
    azure.store.change(parent.id, { etag: newTag(azure, parent.id) });
  };
  touchGroup();
  return putNetworkResource(
    call,
    SECURITY_RULE,
    { properties },
    {
      label: 'PutSecurityRuleOperation',
      seconds: DURATIONS.securityRule,
      retryAfter: 1,
      location: asString(parent.body['location']) ?? '',
      finish: touchGroup,
    },
  );
}

function removeRule(call: ExistingCall): Answer {
  const { azure, parent, name } = call;
  if (parent) keepSubnetsManaged(azure, parent.id, otherRules(azure, parent.id, name));
  return deleteNetworkResource(call, call.resource, {
    label: 'DeleteSecurityRuleOperation',
    location: asString(parent?.body['location']) ?? '',
    seconds: DURATIONS.networkSecurityGroupDelete,
  });
}

/** @throws Refusal where these rules would cut off what is in a subnet of the group. */
function keepSubnetsManaged(azure: Azure, groupId: string, rules: ReturnType<typeof rulesOf>): void {
  for (const subnet of subnetsWith(azure, groupId)) keepGatewaysManaged(azure, subnet, rules);
}

function otherRules(azure: Azure, groupId: string, name: string): ReturnType<typeof rulesOf> {
  return rulesOf(azure, groupId).filter((rule) => rule.name.toLowerCase() !== name.toLowerCase());
}

function remove(call: ExistingCall): Answer {
  const { azure, resource } = call;
  requireFree(call, resource.id);
  const failure = blocked(resource, azure);
  if (failure) throw networkError(failure);
  return deleteNetworkResource(call, resource, {
    label: 'DeleteNetworkSecurityGroupOperation',
    location: asString(resource.body['location']) ?? '',
    seconds: DURATIONS.networkSecurityGroupDelete,
    retryAfter: 1,
  });
}

function ruleProperties(sent: unknown): JsonObject {
  if (!isJsonObject(sent) || typeof sent['priority'] !== 'number')
    throw badRequest('A security rule needs a priority.');
  const { provisioningState: _, ...properties } = sent;
  return properties;
}

function showRule(id: string, etag: string, state: string, rule: JsonObject): JsonObject {
  const isDefault = id.includes('/defaultSecurityRules/');
  return {
    name: id.slice(id.lastIndexOf('/') + 1),
    id,
    etag,
    type: `${TYPE}/${isDefault ? 'defaultSecurityRules' : 'securityRules'}`,
    properties: {
      provisioningState: state,
      ...rule,
      ...Object.fromEntries(PLURALS.map((plural) => [plural, rule[plural] ?? []])),
    },
  };
}

/** UNVERIFIED wording. */
function blocked(group: StoredResource, azure: Azure, going?: string): OperationFailure | undefined {
  const user = subnetsWith(azure, group.id).find(
    ({ id }) => going === undefined || !id.toLowerCase().startsWith(`${going.toLowerCase()}/`),
  );
  return (
    user && {
      code: 'InUseNetworkSecurityGroupCannotBeDeleted',
      message: `Network security group ${group.id} cannot be deleted because it is in use by the following resources: ${user.id}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
    }
  );
}

function subnetsWith(azure: Azure, groupId: string): readonly StoredResource[] {
  return azure.store.ofType('Microsoft.Network/virtualNetworks/subnets').filter((subnet) => {
    const reference = propertiesOf(subnet)['networkSecurityGroup'];
    return isJsonObject(reference) && sameResource(asString(reference['id']) ?? '', groupId);
  });
}
