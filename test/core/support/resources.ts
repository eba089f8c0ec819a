import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { mergePatch } from '../../../src/core/resources/wireEquality';
import { ID, linkId, providerId, zoneId } from './ids';

/** Small builders of wire JSON as Azure Resource Manager answers it. Each takes what differs, as a merge patch. */

export function built(resource: WireResource, patch: JsonObject): WireResource {
  return { ...mergePatch(resource, patch), id: typeof patch['id'] === 'string' ? patch['id'] : resource.id };
}

export function provider(namespace: string, registrationState = 'Registered'): WireResource {
  return { id: providerId(namespace), namespace, registrationState };
}

export function resourceGroup(id: string = ID.group): WireResource {
  return { id, location: 'japaneast', properties: { provisioningState: 'Succeeded' } };
}

/** An account as it is made in the portal: reachable by everybody, keys on. */
export function account(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: ID.account,
      location: 'eastus',
      kind: 'OpenAI',
      sku: { name: 'S0' },
      properties: {
        customSubDomainName: 'contoso-openai',
        publicNetworkAccess: 'Enabled',
        provisioningState: 'Succeeded',
      },
    },
    patch,
  );
}

/** The same account with every step done that is a property of its own. */
export function hardenedAccount(patch: JsonObject = {}): WireResource {
  return built(
    account({
      identity: { type: 'SystemAssigned', principalId: 'p', tenantId: 't' },
      properties: {
        publicNetworkAccess: 'Disabled',
        disableLocalAuth: true,
        networkAcls: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] },
      },
    }),
    patch,
  );
}

export function virtualNetwork(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: ID.network,
      location: 'japaneast',
      properties: { addressSpace: { addressPrefixes: ['10.0.0.0/22'] }, provisioningState: 'Succeeded' },
    },
    patch,
  );
}

export function subnet(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: ID.subnet,
      properties: {
        addressPrefix: '10.0.1.0/27',
        delegations: [],
        privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled',
        provisioningState: 'Succeeded',
      },
    },
    patch,
  );
}

interface EndpointParts {
  readonly id?: string;
  readonly account?: string;
  /** The sub-resource that it leads to. */
  readonly group?: string;
  readonly subnet?: string;
  /** Pending, Approved, Rejected or Disconnected. */
  readonly status?: string;
  readonly manual?: boolean;
}

export function endpoint(parts: EndpointParts = {}): WireResource {
  const connection: JsonObject = {
    name: 'connection',
    properties: {
      privateLinkServiceId: parts.account ?? ID.account,
      groupIds: [parts.group ?? 'account'],
      privateLinkServiceConnectionState: { status: parts.status ?? 'Approved' },
    },
  };
  return {
    id: parts.id ?? ID.endpoint,
    location: 'japaneast',
    properties: {
      subnet: { id: parts.subnet ?? ID.subnet },
      privateLinkServiceConnections: parts.manual ? [] : [connection],
      manualPrivateLinkServiceConnections: parts.manual ? [connection] : [],
      provisioningState: 'Succeeded',
    },
  };
}

export function zone(id: string = zoneId()): WireResource {
  return { id, location: 'global', properties: { provisioningState: 'Succeeded' } };
}

export function link(
  parts: { readonly id?: string; readonly network?: string; readonly patch?: JsonObject } = {},
): WireResource {
  return built(
    {
      id: parts.id ?? linkId(),
      location: 'global',
      properties: {
        virtualNetwork: { id: parts.network ?? ID.network },
        registrationEnabled: false,
        virtualNetworkLinkState: 'Completed',
        provisioningState: 'Succeeded',
      },
    },
    parts.patch ?? {},
  );
}

export function zoneGroup(zones: readonly string[] = [zoneId()], endpointId: string = ID.endpoint): WireResource {
  return {
    id: `${endpointId}/privateDnsZoneGroups/default`,
    name: 'default',
    properties: {
      privateDnsZoneConfigs: zones.map((id, index) => ({
        name: `zone-${index}`,
        properties: { privateDnsZoneId: id },
      })),
      provisioningState: 'Succeeded',
    },
  };
}

/** A record that somebody keeps by hand. */
export function record(addresses: readonly string[], name = 'contoso-openai', zone = zoneId()): WireResource {
  return {
    id: `${zone}/A/${name}`,
    properties: { ttl: 10, aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) },
  };
}
