import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceGroupIdOf, resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import { holds, type Assertion, type Matcher } from './matcher';
import {
  CONNECTION_STATUS,
  ENDPOINT_ID,
  connectionOn,
  endpointIdFor,
  linkIdFor,
  privateHostsOf,
  zoneIdFor,
  zoneNamesFor,
} from './privateLink';
import { privateStepId, type PrivateService } from './privateServices';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/** Steps that give a service a private address and its name a private answer: the same four for each service. */

const approved: Assertion = { at: CONNECTION_STATUS, must: { kind: 'equals', value: 'Approved' } };

/** What the four steps of a service have in common. */
function common(service: PrivateService) {
  return {
    group: 'privateNetwork',
    on: service.role,
    scenarios: service.scenarios,
    severity: 'high',
    ...(service.notApplicable && { notApplicable: service.notApplicable }),
  } as const satisfies Partial<Step>;
}

export function privateDnsZoneStep(service: PrivateService): Step {
  return defineStep({
    ...common(service),
    id: privateStepId(service, 'private-dns-zone'),
    title: text('Private DNS zone for {0}', service.name),
    why: text(
      'Clients keep calling the public name. The private zone is what answers it with the endpoint’s address inside your network.',
    ),
    after: ['resource-providers', 'resource-group', ...RESOURCE_STEPS[service.role]],
    sources: service.sources.zone,
    expects: (context, target) =>
      zoneNamesFor(context, service, target).map((name) => ({
        resource: zoneIdFor(context, name),
        assertions: [],
        create: { location: 'global' },
      })),
    permissions: ['Microsoft.Network/privateDnsZones/write'],
    risk: { kind: 'none' },
    typicalSeconds: 35,
  });
}

/** The step that has the resource in place, for each role. */
const RESOURCE_STEPS: Readonly<Record<PrivateService['role'], readonly string[]>> = {
  openAi: ['aoai-account'],
  search: ['search-service'],
  storage: ['storage-account'],
};

export function privateDnsLinkStep(service: PrivateService): Step {
  return defineStep({
    ...common(service),
    id: privateStepId(service, 'private-dns-link'),
    title: text('Private DNS zone for {0} linked', service.name),
    why: text(
      'A zone only answers in virtual networks that it is linked to. Without the link, clients still get the public address.',
    ),
    after: [privateStepId(service, 'private-dns-zone'), 'vnet'],
    sources: service.sources.link,
    expects: (context, target) => {
      const network = context.role('virtualNetwork').id;
      return zoneNamesFor(context, service, target).map((name) =>
        linkExpectation(context, zoneIdFor(context, name), network),
      );
    },
    permissions: ['Microsoft.Network/privateDnsZones/virtualNetworkLinks/write'],
    risk: {
      kind: 'none',
      note: text(
        'Other resources of this kind that have a private endpoint elsewhere stop resolving in this network until they get a record here.',
      ),
    },
    typicalSeconds: 35,
  });
}

function linkExpectation(context: StepContext, zone: string, network: string): Expectation {
  return {
    resource: linkIdFor(context, zone, network),
    assertions: [
      { at: 'properties.virtualNetwork.id', must: { kind: 'refersTo', id: network } },
      { at: 'properties.virtualNetworkLinkState', must: { kind: 'equals', value: 'Completed' } },
      { at: 'properties.registrationEnabled', absentMeans: false, must: { kind: 'equals', value: false } },
    ],
    create: { location: 'global', properties: { virtualNetwork: { id: network }, registrationEnabled: false } },
    permissions: [
      { action: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks/write', scope: zone },
      { action: 'Microsoft.Network/virtualNetworks/join/action', scope: network },
    ],
  };
}

export function privateEndpointStep(service: PrivateService): Step {
  return defineStep({
    ...common(service),
    id: privateStepId(service, 'private-endpoint'),
    title: text('Private endpoint of {0}', service.name),
    why: text(
      'A private endpoint gives the service an address inside your virtual network. Without it, disabling public access would cut everyone off.',
    ),
    after: [...service.after, 'subnet-private-endpoints'],
    sources: service.sources.endpoint,
    expects: (context, target) => {
      const resource = context.read(target);
      if (context.optionalRole('virtualNetwork') === undefined) return [approvedSomewhere(target)];
      const endpoint = endpointIdFor(context, service, target);
      const exists = context.read(endpoint) !== undefined;
      return [
        endpointExpectation(context, service, endpoint, target),
        ...(resource && exists ? connectionExpectations(service, resource, endpoint) : []),
      ];
    },
    permissions: ['Microsoft.Network/privateEndpoints/write'],
    risk: {
      kind: 'cost',
      note: text('A private endpoint costs about 7 US dollars a month, and a little for each gigabyte.'),
    },
    typicalSeconds: 40,
  });
}

/** All that the resource alone can say, where no virtual network is chosen. */
function approvedSomewhere(target: string): Expectation {
  return {
    resource: target,
    assertions: [
      {
        at: 'properties.privateEndpointConnections',
        must: { kind: 'someItem', where: [approved], what: text('at least one approved connection') },
      },
    ],
    observed: true,
  };
}

function endpointExpectation(context: StepContext, service: PrivateService, id: string, target: string): Expectation {
  const subnet = context.role('privateEndpointSubnet').id;
  const network = context.role('virtualNetwork');
  const location = asString(context.read(network.id)?.['location']) ?? network.create?.location ?? '';
  const connection: JsonObject = {
    name: resourceName(id),
    properties: { privateLinkServiceId: target, groupIds: [service.groupId] },
  };
  return {
    resource: id,
    assertions: [],
    create: { location, properties: { subnet: { id: subnet }, privateLinkServiceConnections: [connection] } },
    permissions: [
      { action: 'Microsoft.Network/privateEndpoints/write', scope: resourceGroupIdOf(id) ?? id },
      { action: 'Microsoft.Network/virtualNetworks/subnets/join/action', scope: subnet },
      { action: service.approvalAction, scope: target },
    ],
  };
}

/** The resource's side of the connection, and the approval that it may be waiting for. */
function connectionExpectations(
  service: PrivateService,
  target: WireResource,
  endpoint: string,
): readonly Expectation[] {
  const seen: Expectation = {
    resource: target.id,
    assertions: [
      {
        at: 'properties.privateEndpointConnections',
        must: {
          kind: 'someItem',
          where: [{ at: ENDPOINT_ID, must: { kind: 'refersTo', id: endpoint } }, approved],
          what: text('an approved connection from {0}', resourceName(endpoint)),
        },
      },
    ],
    observed: true,
  };
  const connection = connectionOn(target, endpoint);
  const name = connection && resourceName(asString(connection['id']) ?? '');
  const status = asString(readPath(connection, CONNECTION_STATUS))?.toLowerCase();
  if (!name || status !== 'pending') return [seen];
  return [
    seen,
    {
      resource: childId(target.id, 'privateEndpointConnections', name),
      assertions: [approved],
      undoUpdate: {
        kind: 'none',
        reason: text(
          'An approved connection cannot go back to waiting. Reject it, or delete the endpoint, to close it.',
        ),
      },
      permissions: [{ action: service.connectionWrite, scope: target.id }],
    },
  ];
}

export function privateDnsRecordsStep(service: PrivateService): Step {
  return defineStep({
    ...common(service),
    id: privateStepId(service, 'private-dns-records'),
    title: text('Private DNS records of {0}', service.name),
    why: text(
      'The service’s name has to resolve to the endpoint’s present address. A zone group keeps the record right when the address changes.',
    ),
    after: [privateStepId(service, 'private-endpoint'), privateStepId(service, 'private-dns-zone')],
    sources: service.sources.records,
    expects: (context, target) => {
      const id = endpointIdFor(context, service, target);
      const zones = zoneNamesFor(context, service, target).map((name) => zoneIdFor(context, name));
      const endpoint = context.read(id);
      const records = endpoint ? recordExpectations(context, endpoint, zones) : [];
      if (records.length > 0 && !hasZoneGroup(context, id) && records.every((record) => isTrue(context, record)))
        return records;
      return [groupExpectation(context, id, endpoint, zones), ...records];
    },
    permissions: ['Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write'],
    risk: { kind: 'none' },
    typicalSeconds: 20,
  });
}

/** Records that somebody keeps by hand are as good, as long as they are right. */
function isTrue(context: StepContext, { resource, assertions }: Expectation): boolean {
  const present = context.read(resource);
  return present !== undefined && assertions.every((assertion) => holds(present, assertion));
}

function zoneGroupsOf(context: StepContext, endpoint: string): readonly JsonObject[] {
  return asObjects(context.read(childId(endpoint, 'privateDnsZoneGroups'))?.['value']);
}

function hasZoneGroup(context: StepContext, endpoint: string): boolean {
  return zoneGroupsOf(context, endpoint).length > 0;
}

function groupExpectation(
  context: StepContext,
  endpointId: string,
  endpoint: WireResource | undefined,
  zones: readonly string[],
): Expectation {
  const existing = endpoint && asString(zoneGroupsOf(context, endpointId)[0]?.['id']);
  const id = existing ?? childId(endpointId, 'privateDnsZoneGroups', 'default');
  const configurations = zones.map((zone) => ({
    name: resourceName(zone).replaceAll('.', '-'),
    properties: { privateDnsZoneId: zone },
  }));
  return {
    resource: id,
    assertions: zones.map((zone, index) => ({
      at: 'properties.privateDnsZoneConfigs',
      must: {
        kind: 'someItem',
        where: [{ at: 'properties.privateDnsZoneId', must: { kind: 'refersTo', id: zone } }],
        what: text('the zone {0}', resourceName(zone)),
        ...(configurations[index] && { add: configurations[index] }),
      },
    })),
    create: { properties: { privateDnsZoneConfigs: configurations } },
    permissions: [
      { action: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write', scope: endpointId },
      ...zones.map((zone) => ({ action: 'Microsoft.Network/privateDnsZones/join/action', scope: zone })),
    ],
  };
}

/** Each name of the endpoint has a record in its zone that points to the endpoint's present address and nowhere else. */
function recordExpectations(
  context: StepContext,
  endpoint: WireResource,
  zones: readonly string[],
): readonly Expectation[] {
  const hosts = privateHostsOf(context, endpoint);
  if (hosts.length === 0) return [addressExpectation(endpoint)];
  return hosts.flatMap(({ host, address }) => {
    const home = zones.find((zone) => host.toLowerCase().endsWith(publicSuffix(zone)));
    if (home === undefined) return [];
    const right: Assertion = { at: 'ipv4Address', must: { kind: 'equals', value: address } };
    return [
      {
        resource: childId(home, 'A', host.slice(0, -publicSuffix(home).length)),
        assertions: [
          {
            at: 'properties.aRecords',
            must: { kind: 'someItem', where: [right], andNoOther: true, what: text('{0}', address) },
          },
        ],
        observed: true,
      },
    ];
  });
}

/** `.openai.azure.com` for the zone `privatelink.openai.azure.com`. */
function publicSuffix(zone: string): string {
  return resourceName(zone)
    .toLowerCase()
    .replace(/^privatelink/, '');
}

/** What is missing where no name of the endpoint has an address yet: then no record can be right. */
function addressExpectation(endpoint: WireResource): Expectation {
  const [first] = asObjects(readPath(endpoint, 'properties.networkInterfaces'));
  const id = asString(first?.['id']);
  const named: Assertion = { at: 'properties.privateLinkConnectionProperties.fqdns', must: { kind: 'present' } };
  const must: Matcher = { kind: 'someItem', where: [named], what: text('an address for the service’s name') };
  return id === undefined
    ? {
        resource: endpoint.id,
        assertions: [{ at: 'properties.networkInterfaces', must: { kind: 'present' } }],
        observed: true,
      }
    : { resource: id, assertions: [{ at: 'properties.ipConfigurations', must }], observed: true };
}
