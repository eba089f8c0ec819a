import { asArray, asObjects, asString, type Json, type JsonObject } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import { addressRange, overlap } from '../../addresses';
import { compact, objectOf, pick } from '../../bodies';
import { badRequest } from './errors';
import { weakTag } from './networkResource';
import { clientAddressPoolMissing, clientAddressPoolOverlaps } from './vpnErrors';

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const AUDIENCE = new RegExp(`^${GUID}$`, 'i');
const TENANT = new RegExp(`^https://[^/\\\\]+/${GUID}/?$`, 'i');
/** Without the slash at the end, no client gets in. */
const ISSUER = new RegExp(`^https://[^/\\\\]+/${GUID}/$`, 'i');
const ENTRA_SETTINGS = ['aadTenant', 'aadAudience', 'aadIssuer'] as const;
const CERTIFICATE_LISTS = ['vpnClientRootCertificates', 'vpnClientRevokedCertificates'] as const;

/** What Azure shows of point-to-site as long as a gateway is being made, whether it will have any or not. */
const UNDECIDED = {
  vpnClientProtocols: ['OpenVPN', 'IkeV2'],
  vpnAuthenticationTypes: [],
  vpnClientRootCertificates: [],
  vpnClientRevokedCertificates: [],
  vngClientConnectionConfigurations: [],
  radiusServers: [],
  vpnClientIpsecPolicies: [],
};

/** What a PUT leaves of `vpnClientConfiguration`. */
export function pointToSiteSettings(sent: JsonObject): JsonObject {
  return {
    ...pick(sent, ['vpnClientAddressPool']),
    vpnClientProtocols: sent['vpnClientProtocols'] ?? UNDECIDED.vpnClientProtocols,
    vpnAuthenticationTypes: sent['vpnAuthenticationTypes'] ?? [],
    ...Object.fromEntries(
      CERTIFICATE_LISTS.map((list) => [
        list,
        asObjects(sent[list]).map(({ name, properties }) => ({ name, properties: objectOf(properties) })),
      ]),
    ),
    radiusServers: sent['radiusServers'] ?? [],
    vpnClientIpsecPolicies: sent['vpnClientIpsecPolicies'] ?? [],
    ...compact(pick(sent, ENTRA_SETTINGS)),
  };
}

/** @throws Refusal for settings with which no client could connect, or whose addresses are the network's own. */
export function checkPointToSite(gatewayId: string, settings: JsonObject, sku: string, space: readonly string[]): void {
  checkPool(gatewayId, settings, space);
  const protocols = asArray(settings['vpnClientProtocols']).map(String);
  const usesEntra = asArray(settings['vpnAuthenticationTypes']).includes('AAD');
  if (sku === 'Basic' && (usesEntra || protocols.includes('OpenVPN'))) {
    throw badRequest(`Gateway ${gatewayId} with SKU Basic does not support OpenVPN or Microsoft Entra ID.`);
  }
  if (!usesEntra) return;
  if (protocols.length !== 1 || protocols[0] !== 'OpenVPN') {
    throw badRequest(`Vpn client configuration for gateway ${gatewayId} can use AAD with the protocol OpenVPN only.`);
  }
  checkEntra(gatewayId, settings);
}

export function showPointToSite(gateway: StoredResource, stored: Json | undefined, apiVersion: string): JsonObject {
  const isSettled = gateway.state === 'Succeeded';
  if (stored === undefined) return isSettled ? {} : { vpnClientConfiguration: UNDECIDED };
  const { vpnAuthenticationTypes, ...settings } = objectOf(stored);
  return {
    vpnClientConfiguration: {
      ...settings,
      ...Object.fromEntries(
        CERTIFICATE_LISTS.map((list) => [
          list,
          asObjects(settings[list]).map((each) => showCertificate(gateway, list, each)),
        ]),
      ),
      ...(apiVersion >= '2020-11-01' ? { vpnAuthenticationTypes } : {}),
      ...(apiVersion >= '2022-01-01' ? { vngClientConnectionConfigurations: [] } : {}),
      ...(isSettled ? { vpnClientConnectionHealth: NOBODY_CONNECTED } : {}),
    },
  };
}

const NOBODY_CONNECTED = {
  vpnClientConnectionsCount: 0,
  totalIngressBytesTransferred: 0,
  totalEgressBytesTransferred: 0,
};

function checkPool(gatewayId: string, settings: JsonObject, space: readonly string[]): void {
  const pools = asArray(objectOf(settings['vpnClientAddressPool'])['addressPrefixes']).map(String);
  if (pools.length === 0) throw clientAddressPoolMissing(gatewayId);
  for (const pool of pools) {
    const range = pool.includes('/') ? addressRange(pool) : undefined;
    if (range === undefined) throw badRequest(`Vpn client address pool ${pool} of gateway ${gatewayId} is not valid.`);
    const taken = space.find((prefix) => {
      const own = addressRange(prefix);
      return own !== undefined && overlap(own, range);
    });
    if (taken !== undefined) throw clientAddressPoolOverlaps(taken, pool);
  }
}

function checkEntra(gatewayId: string, settings: JsonObject): void {
  const [tenant = '', audience = '', issuer = ''] = ENTRA_SETTINGS.map((name) => asString(settings[name]));
  if (!TENANT.test(tenant)) throw badRequest(`The AAD tenant '${tenant}' of gateway ${gatewayId} is not valid.`);
  if (!AUDIENCE.test(audience))
    throw badRequest(`The AAD audience '${audience}' of gateway ${gatewayId} is not valid.`);
  if (!ISSUER.test(issuer)) {
    throw badRequest(`The AAD issuer '${issuer}' of gateway ${gatewayId} is not valid: it must end with a slash.`);
  }
}

function showCertificate(gateway: StoredResource, list: string, { name, properties }: JsonObject): JsonObject {
  return {
    name,
    id: `${gateway.id}/${list}/${String(name)}`,
    etag: weakTag(gateway),
    properties: { provisioningState: gateway.state, ...objectOf(properties) },
    type: `Microsoft.Network/virtualNetworkGateways/${list}`,
  };
}
