import { asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import {
  apiHost,
  certificateName,
  certificateSecret,
  firewallPolicyOf,
  gatewayHostName,
  gatewayIdentityOf,
  PART_NAME,
  publicFrontend,
  publicIpOf,
  STATUS_PATH,
} from './gatewayFacts';
import { nameOf, partsOf, refTo, type PartList } from './gatewayParts';
import type { Assertion } from './matcher';
import type { StepContext } from './step';

/**
 * The parts of an application gateway that lead callers to API Management, as Microsoft's walk-through has them.
 * Source: https://learn.microsoft.com/azure/api-management/api-management-howto-integrate-internal-vnet-appgateway
 */

export const TLS_POLICY = 'AppGwSslPolicy20220101';

export function newGateway(context: StepContext, id: string, location: string): JsonObject {
  const parts = partsFor(context, id, undefined);
  return {
    location,
    identity: identityWith(context, id),
    properties: {
      sku: { name: 'WAF_v2', tier: 'WAF_v2' },
      autoscaleConfiguration: { minCapacity: 1, maxCapacity: 10 },
      firewallPolicy: { id: firewallPolicyOf(context, id) },
      sslPolicy: { policyType: 'Predefined', policyName: TLS_POLICY },
      enableHttp2: true,
      // Answers that are streamed word by word must not be held back.
      globalConfiguration: { enableRequestBuffering: true, enableResponseBuffering: false },
      gatewayIPConfigurations: [
        { name: 'instances', properties: { subnet: { id: context.role('applicationGatewaySubnet').id } } },
      ],
      ...Object.fromEntries(parts.map(({ list, part }) => [list, [part]])),
    },
  };
}

/** What an existing gateway lacks to lead to API Management; everything else in it stays as it is. */
export function additionsTo(context: StepContext, id: string): readonly Assertion[] {
  const gateway = context.read(id);
  const added = partsFor(context, id, gateway).filter(
    ({ list, part }) => !partsOf(gateway, list).some((present) => nameOf(present) === nameOf(part)),
  );
  const identity: readonly Assertion[] = [
    {
      at: 'identity.userAssignedIdentities',
      must: { kind: 'present', propose: { [gatewayIdentityOf(context, id)]: {} } },
    },
    {
      at: 'identity.type',
      absentMeans: 'None',
      must: { kind: 'includesWord', word: 'UserAssigned', insteadOf: ['None'] },
    },
  ];
  return [
    ...identity,
    ...added.map(({ list, part }): Assertion => ({
      at: `properties.${list}`,
      absentMeans: [],
      must: {
        kind: 'someItem',
        where: [{ at: 'name', must: { kind: 'equals', value: nameOf(part) } }],
        add: part,
        what: text('{0} for API Management', nameOf(part)),
      },
    })),
  ];
}

function identityWith(context: StepContext, id: string): JsonObject {
  return { type: 'UserAssigned', userAssignedIdentities: { [gatewayIdentityOf(context, id)]: {} } };
}

interface NamedPart {
  readonly list: PartList;
  readonly part: JsonObject;
}

/** All parts of the way, with the frontend and the port that are there already. */
function partsFor(context: StepContext, id: string, gateway: WireResource | undefined): readonly NamedPart[] {
  const frontend = publicFrontend(gateway) ?? {
    name: 'public',
    properties: { publicIPAddress: { id: publicIpOf(context, id) } },
  };
  const port = partsOf(gateway, 'frontendPorts').find((each) => readPath(each, 'properties.port') === 443) ?? {
    name: 'https',
    properties: { port: 443 },
  };
  const vault = context.role('keyVault').id;
  const secret = certificateSecret(context, vault, certificateName(context, id, vault));
  return [
    { list: 'frontendIPConfigurations', part: frontend },
    { list: 'frontendPorts', part: port },
    { list: 'sslCertificates', part: named({ keyVaultSecretId: secret }) },
    { list: 'httpListeners', part: listener(context, id, nameOf(frontend), nameOf(port)) },
    { list: 'backendAddressPools', part: named({ backendAddresses: [{ fqdn: apiHost(context) }] }) },
    { list: 'probes', part: statusProbe(context) },
    { list: 'backendHttpSettingsCollection', part: settings(id) },
    { list: 'requestRoutingRules', part: rule(id, freePriority(gateway)) },
  ];
}

const named = (properties: JsonObject): JsonObject => ({ name: PART_NAME, properties });

function listener(context: StepContext, id: string, frontend: string, port: string): JsonObject {
  return named({
    protocol: 'Https',
    frontendIPConfiguration: refTo(id, 'frontendIPConfigurations', frontend),
    frontendPort: refTo(id, 'frontendPorts', port),
    sslCertificate: refTo(id, 'sslCertificates', PART_NAME),
    hostName: gatewayHostName(context, id),
    requireServerNameIndication: true,
  });
}

/** The default probe asks for `/` without a name, and API Management does not answer that. */
export function statusProbe(context: StepContext, name = PART_NAME): JsonObject {
  return {
    name,
    properties: {
      protocol: 'Https',
      host: apiHost(context),
      path: STATUS_PATH,
      interval: 30,
      timeout: 120,
      unhealthyThreshold: 8,
    },
  };
}

/** API Management is asked by its own name, for which it has a certificate of a public authority. */
function settings(id: string): JsonObject {
  return named({
    port: 443,
    protocol: 'Https',
    cookieBasedAffinity: 'Disabled',
    pickHostNameFromBackendAddress: true,
    requestTimeout: 180,
    probe: refTo(id, 'probes', PART_NAME),
  });
}

function rule(id: string, priority: number): JsonObject {
  return named({
    ruleType: 'Basic',
    priority,
    httpListener: refTo(id, 'httpListeners', PART_NAME),
    backendAddressPool: refTo(id, 'backendAddressPools', PART_NAME),
    backendHttpSettings: refTo(id, 'backendHttpSettingsCollection', PART_NAME),
  });
}

function freePriority(gateway: WireResource | undefined): number {
  const taken = partsOf(gateway, 'requestRoutingRules').map((each) => readPath(each, 'properties.priority'));
  for (let priority = 100; ; priority += 10) if (!taken.includes(priority)) return priority;
}

/** The TLS policy that holds where none is set: Azure says it in newer versions; before them, an old one. */
export function defaultTlsPolicy(gateway: WireResource | undefined): string {
  return asString(readPath(gateway, 'properties.defaultPredefinedSslPolicy')) ?? 'AppGwSslPolicy20150501';
}
