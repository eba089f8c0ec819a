import { referenceTo } from '../plan/reference';
import { asArray, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import { text } from '../text';
import { hostsOfService } from './apiManagementHosts';
import { linkExpectation } from './privateEndpoint';
import { findLink, zoneIdFor } from './privateLink';
import type { Source } from './source';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/** The names of API Management inside of the network: in internal mode Azure answers for none of them. */

const SOURCES: readonly Source[] = [
  { seed: 'apim-app-gateway.fr', section: 'Déploiement d’APIM dans un VNET interne' },
  {
    reference: 'Deploy API Management in internal virtual network mode: DNS configuration',
    url: 'https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet#dns-configuration',
  },
];

/** Where the record of a name stands. */
interface Home {
  readonly zone: string;
  readonly record: string;
}

/**
 * A zone that the network asks already and that is about the name, else a zone for this name alone: one for the whole
 * suffix would hide every other service of API Management from the network.
 */
function homeOf(context: StepContext, host: string): Home {
  const network = context.role('virtualNetwork').id;
  const [nearest] = context
    .list(TYPES.privateDnsZone)
    .filter(({ id }) => host.endsWith(`.${resourceName(id).toLowerCase()}`) && findLink(context, id, network))
    .sort((left, right) => resourceName(right.id).length - resourceName(left.id).length);
  const own = zoneIdFor(context, host);
  if (nearest === undefined || findLink(context, own, network)) return { zone: own, record: '@' };
  return { zone: nearest.id, record: host.slice(0, -resourceName(nearest.id).length - 1) };
}

function homesOf(context: StepContext, service: string): readonly Home[] {
  return hostsOfService(context, service).map((host) => homeOf(context, host));
}

function zonesOf(context: StepContext, service: string): readonly string[] {
  return [...new Set(homesOf(context, service).map(({ zone }) => zone))];
}

const FAMILY = {
  group: 'privateNetwork',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  sources: SOURCES,
  severity: 'high',
} as const;

const zones = defineStep({
  ...FAMILY,
  id: 'apim-private-dns-zone',
  title: text('Private DNS zones for API Management'),
  why: text(
    'API Management answers by its names only, and in internal mode nobody but you resolves them. A zone for each name leaves other services alone.',
  ),
  after: ['resource-providers', 'resource-group'],
  expects: (context, target) =>
    zonesOf(context, target).map((resource) => ({ resource, assertions: [], create: { location: 'global' } })),
  permissions: ['Microsoft.Network/privateDnsZones/write'],
  risk: { kind: 'none' },
  typicalSeconds: 35,
});

const links = defineStep({
  ...FAMILY,
  id: 'apim-private-dns-link',
  title: text('Private DNS zones for API Management linked'),
  why: text('A zone only answers in virtual networks that it is linked to. The application gateway asks in this one.'),
  after: ['apim-private-dns-zone', 'vnet'],
  expects: (context, target) => {
    const network = context.role('virtualNetwork').id;
    return zonesOf(context, target).map((zone) => linkExpectation(context, zone, network));
  },
  permissions: ['Microsoft.Network/privateDnsZones/virtualNetworkLinks/write'],
  risk: { kind: 'none' },
  typicalSeconds: 35,
});

const records = defineStep({
  ...FAMILY,
  id: 'apim-private-dns',
  title: text('Private DNS records of API Management'),
  why: text(
    'The gateway, the portals and the management have to resolve to the service’s private address. Nothing but you keeps these records right.',
  ),
  after: ['apim-private-dns-link', 'apim-service', 'apim-internal-vnet'],
  expects: (context, target) => {
    const addresses = asArray(readPath(context.read(target), 'properties.privateIPAddresses'));
    const address = asString(addresses[0]) ?? referenceTo(target, 'properties.privateIPAddresses[0]');
    return homesOf(context, target).map((home) => recordExpectation(home, address));
  },
  permissions: ['Microsoft.Network/privateDnsZones/A/write'],
  risk: { kind: 'none' },
  typicalSeconds: 10,
});

function recordExpectation({ zone, record }: Home, address: string): Expectation {
  return {
    resource: childId(zone, 'A', record),
    assertions: [
      {
        at: 'properties.aRecords',
        must: {
          kind: 'someItem',
          where: [{ at: 'ipv4Address', must: { kind: 'equals', value: address } }],
          andNoOther: true,
          replacesOthers: true,
          add: { ipv4Address: address },
          what: text('{0}', address),
        },
      },
    ],
    create: { properties: { ttl: 300, aRecords: [{ ipv4Address: address }] } },
    permissions: [{ action: 'Microsoft.Network/privateDnsZones/A/write', scope: zone }],
  };
}

export const API_MANAGEMENT_DNS_STEPS: readonly Step[] = [zones, links, records];
