import { asObjects, asString, asStrings, isJsonObject, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceGroupIdOf, resourceIdIn, resourceKey, resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { normalizeLocation } from '../resources/wireEquality';
import { text, type Text } from '../text';
import { hostsOfService } from './apiManagementHosts';
import { hostNamesOf, partAt, partsOf, routesTo, serves, type GatewayRoute } from './gatewayParts';
import { stableGuid } from './roleAssignment';
import type { StepContext } from './step';
import { vaultHost } from './vaultFacts';

/** What belongs to the application gateway of a setup: what it has already, else what is made for it. */

/** What load balancers ask the gateway of API Management; it wants no key. */
export const STATUS_PATH = '/status-0123456789abcdef';

/** What parts are called that Ringfence adds. */
export const PART_NAME = 'api-management';

const DEFAULT_CERTIFICATE = 'ringfence-gateway';

/** Names and addresses by which a gateway may know API Management, its own name first. */
export function apiHosts(context: StepContext): readonly string[] {
  const { id } = context.role('apiManagement');
  const service = context.read(id);
  const others = asObjects(readPath(service, 'properties.hostnameConfigurations'))
    .filter(({ type }) => asString(type)?.toLowerCase() === 'proxy')
    .flatMap(({ hostName }) => asString(hostName) ?? []);
  const addresses = asStrings(readPath(service, 'properties.privateIPAddresses'));
  const own = hostsOfService(context, id).slice(0, 1);
  return [...new Set([...own, ...others, ...addresses].map((host) => host.toLowerCase()))];
}

/** The name that API Management answers to behind the gateway. */
export function apiHost(context: StepContext): string {
  return apiHosts(context)[0] ?? '';
}

/** The way through the gateway that is there already, for the name that is chosen. */
export function routeOf(context: StepContext, gateway: string): GatewayRoute | undefined {
  const { gatewayHostName: chosen } = context.setup.options;
  const routes = routesTo(context.read(gateway), apiHosts(context));
  return chosen === undefined ? routes[0] : routes.find(({ listener }) => serves(listener, chosen));
}

/** The public frontend of the gateway, and the address to create beside it where it has none. */
export function publicFrontend(gateway: WireResource | undefined): JsonObject | undefined {
  return partsOf(gateway, 'frontendIPConfigurations').find(
    (frontend) => asString(readPath(frontend, 'properties.publicIPAddress.id')) !== undefined,
  );
}

export function publicIpOf(context: StepContext, gateway: string): string {
  const existing = asString(readPath(publicFrontend(context.read(gateway)), 'properties.publicIPAddress.id'));
  return existing ?? besideGateway(context, gateway, 'Microsoft.Network/publicIPAddresses', 'pip');
}

/** The firewall policy of the listener, else of the gateway, else the one to create. */
export function firewallPolicyOf(context: StepContext, gateway: string): string {
  const own = readPath(routeOf(context, gateway)?.listener, 'properties.firewallPolicy.id');
  const common = readPath(context.read(gateway), 'properties.firewallPolicy.id');
  const type = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';
  return asString(own) ?? asString(common) ?? besideGateway(context, gateway, type, 'waf');
}

/** The identity by which the gateway reads its certificate. */
export function gatewayIdentityOf(context: StepContext, gateway: string): string {
  const identities = readPath(context.read(gateway), 'identity.userAssignedIdentities');
  const [existing] = isJsonObject(identities) ? Object.keys(identities) : [];
  return existing ?? besideGateway(context, gateway, 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id');
}

function besideGateway(context: StepContext, gateway: string, type: string, prefix: string): string {
  const group = resourceGroupIdOf(gateway) ?? context.role('resourceGroup').id;
  return resourceIdIn(group, type, `${prefix}-${resourceName(gateway)}`);
}

/** The name that callers use: the chosen one, else that of the listener, else the label of the public address. */
export function gatewayHostName(context: StepContext, gateway: string): string {
  const { gatewayHostName: chosen } = context.setup.options;
  const listener = routeOf(context, gateway)?.listener;
  return (chosen ?? (listener && hostNamesOf(listener)[0]) ?? labelledHost(context, gateway)).toLowerCase();
}

/** Whether callers use the name that Azure gives the public address. */
export function goesByLabel(context: StepContext, gateway: string): boolean {
  return gatewayHostName(context, gateway) === labelledHost(context, gateway);
}

function labelledHost(context: StepContext, gateway: string): string {
  const address = context.read(publicIpOf(context, gateway));
  const own = asString(readPath(address, 'properties.dnsSettings.fqdn'));
  const location = asString(address?.['location']) ?? normalizeLocation(gatewayLocation(context, gateway) ?? '');
  return (own ?? `${dnsLabel(gateway)}.${location}.${context.cloud.publicIpSuffix}`).toLowerCase();
}

/** The region of the gateway, as it is or as it will be; undefined where neither is said. */
export function gatewayLocation(context: StepContext, gateway: string): string | undefined {
  return asString(context.read(gateway)?.['location']) ?? context.role('applicationGateway').create?.location;
}

/** A label that nobody else in the region is likely to have: letters, digits and hyphens, a letter first. */
export function dnsLabel(gateway: string): string {
  const name = resourceName(gateway)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
  const readable = name.replace(/^[^a-z]+|-+$/g, '') || 'agw';
  return `${readable}-${stableGuid(resourceKey(gateway)).slice(0, 8)}`;
}

/** The certificate of the listener that is there already. */
function listenerCertificate(context: StepContext, gateway: string): JsonObject | undefined {
  const listener = routeOf(context, gateway)?.listener;
  return partAt(context.read(gateway), 'sslCertificates', listener, 'properties.sslCertificate');
}

/** Why the vault has nothing to do with the certificate; undefined where the gateway takes it from there. */
export function whereCertificateIsElsewhere(context: StepContext): Text | undefined {
  const { applicationGateway, keyVault } = context.setup.roles;
  if (applicationGateway === undefined) return undefined;
  if (keyVault === undefined) return text('This setup has no key vault.');
  const certificate = listenerCertificate(context, applicationGateway.id);
  if (certificate === undefined || secretIn(context, keyVault.id, certificate) !== undefined) return undefined;
  return text('The gateway has a certificate of its own, which Ringfence leaves alone.');
}

/** The certificate in the vault for the host name of the gateway. */
export function certificateName(context: StepContext, gateway: string, vault: string): string {
  const present = listenerCertificate(context, gateway);
  const adopted = present && secretIn(context, vault, present);
  return adopted ?? context.setup.options.gatewayCertificate ?? DEFAULT_CERTIFICATE;
}

/** Where the gateway takes the certificate from: its newest version, whenever there is one. */
export function certificateSecret(context: StepContext, vault: string, name: string): string {
  return `https://${vaultHost(context, vault)}/secrets/${name}`;
}

function secretIn(context: StepContext, vault: string, certificate: JsonObject): string | undefined {
  const id = asString(readPath(certificate, 'properties.keyVaultSecretId')) ?? '';
  const [, host, name] = /^https:\/\/([^/:]+)\/secrets\/([^/]+)/i.exec(id) ?? [];
  return host?.toLowerCase() === vaultHost(context, vault) ? name : undefined;
}
