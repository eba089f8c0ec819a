import { asArray, asString } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import { backendsOf, partsOf, referredPart, type Part } from '../../providers/network/applicationGatewayParts';
import { subnetIdOf } from '../../providers/network/applicationGatewayUse';
import type { ServiceRequest } from '../dataPlane';
import type { Forward, Forwarded } from '../forward';

/** One server of a backend pool, with the settings by which it is asked. */
export interface Backend {
  readonly gateway: StoredResource;
  readonly pool: Part;
  readonly settings: Part;
  /** Host name or address. */
  readonly address: string;
}

/** As the portal and the documentation name them. */
export interface Health {
  readonly health: 'Healthy' | 'Unhealthy';
  readonly log: string;
}

/** The servers that a routing rule leads to. */
export function backendsBehind(gateway: StoredResource, rule: Part): readonly Backend[] {
  const pool = referredPart(gateway, 'backendAddressPools', rule, 'backendAddressPool');
  const settings = referredPart(gateway, 'backendHttpSettingsCollection', rule, 'backendHttpSettings');
  if (pool === undefined || settings === undefined) return [];
  return backendsOf(pool).map((address) => ({ gateway, pool, settings, address }));
}

/** Asks a server out of the gateway's subnet, as `host`. */
export function askServer(
  forward: Forward,
  { gateway, settings, address }: Backend,
  request: ServiceRequest,
): Forwarded {
  const [instances] = partsOf(gateway, 'gatewayIPConfigurations');
  if (instances === undefined || settings.properties['protocol'] !== 'Https') return { kind: 'unreachable' };
  const port = Number(settings.properties['port'] ?? 443);
  return forward({ kind: 'subnet', subnet: subnetIdOf(instances) }, address, port, request);
}

/** The host that a server is asked for; the one that the caller asked for where nothing else is set. */
export function hostFor({ settings, address }: Backend, asked: string): string {
  const { hostName, pickHostNameFromBackendAddress } = settings.properties;
  return asString(hostName) ?? (pickHostNameFromBackendAddress === true ? address : asked);
}

/** A real probe through the simulated network. Documented: without a probe of one's own, `/` is asked for. */
export function probe(forward: Forward, backend: Backend): Health {
  const own = referredPart(backend.gateway, 'probes', backend.settings, 'probe');
  const host = asString(own?.properties['host']) ?? hostFor(backend, '127.0.0.1');
  const url = asString(own?.properties['path']) ?? '/';
  const found = askServer(forward, backend, { method: 'GET', url, host, headers: { host }, body: '' });
  return judge(found, acceptedStatuses(own));
}

function acceptedStatuses(own: Part | undefined): readonly string[] {
  const match = own?.properties['match'];
  const statuses = typeof match === 'object' && match !== null && 'statusCodes' in match ? match['statusCodes'] : [];
  const named = asArray(statuses).map(String);
  return named.length === 0 ? ['200-399'] : named;
}

/** The texts are documented. */
function judge(found: Forwarded, accepted: readonly string[]): Health {
  switch (found.kind) {
    case 'unresolved':
      return {
        health: 'Unhealthy',
        log: 'The Application Gateway could not create a probe for this backend. This usually happens when the FQDN of the backend has not been entered correctly.',
      };
    case 'unreachable':
      return {
        health: 'Unhealthy',
        log: 'Cannot connect to backend server. Check whether any NSG/UDR/Firewall is blocking access to the server. Check if application is running on correct port.',
      };
    case 'wrongName':
      return {
        health: 'Unhealthy',
        log: 'The Common Name (CN) of the backend certificate does not match the host header entered in the health probe configuration.',
      };
    default: {
      const { status } = found.answer;
      const isAccepted = accepted.some((range) => {
        const [first = NaN, last = first] = range.split('-').map(Number);
        return first <= status && status <= last;
      });
      return isAccepted
        ? { health: 'Healthy', log: `Success. Received ${String(status)} status code` }
        : {
            health: 'Unhealthy',
            log: `Received invalid status code: ${String(status)} in the backend server's HTTP response. As per the health probe configuration, ${accepted.join(', ')} is the acceptable status code.`,
          };
    }
  }
}
