import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { text } from '../text';
import { additionsTo, newGateway } from './applicationGatewayBody';
import { GATEWAY_SOURCES, GATEWAY_WRITE } from './gatewaySources';
import {
  dnsLabel,
  firewallPolicyOf,
  goesByLabel,
  publicIpOf,
  routeOf,
  whereCertificateIsElsewhere,
} from './gatewayFacts';
import { isHttps, nameOf, partsOf } from './gatewayParts';
import type { Assertion } from './matcher';
import { ADDRESS_COST, newAddress, STANDARD_ADDRESS } from './publicIp';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/** The application gateway itself. Source: apim-app-gateway.fr, “Mise en place de l’Application Gateway”. */

const publicIp = defineStep({
  id: 'appgw-public-ip',
  title: text('Public IP address of the application gateway'),
  why: text(
    'Callers outside find the gateway at this address, and at no other. Its label makes a name of it, so that there is one to call even without a domain of yours.',
  ),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: ['resource-group', 'resource-providers', 'gateway-region-quotas'],
  sources: GATEWAY_SOURCES,
  severity: 'low',
  expects: (context, target) => {
    const id = publicIpOf(context, target);
    const label = dnsLabel(target);
    if (context.read(id) !== undefined) return existingAddress(context, target, id, label);
    const { create } = context.role('applicationGateway');
    return [
      {
        resource: id,
        assertions: [],
        ...(create && { create: newAddress(create.location, { dnsSettings: { domainNameLabel: label } }) }),
      },
    ];
  },
  permissions: ['Microsoft.Network/publicIPAddresses/write'],
  risk: ADDRESS_COST,
  typicalSeconds: 10,
});

/** An address without a label gets one, where callers have no other name. */
function existingAddress(context: StepContext, gateway: string, id: string, label: string): readonly Expectation[] {
  const named: Assertion = {
    at: 'properties.dnsSettings.domainNameLabel',
    must: { kind: 'present', propose: label },
    within: { at: 'properties.dnsSettings', absentMeans: {}, removable: true, readOnly: ['fqdn'] },
  };
  const address: Expectation = { resource: id, assertions: STANDARD_ADDRESS, observed: true };
  return goesByLabel(context, gateway) ? [address, { resource: id, assertions: [named] }] : [address];
}

const gateway = defineStep({
  id: 'appgw',
  title: text('Application gateway in front of API Management'),
  why: text(
    'It is the only way in from outside. It ends the caller’s encryption, has the firewall look, and goes on to API Management with encryption of its own.',
  ),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: [
    'gateway-region-quotas',
    'subnet-appgw',
    'nsg-appgw',
    'appgw-public-ip',
    'appgw-waf-policy',
    'rbac-appgw-key-vault',
    'appgw-certificate',
    'apim-internal-vnet',
    'apim-private-dns',
  ],
  sources: [
    ...GATEWAY_SOURCES,
    {
      seed: 'apim-app-gateway.fr',
      section: 'Intégrer de manière sécurisée Azure OpenAI avec APIM et Application Gateway',
    },
  ],
  severity: 'high',
  expects: (context, target) => {
    if (context.read(target) === undefined) return [creation(context, target)];
    const way = wayThrough(context, target);
    const isUpgradable =
      asString(readPath(context.read(target), 'properties.sku.tier'))?.toLowerCase() === 'standard_v2';
    return [
      { resource: target, assertions: isUpgradable ? STATES : [...SIZE, ...STATES], observed: true },
      { resource: target, assertions: isUpgradable ? [...SIZE, ...way] : way },
    ];
  },
  permissions: GATEWAY_WRITE,
  risk: {
    kind: 'cost',
    note: text(
      'A gateway with a firewall costs about 330 US dollars a month, used or not, and more under load. It takes 5 to 15 minutes to create.',
    ),
  },
  typicalSeconds: 480,
});

const STATES: readonly Assertion[] = [
  {
    at: 'properties.provisioningState',
    must: { kind: 'oneOf', values: ['Succeeded', 'Updating'], prefer: 'Succeeded' },
  },
  { at: 'properties.operationalState', must: { kind: 'oneOf', values: ['Running', 'Starting'], prefer: 'Running' } },
];

/** Only the second version has autoscaling and current rules, and the first one cannot become it. */
const SIZE: readonly Assertion[] = ['name', 'tier'].map((part) => ({
  at: `properties.sku.${part}`,
  must: { kind: 'equals', value: 'WAF_v2' },
}));

/** A listener that leads to API Management, with a firewall in front: what there is of it, and what is to be added. */
function wayThrough(context: StepContext, target: string): readonly Assertion[] {
  const route = routeOf(context, target);
  const guarded: readonly Assertion[] =
    asString(readPath(route?.listener, 'properties.firewallPolicy.id')) === undefined
      ? [
          {
            at: 'properties.firewallPolicy.id',
            must: { kind: 'refersTo', id: firewallPolicyOf(context, target) },
            within: { at: 'properties.firewallPolicy', absentMeans: {}, removable: true },
          },
        ]
      : [];
  if (route === undefined) return [...guarded, ...additionsTo(context, target)];
  const { settings } = route;
  const inside = partsOf(context.read(target), 'backendHttpSettingsCollection').filter(isHttps).map(nameOf);
  const leads: Assertion = {
    at: 'properties.requestRoutingRules',
    must: {
      kind: 'someItem',
      where: [{ at: 'name', must: { kind: 'equals', value: nameOf(route.rule) } }],
      what: text('a rule that leads to API Management'),
    },
  };
  const encrypted: Assertion = {
    at: 'properties.backendHttpSettingsCollection',
    must: {
      kind: 'someItem',
      where: [
        { at: 'name', must: { kind: 'equals', value: settings ? nameOf(settings) : '' } },
        { at: 'name', must: { kind: 'oneOf', values: inside, prefer: '' } },
      ],
      what: text('HTTPS to API Management'),
    },
  };
  return [...guarded, leads, encrypted];
}

function creation(context: StepContext, target: string): Expectation {
  const { create } = context.role('applicationGateway');
  if (create === undefined || whereCertificateIsElsewhere(context) !== undefined)
    return { resource: target, assertions: [] };
  return {
    resource: target,
    assertions: [],
    create: newGateway(context, target, create.location),
  };
}

export const APPLICATION_GATEWAY_STEPS: readonly Step[] = [publicIp, gateway];
