import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import type { Assertion } from './matcher';
import { privateDnsRecordsStep } from './privateDnsRecords';
import {
  CONNECTION_STATUS,
  ENDPOINT_ID,
  connectionOn,
  endpointIdFor,
  linkIdFor,
  zoneIdFor,
  zoneNamesFor,
} from './privateLink';
import { familyOf, PRIVATE_SERVICES, privateStepId, type PrivateService } from './privateServices';
import { defineStep, type Expectation, type Step, type StepContext } from './step';
import { networkLocation } from './virtualNetwork';

/** Steps that give a service a private address and its name a private answer: the same four for each service. */

const approved: Assertion = { at: CONNECTION_STATUS, must: { kind: 'equals', value: 'Approved' } };

function privateDnsZoneStep(service: PrivateService): Step {
  return defineStep({
    ...familyOf(service),
    id: privateStepId(service, 'private-dns-zone'),
    title: text('Private DNS zone for {0}', service.name),
    why: text(
      'Clients keep calling the public name. The private zone is what answers it with the endpoint’s address inside your network.',
    ),
    after: ['resource-providers', 'resource-group', service.resourceStep],
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

function privateDnsLinkStep(service: PrivateService): Step {
  return defineStep({
    ...familyOf(service),
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

/** That a zone answers in a network. */
export function linkExpectation(context: StepContext, zone: string, network: string): Expectation {
  return {
    resource: linkIdFor(context, zone, network),
    assertions: [
      { at: 'properties.virtualNetwork.id', must: { kind: 'refersTo', id: network } },
      { at: 'properties.virtualNetworkLinkState', must: { kind: 'equals', value: 'Completed' } },
      { at: 'properties.registrationEnabled', absentMeans: false, must: { kind: 'equals', value: false } },
    ],
    create: { location: 'global', properties: { virtualNetwork: { id: network }, registrationEnabled: false } },
    permissions: [{ action: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks/write', scope: zone }],
  };
}

function privateEndpointStep(service: PrivateService): Step {
  return defineStep({
    ...familyOf(service),
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
      const present = context.read(endpoint);
      return [
        endpointExpectation(context, service, endpoint, target),
        ...(present ? connectionExpectations(service, resource, present) : []),
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
  const location = networkLocation(context);
  const connection: JsonObject = {
    name: resourceName(id),
    properties: { privateLinkServiceId: target, groupIds: [service.groupId] },
  };
  return {
    resource: id,
    assertions: [],
    create: { location, properties: { subnet: { id: subnet }, privateLinkServiceConnections: [connection] } },
  };
}

/** All that the endpoint alone can say, where the resource that it leads to is gone: its connection is cut. */
function connectionSeenBy(endpoint: WireResource): Expectation {
  const byHand = asObjects(readPath(endpoint, 'properties.manualPrivateLinkServiceConnections')).length > 0;
  return {
    resource: endpoint.id,
    assertions: [
      {
        at: `properties.${byHand ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections'}`,
        must: { kind: 'someItem', where: [approved], what: text('at least one approved connection') },
      },
    ],
    observed: true,
  };
}

/** The resource's side of the connection, and the approval that it may be waiting for. */
function connectionExpectations(
  service: PrivateService,
  target: WireResource | undefined,
  endpoint: WireResource,
): readonly Expectation[] {
  if (target === undefined) return [connectionSeenBy(endpoint)];
  const seen: Expectation = {
    resource: target.id,
    assertions: [
      {
        at: 'properties.privateEndpointConnections',
        must: {
          kind: 'someItem',
          where: [{ at: ENDPOINT_ID, must: { kind: 'refersTo', id: endpoint.id } }, approved],
          what: text('an approved connection from {0}', resourceName(endpoint.id)),
        },
      },
    ],
    observed: true,
  };
  const connection = connectionOn(target, endpoint.id);
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

/** For each service, in the order in which they are made. */
export const PRIVATE_ENDPOINT_STEPS: readonly Step[] = PRIVATE_SERVICES.flatMap((service) => [
  privateDnsZoneStep(service),
  privateDnsLinkStep(service),
  privateEndpointStep(service),
  privateDnsRecordsStep(service),
]);
