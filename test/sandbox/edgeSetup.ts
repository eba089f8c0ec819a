import { request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import { childId } from '../../src/core/resources/resourceId';
import type { PositionAccess } from '../../src/sandbox/positions/positions';
import {
  account,
  accountId,
  aRecord,
  deployment,
  endpointId,
  networkId,
  networkLink,
  privateDnsZone,
  privateEndpoint,
  put,
  resourceGroup,
  subnetId,
  virtualNetwork,
  zoneGroup,
  zoneId,
} from '../../src/sandbox/worlds/builders';
import {
  apiManagement,
  apiManagementRules,
  applicationGateway,
  applicationGatewayId,
  applicationGatewayRules,
  securityGroup,
  securityGroupId,
  serviceId,
  wafPolicy,
  wafPolicyId,
} from '../../src/sandbox/worlds/edgeBuilders';
import { identityRole } from '../../src/sandbox/worlds/roles';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { publicIpAddress, publicIpId } from '../../src/sandbox/worlds/vpnBuilders';
import { tunnel } from './vantage';

export const network = networkId('rg', 'vnet');
export const openAi = accountId('rg', 'contoso-openai');
export const service = serviceId('rg', 'contoso-apim');
export const gateway = applicationGatewayId('rg', 'gw');
export const policy = wafPolicyId('rg', 'waf');
export const publicIp = publicIpId('rg', 'pip');
export const gatewayGroup = securityGroupId('rg', 'nsg-gateways');
export const serviceGroup = securityGroupId('rg', 'nsg-apim');
const subnets = { gateways: '10.0.0.0/24', apim: '10.0.1.0/27', endpoints: '10.0.2.0/27' };
const subnet = (name: keyof typeof subnets): string => subnetId(network, name);
const guarded = (name: 'gateways' | 'apim', group: string): SeedStep =>
  put(subnet(name), { properties: { addressPrefix: subnets[name], networkSecurityGroup: { id: group } } });

export const API_HOST = 'api.contoso.com';
export const SERVICE_HOST = 'contoso-apim.azure-api.net';
export const SERVICE_ADDRESS = '10.0.1.4';
export const CHAT = '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21';
export const KEY = { 'ocp-apim-subscription-key': 'sandbox-apim-primary-contoso-apim-outside' };
const serviceZone = zoneId('rg', SERVICE_HOST);
const linkZone = zoneId('rg', 'privatelink.openai.azure.com');
const endpoint = endpointId('rg', 'pe-openai');

export const POLICY = `<policies>
  <inbound>
    <base />
    <set-backend-service backend-id="aoai" />
    <authentication-managed-identity resource="https://cognitiveservices.azure.com" output-token-variable-name="token" />
    <set-header name="Authorization" exists-action="override">
      <value>@("Bearer " + (string)context.Variables["token"])</value>
    </set-header>
    <set-header name="api-key" exists-action="delete" />
  </inbound>
  <backend><forward-request timeout="120" buffer-response="false" /></backend>
  <outbound><base /></outbound>
</policies>`;

const definition = {
  openapi: '3.0.1',
  info: { title: 'Azure OpenAI' },
  paths: { '/deployments/{deployment-id}/chat/completions': { post: { operationId: 'chat' } } },
};

/** Application Gateway, API Management and Azure OpenAI, one behind the other, and nothing else open. */
export const EDGE: readonly SeedStep[] = [
  resourceGroup('rg', 'eastus'),
  securityGroup(gatewayGroup, 'eastus', applicationGatewayRules),
  securityGroup(serviceGroup, 'eastus', apiManagementRules),
  virtualNetwork(network, 'eastus', '10.0.0.0/16', subnets),
  guarded('gateways', gatewayGroup),
  guarded('apim', serviceGroup),
  account(openAi, {
    properties: { customSubDomainName: 'contoso-openai', publicNetworkAccess: 'Disabled', disableLocalAuth: true },
  }),
  deployment(openAi, 'gpt-4o', '2024-08-06'),
  privateDnsZone(linkZone),
  networkLink(linkZone, 'link', network),
  privateEndpoint(endpoint, 'eastus', subnet('endpoints'), openAi),
  zoneGroup(endpoint, [linkZone]),
  apiManagement(service, 'eastus', { subnet: subnet('apim'), identity: { type: 'SystemAssigned' } }),
  identityRole(openAi, 'Cognitive Services OpenAI User', service),
  privateDnsZone(serviceZone),
  networkLink(serviceZone, 'link', network),
  aRecord(serviceZone, '@', SERVICE_ADDRESS),
  put(childId(service, 'backends', 'aoai'), {
    properties: { protocol: 'http', url: 'https://contoso-openai.openai.azure.com/openai' },
  }),
  put(childId(service, 'apis', 'openai'), {
    properties: { path: 'openai', format: 'openapi+json', value: JSON.stringify(definition) },
  }),
  put(childId(service, 'apis', 'openai', 'policies', 'policy'), { properties: { format: 'rawxml', value: POLICY } }),
  put(childId(service, 'subscriptions', 'outside'), { properties: { scope: '/apis', displayName: 'Outside' } }),
  publicIpAddress(publicIp, 'eastus'),
  wafPolicy(policy, 'eastus', 'Prevention'),
  applicationGateway(gateway, 'eastus', {
    subnet: subnet('gateways'),
    publicIp,
    policy,
    hostName: API_HOST,
    backend: SERVICE_HOST,
    probePath: '/status-0123456789abcdef',
  }),
];

interface Asked {
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Where to connect to, where that is not what the name resolves to. */
  readonly address?: string;
}

/** HTTPS from a position to a name as it resolves there: the status and the text, or why there is no answer. */
export async function ask(
  access: PositionAccess,
  { host, path, method = 'GET', headers = {}, body = '', address = host }: Asked,
): Promise<{ readonly status: number; readonly text: string } | string> {
  const socket = await tunnel(access, `${address}:443`);
  if (typeof socket === 'number') return `proxy ${String(socket)}`;
  return new Promise((resolve) => {
    const tls = connect({ socket, servername: host, ca: access.certificateAuthority });
    const fail = (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    };
    tls.on('error', fail);
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    httpsRequest(
      { createConnection: () => tls, host, path, method, headers: { host, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          tls.destroy();
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
        });
      },
    )
      .on('error', fail)
      .end(body);
  });
}
