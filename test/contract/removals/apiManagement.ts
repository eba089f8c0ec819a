import type { JsonObject } from '../../../src/core/resources/json';
import { childId } from '../../../src/core/resources/resourceId';
import { subnetId } from '../../../src/sandbox/worlds/builders';
import { allow, serviceId } from '../../../src/sandbox/worlds/edgeBuilders';
import { EMPTY } from '../../../src/sandbox/worlds/empty';
import { NETWORK, NETWORK_GROUP, OPENAI } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import type { Estate } from './estates';
import { ENDPOINT_SUBNET, link, securityGroup, zone } from './ids';
import type { Failures, Fate } from './removal';

const SERVICE = serviceId(NETWORK_GROUP, 'apim-ringfence-5a4d1f');
const HOST = 'apim-ringfence-5a4d1f.azure-api.net';
const RECORD = childId(zone(HOST), 'A', '@');
const API = childId(SERVICE, 'apis', 'azure-openai');
const APIM_SUBNET = subnetId(NETWORK, 'snet-apim');
const GATEWAY_SUBNET = subnetId(NETWORK, 'snet-appgw');
const rule = (subnet: string, name: string): string => childId(securityGroup(`nsg-${subnet}`), 'securityRules', name);

/** The gateway is there, but API Management does not answer behind it. */
const NOT_BEHIND: Failures = {
  'gateway-answers/internet': 'fail',
  'gateway-chat/internet': 'fail',
};
const NO_ANSWER: Failures = { 'gateway-chat/internet': 'fail' };

/** Nothing is there, and API Management is wanted. */
const NO_SERVICE: Estate = { world: EMPTY, scenario: 'api-gateway', change: (setup) => setup };

const WITHOUT_SIGN_IN = `<policies>
  <inbound><base /><set-backend-service backend-id="azure-openai" /></inbound>
  <backend><forward-request /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`;

/** A PUT replaces a subnet, and so takes away what it does not say. */
const rewritten = (subnet: string) => async (hand: ByHand) => {
  const { properties } = await hand.get(subnet);
  const { networkSecurityGroup: _, ...others } = properties as JsonObject;
  await hand.put(subnet, { properties: others });
};

export const API_MANAGEMENT_FATES: Readonly<Record<string, Fate>> = {
  'nsg-private-endpoints': {
    in: 'gateway',
    when: 'a rule keeps API Management away from the endpoints, and ours is gone',
    remove: async (hand) => {
      const subnet = (await hand.get(APIM_SUBNET))['properties'] as JsonObject;
      await hand.delete(rule('snet-private-endpoints', 'AllowApiManagementInbound'));
      await hand.put(rule('snet-private-endpoints', 'DenyApiManagement'), {
        properties: { priority: 200, ...allow('in', String(subnet['addressPrefix']), '*', '443', { access: 'Deny' }) },
      });
    },
    nonCompliant: ['nsg-private-endpoints'],
    probes: NO_ANSWER,
  },
  'nsg-private-endpoints-association': {
    in: 'gateway',
    when: 'the subnet is written again without its group',
    remove: rewritten(ENDPOINT_SUBNET),
    nonCompliant: ['nsg-private-endpoints-association'],
  },
  'nsg-apim': {
    in: 'gateway',
    when: 'the rule for the service’s management is deleted',
    remove: (hand) => hand.delete(rule('snet-apim', 'AllowManagementInbound')),
    nonCompliant: ['nsg-apim'],
  },
  'nsg-appgw': {
    in: 'gateway',
    when: 'the rule for callers is deleted',
    remove: (hand) => hand.delete(rule('snet-appgw', 'AllowHttpsInbound')),
    nonCompliant: ['nsg-appgw'],
    probes: { ...NOT_BEHIND, 'gateway-blocks/internet': 'fail' },
  },
  'subnet-apim': {
    in: 'gateway',
    when: 'the subnet is written again without its group',
    remove: rewritten(APIM_SUBNET),
    nonCompliant: ['subnet-apim'],
  },
  'subnet-appgw': {
    in: 'gateway',
    when: 'the subnet is written again without its group',
    remove: rewritten(GATEWAY_SUBNET),
    nonCompliant: ['subnet-appgw'],
  },
  'apim-service': {
    because: 'Azure keeps the name of a deleted service, so that none is made in its place',
    never: NO_SERVICE,
    planned: true,
  },
  'apim-managed-identity': {
    in: 'gateway',
    when: 'the identity is switched off',
    remove: (hand) => hand.patch(SERVICE, { identity: { type: 'None' } }),
    nonCompliant: ['apim-managed-identity', 'rbac-apim-aoai-user'],
    probes: NO_ANSWER,
  },
  'apim-internal-vnet': {
    in: 'gateway',
    when: 'the service is taken out of the network',
    remove: (hand) =>
      hand.patch(SERVICE, { properties: { virtualNetworkType: 'None', virtualNetworkConfiguration: null } }),
    nonCompliant: ['apim-internal-vnet', 'apim-private-dns'],
    // And it answers whoever comes past the gateway.
    probes: { ...NOT_BEHIND, 'gateway-only/internet': 'fail' },
  },
  'apim-private-dns-zone': {
    in: 'gateway',
    when: 'the zone of the gateway’s name is deleted, its link first',
    remove: async (hand) => {
      await hand.delete(link(HOST));
      await hand.delete(zone(HOST));
    },
    nonCompliant: ['apim-private-dns-zone', 'apim-private-dns-link', 'apim-private-dns'],
    probes: NOT_BEHIND,
  },
  'apim-private-dns-link': {
    in: 'gateway',
    when: 'the link of the gateway’s zone is deleted',
    remove: (hand) => hand.delete(link(HOST)),
    nonCompliant: ['apim-private-dns-link'],
    probes: NOT_BEHIND,
  },
  'apim-private-dns': {
    in: 'gateway',
    when: 'the record leads elsewhere',
    remove: (hand) => hand.put(RECORD, { properties: { ttl: 300, aRecords: [{ ipv4Address: '10.3.0.99' }] } }),
    nonCompliant: ['apim-private-dns'],
    probes: NOT_BEHIND,
  },
  'rbac-apim-aoai-user': {
    in: 'gateway',
    when: 'the role is taken away',
    remove: async (hand) => hand.unassign(await hand.principalOf(SERVICE), 'Cognitive Services OpenAI User', OPENAI),
    nonCompliant: ['rbac-apim-aoai-user'],
    probes: NO_ANSWER,
  },
  'apim-openai-backend': {
    in: 'gateway',
    when: 'the backend’s certificate is no longer checked',
    remove: (hand) =>
      hand.patch(childId(SERVICE, 'backends', 'azure-openai'), {
        properties: { tls: { validateCertificateChain: false, validateCertificateName: false } },
      }),
    nonCompliant: ['apim-openai-backend'],
  },
  'apim-openai-api': {
    in: 'gateway',
    when: 'the API answers over HTTP as well, and to whoever has no subscription',
    remove: (hand) => hand.patch(API, { properties: { protocols: ['http', 'https'], subscriptionRequired: false } }),
    nonCompliant: ['apim-openai-api'],
  },
  'apim-openai-policy': {
    in: 'gateway',
    when: 'the policy no longer signs in',
    remove: (hand) =>
      hand.put(childId(API, 'policies', 'policy'), { properties: { format: 'rawxml', value: WITHOUT_SIGN_IN } }),
    nonCompliant: ['apim-openai-policy'],
    probes: NO_ANSWER,
  },
  'apim-subscription': {
    in: 'gateway',
    when: 'the subscription is deleted',
    remove: (hand) => hand.delete(childId(SERVICE, 'subscriptions', 'outside-callers')),
    nonCompliant: ['apim-subscription'],
    notApplicable: ['apim-key-rotation'],
    probes: { 'gateway-chat/internet': 'unknown' },
  },
  'apim-hardening': {
    in: 'gateway',
    when: 'old protocols are on again',
    remove: (hand) => hand.patch(SERVICE, { properties: { customProperties: {} } }),
    nonCompliant: ['apim-hardening'],
  },
};
