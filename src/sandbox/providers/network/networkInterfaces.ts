import { asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { isSettled, propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import { addressRange, freeAddresses, within } from '../../addresses';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { badRequest, invalidReference, nicInUse, referencedNotProvisioned, subnetIsFull } from './errors';
import { addressesWithoutInterface } from './ipConfigurationUsers';
import {
  deleteNetworkResource,
  etagHeader,
  locationOf,
  NETWORK_VERSIONS,
  newTag,
  requireFree,
  tagsOf,
  weakTag,
} from './networkResource';
import { prefixesOf } from './subnetRules';

/** One address of a network interface. `link` is there where it stands for a private endpoint's member. */
export interface IpConfiguration extends JsonObject {
  readonly name: string;
  readonly subnetId: string;
  readonly privateIPAddress: string;
  readonly link?: { readonly groupId: string; readonly requiredMemberName: string; readonly fqdns: readonly string[] };
}

export const NETWORK_INTERFACE: ResourceType = {
  type: 'Microsoft.Network/networkInterfaces',
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show: showInterface,
  getHeaders: etagHeader,
  put,
  remove,
};

export function ipConfigurationsOf(nic: StoredResource): readonly IpConfiguration[] {
  return (propertiesOf(nic)['ipConfigurations'] ?? []) as readonly IpConfiguration[];
}

/** Makes and stores a network interface with the given addresses. */
export function addInterface(
  azure: Azure,
  id: string,
  location: string,
  details: {
    readonly ipConfigurations: readonly IpConfiguration[];
    readonly endpointId?: string;
    readonly tags?: JsonObject;
  },
): StoredResource {
  const { ipConfigurations, endpointId, tags } = details;
  return azure.store.put({
    id,
    name: id.slice(id.lastIndexOf('/') + 1),
    type: NETWORK_INTERFACE.type,
    body: {
      location,
      ...(tags ?? {}),
      properties: {
        resourceGuid: azure.guids.next(`guid ${id}`),
        ipConfigurations,
        ...(endpointId === undefined ? {} : { endpointId }),
      },
    },
    state: 'Succeeded',
    etag: newTag(azure, id),
  });
}

/** Every private address that somebody has. */
export function occupiedAddresses(azure: Azure): readonly string[] {
  const ofInterfaces = azure.store
    .ofType(NETWORK_INTERFACE.type)
    .flatMap((nic) => ipConfigurationsOf(nic).map((configuration) => configuration.privateIPAddress));
  return [...ofInterfaces, ...addressesWithoutInterface(azure)];
}

/** Takes free addresses of a subnet: the wanted ones where given, else the lowest. @throws Refusal where there are none. */
export function allocate(azure: Azure, subnet: StoredResource, wanted: readonly (string | undefined)[]): string[] {
  const prefix = prefixesOf(propertiesOf(subnet))[0] ?? '';
  const range = addressRange(prefix);
  if (range === undefined) throw badRequest(`Subnet ${subnet.id} has no IPv4 address prefix.`);
  const used = new Set(occupiedAddresses(azure));
  for (const address of wanted) {
    if (address === undefined) continue;
    const single = addressRange(address);
    if (single === undefined || !within(single, range)) {
      throw badRequest(`Private static IP address ${address} does not belong to the range of subnet prefix ${prefix}.`);
    }
    if (used.has(address)) throw badRequest(`IP address ${address} is already allocated to another resource.`);
    used.add(address);
  }
  const open = wanted.filter((address) => address === undefined).length;
  const free = freeAddresses(range, used, open);
  if (free === undefined) throw subnetIsFull(subnet.name, prefix, wanted.length);
  return wanted.map((address) => address ?? free.shift() ?? '');
}

/** The subnet that a resource refers to. @throws Refusal where it is not there, elsewhere, or still being written. */
export function requireSubnet(
  azure: Azure,
  subnetId: string | undefined,
  by: string,
  location: string,
): StoredResource {
  const subnet = subnetId === undefined ? undefined : azure.store.get(subnetId);
  const network = subnet && azure.parentOf(subnet);
  if (subnet === undefined || network === undefined || network.body['location'] !== location) {
    throw invalidReference(subnetId ?? '', by);
  }
  const operation = azure.operations.holding(subnet.id);
  if (operation && !isSettled(subnet)) throw referencedNotProvisioned(subnet.id, by, operation);
  return subnet;
}

function showInterface(nic: StoredResource): JsonObject {
  const { id, name, type, body, state } = nic;
  const { resourceGuid, endpointId } = propertiesOf(nic);
  const etag = weakTag(nic);
  const ofEndpoint = asString(endpointId);
  return {
    name,
    id,
    etag,
    properties: {
      provisioningState: state,
      resourceGuid,
      ipConfigurations: ipConfigurationsOf(nic).map((configuration, index) =>
        showIpConfiguration(id, etag, configuration, index === 0),
      ),
      dnsSettings: {
        dnsServers: [],
        appliedDnsServers: [],
        internalDomainNameSuffix: `${String(resourceGuid).replaceAll('-', '').slice(0, 26)}.ax.internal.cloudapp.net`,
      },
      ...(ofEndpoint === undefined ? {} : { macAddress: '' }),
      enableAcceleratedNetworking: false,
      vnetEncryptionSupported: false,
      enableIPForwarding: false,
      hostedWorkloads: [],
      tapConfigurations: [],
      ...(ofEndpoint === undefined ? {} : { privateEndpoint: { id: ofEndpoint } }),
      nicType: 'Standard',
      ...(ofEndpoint === undefined ? {} : { allowPort25Out: true, auxiliaryMode: 'None' }),
    },
    type,
    location: body['location'],
    ...tagsOf(body),
    ...(ofEndpoint === undefined ? {} : { managedBy: ofEndpoint, kind: 'Regular' }),
  };
}

function showIpConfiguration(
  nicId: string,
  etag: string,
  { name, subnetId, privateIPAddress, link }: IpConfiguration,
  primary: boolean,
): JsonObject {
  return {
    name,
    id: `${nicId}/ipConfigurations/${name}`,
    etag,
    type: 'Microsoft.Network/networkInterfaces/ipConfigurations',
    properties: {
      provisioningState: 'Succeeded',
      privateIPAddress,
      privateIPAllocationMethod: 'Dynamic',
      subnet: { id: subnetId },
      primary,
      privateIPAddressVersion: 'IPv4',
      ...(link === undefined ? {} : { privateLinkConnectionProperties: { ...link } }),
    },
  };
}

/** Recorded: 201 and done at once. */
function put(call: PutCall): Answer {
  const { azure, id, body, resource, apiVersion } = call;
  const owner = asString(resource && propertiesOf(resource)['endpointId']);
  if (owner !== undefined) throw nicInUse(id, owner);
  const location = locationOf(call);
  const sent = isJsonObject(body['properties']) ? body['properties'] : {};
  const configurations = asObjects(sent['ipConfigurations']).map((configuration) => {
    const inner = isJsonObject(configuration['properties']) ? configuration['properties'] : {};
    const reference = isJsonObject(inner['subnet']) ? asString(inner['subnet']['id']) : undefined;
    return {
      name: asString(configuration['name']) ?? 'ipconfig1',
      reference,
      wanted: asString(inner['privateIPAddress']),
    };
  });
  if (configurations.length === 0) throw badRequest(`Network interface ${id} needs an IP configuration.`);
  const before = resource ? ipConfigurationsOf(resource) : [];
  azure.store.remove(id);
  const ipConfigurations = configurations.map(({ name, reference, wanted }) => {
    const subnet = requireSubnet(azure, reference, id, location);
    const kept = before.find((each) => each.name === name && each.subnetId === subnet.id)?.privateIPAddress;
    const [address = ''] = allocate(azure, subnet, [wanted ?? kept]);
    return { name, subnetId: subnet.id, privateIPAddress: address };
  });
  const stored = addInterface(azure, id, location, { ipConfigurations, tags: tagsOf(body) as JsonObject });
  return { status: resource ? 200 : 201, body: NETWORK_INTERFACE.show(stored, azure, apiVersion) };
}

function remove(call: ExistingCall): Answer {
  const { resource } = call;
  const owner = asString(propertiesOf(resource)['endpointId']);
  if (owner !== undefined) throw nicInUse(resource.id, owner);
  requireFree(call, resource.id);
  return deleteNetworkResource(call, resource, {
    label: 'DeleteNicOperation',
    location: asString(resource.body['location']) ?? '',
    seconds: DURATIONS.networkInterfaceDelete,
    retryAfter: 4,
  });
}
