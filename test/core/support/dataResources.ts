import { asString, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { BUILT_IN_ROLE_IDS, type BuiltInRoleName } from '../../../src/core/steps/azureRoles';
import { DATA, ID, SUBSCRIPTION } from './ids';
import { built } from './resources';

/** Builders of what On Your Data adds, each with every step done that is a property of its own. */

function identified(id: string): JsonObject {
  return { type: 'SystemAssigned', principalId: `principal-of-${id.split('/').at(-1) ?? ''}`, tenantId: 't' };
}

export function searchService(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: DATA.search,
      location: 'eastus',
      sku: { name: 'basic' },
      identity: identified(DATA.search),
      properties: {
        publicNetworkAccess: 'disabled',
        disableLocalAuth: true,
        networkRuleSet: { ipRules: [], bypass: 'AzureServices' },
        provisioningState: 'succeeded',
      },
    },
    patch,
  );
}

export function storageAccount(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: DATA.storage,
      location: 'eastus',
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' },
      properties: {
        publicNetworkAccess: 'Disabled',
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true,
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        allowSharedKeyAccess: false,
        networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
        provisioningState: 'Succeeded',
      },
    },
    patch,
  );
}

export function container(name = 'documents'): WireResource {
  return { id: `${DATA.storage}/blobServices/default/containers/${name}`, properties: { publicAccess: 'None' } };
}

export function deployment(name: string, model = name): WireResource {
  return { id: `${ID.account}/deployments/${name}`, properties: { model: { format: 'OpenAI', name: model } } };
}

export function gatewaySubnet(patch: JsonObject = {}): WireResource {
  return built({ id: DATA.gatewaySubnet, properties: { addressPrefix: '10.0.0.0/27', delegations: [] } }, patch);
}

export function webAppSubnet(patch: JsonObject = {}): WireResource {
  const delegations = [{ name: 'webapp', properties: { serviceName: 'Microsoft.Web/serverFarms' } }];
  return built({ id: DATA.webAppSubnet, properties: { addressPrefix: '10.0.2.0/26', delegations } }, patch);
}

export function publicIp(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: DATA.publicIp,
      location: 'japaneast',
      sku: { name: 'Standard' },
      zones: ['1', '2', '3'],
      properties: { publicIPAllocationMethod: 'Static', provisioningState: 'Succeeded' },
    },
    patch,
  );
}

export function gateway(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: DATA.gateway,
      location: 'japaneast',
      properties: {
        gatewayType: 'Vpn',
        vpnType: 'RouteBased',
        sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
        ipConfigurations: [
          {
            name: 'default',
            properties: { subnet: { id: DATA.gatewaySubnet }, publicIPAddress: { id: DATA.publicIp } },
          },
        ],
        vpnClientConfiguration: clientConfiguration(),
        provisioningState: 'Succeeded',
      },
    },
    patch,
  );
}

export function clientConfiguration(): JsonObject {
  return {
    vpnClientAddressPool: { addressPrefixes: ['172.16.201.0/24'] },
    vpnClientProtocols: ['OpenVPN'],
    vpnAuthenticationTypes: ['AAD'],
    aadTenant: `https://login.microsoftonline.com/${DATA.tenant}`,
    aadAudience: 'c632b3df-fb67-4d84-bdcf-b95ad541b5c8',
    aadIssuer: `https://sts.windows.net/${DATA.tenant}/`,
  };
}

export function appServicePlan(patch: JsonObject = {}): WireResource {
  const sku = { name: 'B1', tier: 'Basic', size: 'B1', family: 'B', capacity: 1 };
  return built({ id: DATA.plan, location: 'Japan East', kind: 'linux', sku, properties: { reserved: true } }, patch);
}

export function webApp(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: DATA.site,
      location: 'Japan East',
      kind: 'app,linux',
      identity: identified(DATA.site),
      properties: {
        serverFarmId: DATA.plan,
        httpsOnly: true,
        virtualNetworkSubnetId: DATA.webAppSubnet,
        outboundVnetRouting: { allTraffic: true },
      },
    },
    patch,
  );
}

export function webAppConfig(patch: JsonObject = {}): WireResource {
  return built({ id: `${DATA.site}/config/web`, properties: { minTlsVersion: '1.2', ftpsState: 'Disabled' } }, patch);
}

export function defenderPlan(pricingTier = 'Standard'): WireResource {
  return { id: DATA.defender, name: 'AI', properties: { pricingTier } };
}

interface AssignmentParts {
  readonly scope: string;
  readonly role: BuiltInRoleName;
  /** The principal's id, or the resource whose own identity it is. */
  readonly to: string | WireResource;
  readonly condition?: string;
  /** What the assignment says of its scope, where that is not the scope that it is listed under. */
  readonly listedScope?: string;
}

export function roleAssignment({ scope, role, to, condition, listedScope }: AssignmentParts): WireResource {
  const principalId = typeof to === 'string' ? to : (asString(readPath(to, 'identity.principalId')) ?? '');
  const roles = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions`;
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}.${BUILT_IN_ROLE_IDS[role]}`,
    properties: {
      roleDefinitionId: `${roles}/${BUILT_IN_ROLE_IDS[role]}`,
      principalId,
      scope: listedScope ?? scope,
      condition: condition ?? null,
    },
  };
}
