import { asArray } from '../../../core/resources/json';
import { parentResourceId, sameResource } from '../../../core/resources/resourceId';
import { addressRange, freeAddresses } from '../../addresses';
import type { Answer } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { inForce, propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { azureService, groupOf, inNetwork, judgeAt, LOAD_BALANCER, type Flow } from '../network/securityRules';
import { occupiedAddresses } from '../network/networkInterfaces';
import { prefixesOf } from '../network/subnetRules';
import { regionName } from '../resources/regions';
import { preciseTime } from '../../time';
import { ACTIVATION_FAILED, invalidParameters, securityGroupNotFound } from './errors';
import { canBeInjected, networkModeOf, publicIpIdOf, SERVICE_TYPE, subnetIdOf, tierOf } from './serviceState';

/** Something that a gateway in a virtual network depends on. */
interface Dependency {
  readonly name: string;
  readonly resourceType: string;
  readonly direction: Flow['direction'];
  /** `LoadBalancer` or a service tag. */
  readonly other: string;
  readonly ports: readonly number[];
  /** Without it the activation fails; otherwise only the status tells. Which do is UNVERIFIED. */
  readonly isVital: boolean;
}

/** https://learn.microsoft.com/azure/api-management/virtual-network-reference */
const DEPENDENCIES: readonly Dependency[] = [
  dependency('ApiManagement Control Plane - inbound', 'Inbound', 'ApiManagement', [3443], true),
  dependency('Azure Load Balancer - inbound', 'Inbound', 'LoadBalancer', [6390], false),
  dependency('Certificates - outbound', 'Outbound', 'Internet', [80], false),
  dependency('BlobStorage', 'Outbound', 'Storage', [443], true),
  dependency('SqlDatabase', 'Outbound', 'Sql', [1433], true),
  dependency('AzureKeyVault', 'Outbound', 'AzureKeyVault', [443], true),
  dependency('Metrics', 'Outbound', 'AzureMonitor', [443, 1886], false),
];

function dependency(
  name: string,
  direction: Flow['direction'],
  other: string,
  ports: readonly number[],
  isVital: boolean,
): Dependency {
  return { name, resourceType: other, direction, other, ports, isVital };
}

/** True where the network security group of the subnet lets a gateway have what it depends on. */
function isMet(azure: Azure, subnet: StoredResource, { direction, other, ports }: Dependency): boolean {
  const own = inNetwork(...prefixesOf(propertiesOf(subnet)));
  const there = other === 'LoadBalancer' ? LOAD_BALANCER : azureService(other);
  const [source, destination] = direction === 'Inbound' ? [there, own] : [own, there];
  return ports.every(
    (port) => judgeAt(azure, subnet, { direction, protocol: 'Tcp', source, destination, port }).access === 'Allow',
  );
}

/** Why the gateway of a service cannot be activated where it is to be. */
export function activationFailure(azure: Azure, service: StoredResource): OperationFailure | undefined {
  const subnet = azure.store.get(subnetIdOf(service) ?? '');
  if (subnet === undefined) return undefined;
  const isReady =
    groupOf(subnet) !== undefined && DEPENDENCIES.every((each) => !each.isVital || isMet(azure, subnet, each));
  return isReady ? undefined : ACTIVATION_FAILED;
}

/** False where the rules of its network keep Azure from what is in the service. */
export function isManageable(azure: Azure, service: StoredResource): boolean {
  const subnet = azure.store.get(subnetIdOf(inForce(service)) ?? '');
  const [management] = DEPENDENCIES;
  return subnet === undefined || management === undefined || isMet(azure, subnet, management);
}

/** @throws Refusal where a service cannot be in the network that it asks for. */
export function checkNetwork({ azure, id }: Call, service: StoredResource, before: StoredResource | undefined): void {
  const mode = networkModeOf(service);
  if (!['None', 'External', 'Internal'].includes(mode)) throw invalidParameters(`VirtualNetworkType '${mode}'.`);
  checkPublicIp(azure, service);
  if (mode === 'None') return;
  if (!canBeInjected(service)) {
    throw invalidParameters(`VirtualNetworkType '${mode}' is not supported for Sku Type ${tierOf(service)}.`);
  }
  const subnetId = subnetIdOf(service);
  const subnet = azure.store.get(subnetId ?? '');
  const network = azure.store.get(parentResourceId(subnetId ?? '') ?? '');
  const location = regionName(String(service.body['location']));
  if (subnet === undefined || network?.body['location'] !== location) {
    throw invalidParameters(`SubnetResourceId '${subnetId ?? ''}' was not found in location '${location}'.`);
  }
  const own = { action: `${SERVICE_TYPE}/write`, scope: id };
  azure.authorizeLinked(own, 'Microsoft.Network/virtualNetworks/subnets/join/action', subnet.id);
  if (asArray(propertiesOf(subnet)['delegations']).length > 0) {
    throw invalidParameters(`Subnet '${subnet.id}' is delegated, and cannot be used for Sku Type ${tierOf(service)}.`);
  }
  if (groupOf(subnet) === undefined) throw securityGroupNotFound(subnet.id);
  const stays = before !== undefined && sameResource(subnetIdOf(before) ?? '', subnet.id);
  if (!stays) checkRoom(azure, service, subnet);
}

/** Documented: a public IP address of one's own has a DNS label, and is in the same region. */
function checkPublicIp(azure: Azure, service: StoredResource): void {
  const publicIpId = publicIpIdOf(service);
  if (publicIpId === undefined) return;
  const publicIp = azure.store.get(publicIpId);
  const isThere = publicIp?.body['location'] === regionName(String(service.body['location']));
  const label = publicIp && objectOf(propertiesOf(publicIp)['dnsSettings'])['domainNameLabel'];
  if (!isThere || label === undefined) {
    throw invalidParameters(`PublicIpAddressId '${publicIpId}' must be a Standard address with a DNS label.`);
  }
}

/** Documented: two addresses for each unit, and one for the load balancer. */
function checkRoom(azure: Azure, service: StoredResource, subnet: StoredResource): void {
  const units = Number(objectOf(service.body['sku'])['capacity'] ?? 1);
  const range = addressRange(prefixesOf(propertiesOf(subnet))[0] ?? '');
  const taken = new Set(occupiedAddresses(azure));
  if (range === undefined || freeAddresses(range, taken, 2 * units + 1) === undefined) {
    throw invalidParameters(`Subnet '${subnet.id}' does not have enough free IP addresses for ${String(units)} units.`);
  }
}

/** GET …/networkstatus. Documented: refreshed every 15 minutes; here it is always of now. */
export function listNetworkStatus({ azure, resource }: ExistingCall): Answer {
  return { status: 200, body: [{ location: resource.body['location'], networkStatus: statusOf(azure, resource) }] };
}

export function networkStatusHere({ azure, resource }: ExistingCall): Answer {
  return { status: 200, body: statusOf(azure, resource) };
}

function statusOf(azure: Azure, service: StoredResource) {
  const subnet = azure.store.get(subnetIdOf(inForce(service)) ?? '');
  const now = preciseTime(azure.clock.now());
  return {
    dnsServers: ['168.63.129.16'],
    connectivityStatus: DEPENDENCIES.map((each) => {
      const isOpen = subnet === undefined || isMet(azure, subnet, each);
      return {
        name: each.name,
        status: isOpen ? 'success' : 'failure',
        error: isOpen ? '' : `Traffic with ${each.other} on port ${each.ports.join(', ')} is blocked.`,
        lastUpdated: now,
        lastStatusChange: now,
        resourceType: each.resourceType,
        isOptional: false,
      };
    }),
  };
}
