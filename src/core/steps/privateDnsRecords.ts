import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import { holds, type Assertion, type Matcher } from './matcher';
import { endpointIdFor, privateHostsOf, zoneIdFor, zoneNamesFor } from './privateLink';
import { familyOf, privateStepId, type PrivateService } from './privateServices';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/** The records that answer a service's name with its endpoint's address. */

export function privateDnsRecordsStep(service: PrivateService): Step {
  return defineStep({
    ...familyOf(service),
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
    permissions: [{ action: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write', scope: endpointId }],
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
