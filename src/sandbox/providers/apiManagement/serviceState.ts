import { asArray, asString, type Json, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';

export const SERVICE_TYPE = 'Microsoft.ApiManagement/service';
export const SERVICE_VERSIONS = ['2021-08-01', '2022-08-01', '2023-05-01-preview', '2024-05-01'] as const;
export const API_MANAGEMENT_SUFFIX = 'azure-api.net';

/** The tiers whose gateway can be put into a virtual network by a subnet of its own. */
const INJECTED = ['Developer', 'Premium'];
export const CLASSIC_TIERS = [...INJECTED, 'Basic', 'Standard'];
export const V2_TIERS = ['BasicV2', 'StandardV2', 'PremiumV2'];

export const tierOf = (service: Pick<StoredResource, 'body'>): string =>
  asString(objectOf(service.body['sku'])['name']) ?? '';
export const isClassic = (service: Pick<StoredResource, 'body'>): boolean => CLASSIC_TIERS.includes(tierOf(service));
export const canBeInjected = (service: Pick<StoredResource, 'body'>): boolean => INJECTED.includes(tierOf(service));

/** `None`, `External` or `Internal`. */
export function networkModeOf(service: Pick<StoredResource, 'body'>): string {
  return asString(objectOf(service.body['properties'])['virtualNetworkType']) ?? 'None';
}

/** The subnet that the gateway is in; undefined where it is in none. */
export function subnetIdOf(service: Pick<StoredResource, 'body'>): string | undefined {
  const { virtualNetworkConfiguration } = objectOf(service.body['properties']);
  return networkModeOf(service) === 'None'
    ? undefined
    : asString(objectOf(virtualNetworkConfiguration)['subnetResourceId']);
}

export function publicIpIdOf(service: Pick<StoredResource, 'body'>): string | undefined {
  return asString(objectOf(service.body['properties'])['publicIpAddressId']);
}

const addresses = (value: Json | undefined): readonly string[] =>
  asArray(value).flatMap((each) => asString(each) ?? []);
export const privateAddressesOf = (service: StoredResource): readonly string[] =>
  addresses(propertiesOf(service)['privateIPAddresses']);
export const publicAddressesOf = (service: StoredResource): readonly string[] =>
  addresses(propertiesOf(service)['publicIPAddresses']);

/** True once the gateway has been activated; it stays so through later changes. */
export const isActive = (service: StoredResource): boolean => service.body['isActive'] === true;

/** The host names that Azure gives a service; its gateway's first. */
export function defaultHosts({ name }: Pick<StoredResource, 'name'>): Readonly<Record<string, string>> {
  const host = (part: string): string => `${name}${part}.${API_MANAGEMENT_SUFFIX}`.toLowerCase();
  return {
    gateway: host(''),
    portal: host('.portal'),
    developer: host('.developer'),
    management: host('.management'),
    scm: host('.scm'),
  };
}

/** The host names of the gateway: its own, and custom ones. */
export function gatewayHosts(service: StoredResource): readonly string[] {
  const custom = asArray(propertiesOf(service)['hostnameConfigurations'])
    .map((each) => objectOf(each))
    .filter(({ type }) => type === 'Proxy')
    .flatMap(({ hostName }) => asString(hostName)?.toLowerCase() ?? []);
  return [...new Set([defaultHosts(service)['gateway'] ?? '', ...custom])];
}

/** The ids of the addresses that services have in a subnet, or of the public IP address that they use. UNVERIFIED names. */
export function serviceConfigurationsUsing(azure: Azure, usedId: string): readonly string[] {
  return azure.store
    .ofType(SERVICE_TYPE)
    .filter((service) => [subnetIdOf(service), publicIpIdOf(service)].some((id) => sameResource(id ?? '', usedId)))
    .map(({ id }) => `${id}/ipConfigurations/default`);
}

/** The services whose gateways are in a subnet. */
export function servicesIn(azure: Azure, subnetId: string): readonly StoredResource[] {
  return azure.store.ofType(SERVICE_TYPE).filter((service) => sameResource(subnetIdOf(service) ?? '', subnetId));
}

/** Azure's tags here are counters of 64 bits. */
export function newTag(azure: Azure, id: string): string {
  const digits = azure.guids.next(`row ${id}`).slice(0, 8);
  return Buffer.from(`00000000${digits}`, 'hex').toString('base64');
}

export const quotedTag = ({ etag }: StoredResource): { readonly etag: string } => ({ etag: `"${etag}"` });

/** The body of a service with some of its properties changed. */
export function withProperties(service: StoredResource, changes: JsonObject): JsonObject {
  return { ...service.body, properties: { ...propertiesOf(service), ...changes } };
}
