import { parentResourceId, resourceName, sameResource } from '../resources/resourceId';
import { text } from '../text';
import { parseIpv4Range, rangeContains, rangesOverlap } from './addresses';
import { GATEWAY_SUBNET_NAME } from './roles';
import type { Roles, Setup } from './setup';
import type { SetupFault } from './setupFault';

/** Roles that are subnets of the setup's virtual network. */
export const SUBNET_ROLES = [
  'privateEndpointSubnet',
  'gatewaySubnet',
  'webAppSubnet',
  'apiManagementSubnet',
  'applicationGatewaySubnet',
] as const satisfies readonly (keyof Roles)[];

export type SubnetRole = (typeof SUBNET_ROLES)[number];

/** What does not fit in the network part of a setup: subnets and ranges that belong elsewhere or lie over each other. */
export function networkFaults(setup: Setup): readonly SetupFault[] {
  return [
    ...SUBNET_ROLES.flatMap((role) => subnetFaults(setup, role)),
    ...sharedSubnets(setup),
    ...missingSubnets(setup),
    ...gatewayFaults(setup),
  ];
}

function subnetFaults({ roles }: Setup, role: SubnetRole): readonly SetupFault[] {
  const { virtualNetwork } = roles;
  const subnet = roles[role];
  if (virtualNetwork === undefined || subnet === undefined) return [];
  const found: SetupFault[] = [];
  const parent = parentResourceId(subnet.id);
  if (parent === undefined || !sameResource(parent, virtualNetwork.id)) {
    found.push({
      path: ['roles', role, 'id'],
      message: text('This subnet is not in the virtual network of the setup.'),
    });
  }
  const range = parseIpv4Range(subnet.create?.addressPrefix ?? '');
  if (range === undefined) return found;
  const path = ['roles', role, 'create', 'addressPrefix'];
  const spaces = virtualNetwork.create?.addressPrefixes.flatMap((cidr) => parseIpv4Range(cidr) ?? []);
  if (spaces && !spaces.some((space) => rangeContains(space, range))) {
    found.push({ path, message: text('This range is not inside the address space of the virtual network.') });
  }
  const before = SUBNET_ROLES.slice(0, SUBNET_ROLES.indexOf(role)).flatMap(
    (other) => parseIpv4Range(roles[other]?.create?.addressPrefix ?? '') ?? [],
  );
  if (before.some((other) => rangesOverlap(other, range))) {
    found.push({ path, message: text('This range lies over the range of another subnet of the setup.') });
  }
  return found;
}

function sharedSubnets({ roles }: Setup): readonly SetupFault[] {
  return SUBNET_ROLES.filter((role, index) =>
    SUBNET_ROLES.slice(0, index).some((other) => sameResource(roles[other]?.id ?? '', roles[role]?.id ?? '-')),
  ).map((role) => ({
    path: ['roles', role, 'id'],
    message: text('Another role of the setup has this subnet, and the two cannot share one.'),
  }));
}

function missingSubnets({ roles, scenarios }: Setup): readonly SetupFault[] {
  const found: SetupFault[] = [];
  if (roles.vpnGateway && !roles.gatewaySubnet) {
    found.push({ path: ['roles', 'vpnGateway'], message: text('A VPN gateway needs the role gatewaySubnet as well.') });
  }
  // Elsewhere an app is only called, and needs no way into the network.
  if (roles.webApp && !roles.webAppSubnet && scenarios.includes('on-your-data')) {
    found.push({ path: ['roles', 'webApp'], message: text('A web app needs the role webAppSubnet as well.') });
  }
  if (roles.apiManagement && !roles.apiManagementSubnet) {
    const message = text('API Management needs the role apiManagementSubnet as well.');
    found.push({ path: ['roles', 'apiManagement'], message });
  }
  if (roles.applicationGateway && !roles.applicationGatewaySubnet) {
    const message = text('An application gateway needs the role applicationGatewaySubnet as well.');
    found.push({ path: ['roles', 'applicationGateway'], message });
  }
  return found;
}

function gatewayFaults({ roles, options }: Setup): readonly SetupFault[] {
  const found: SetupFault[] = [];
  const { gatewaySubnet, virtualNetwork } = roles;
  if (gatewaySubnet && resourceName(gatewaySubnet.id).toLowerCase() !== GATEWAY_SUBNET_NAME.toLowerCase()) {
    const message = text('Azure accepts only the name {0} for the subnet of a gateway.', GATEWAY_SUBNET_NAME);
    found.push({ path: ['roles', 'gatewaySubnet', 'id'], message });
  }
  const pool = parseIpv4Range(options.vpnClientAddressPool ?? '');
  const spaces = virtualNetwork?.create?.addressPrefixes.flatMap((cidr) => parseIpv4Range(cidr) ?? []) ?? [];
  if (pool && spaces.some((space) => rangesOverlap(space, pool))) {
    const message = text('VPN clients need a range of their own, outside of the virtual network.');
    found.push({ path: ['options', 'vpnClientAddressPool'], message });
  }
  return found;
}
