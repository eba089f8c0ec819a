import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import { parentResourceId } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { gatewayConfigurationsOf } from './gatewayConfigurations';
import { addressSpaceOf } from './subnets';

/** The name under which clients reach a gateway: its GUID and twelve more hexadecimal digits. */
export function gatewayHost(gateway: StoredResource): string {
  const guid = String(propertiesOf(gateway)['resourceGuid']);
  return `azuregateway-${guid}-${digits('host', guid, 12)}.vpn.azure.com`;
}

/**
 * The zip with which clients of a gateway are set up. What clients use: `AzureVPN/azurevpnconfig.xml` for the Azure VPN
 * Client, where people sign in with Microsoft Entra ID, and `Generic/VpnSettings.xml` for all else.
 */
export function vpnClientProfile(azure: Azure, gateway: StoredResource): Uint8Array {
  const [configuration] = gatewayConfigurationsOf(gateway);
  const network = azure.store.get(parentResourceId(configuration?.subnetId ?? '') ?? '');
  const settings = objectOf(propertiesOf(gateway)['vpnClientConfiguration']);
  const usesEntra = asArray(settings['vpnAuthenticationTypes']).includes('AAD');
  const profile = { gateway, network, settings };
  return zipSync({
    ...(usesEntra ? { AzureVPN: { 'azurevpnconfig.xml': strToU8(azureVpnConfig(profile)) } } : {}),
    Generic: {
      'VpnSettings.xml': strToU8(vpnSettings(profile)),
      'VpnServerRoot.cer_0': strToU8(`sandbox root certificate ${thumbprint(gateway)}`),
    },
  });
}

interface Profile {
  readonly gateway: StoredResource;
  readonly network: StoredResource | undefined;
  readonly settings: JsonObject;
}

function azureVpnConfig({ gateway, network, settings }: Profile): string {
  const tenant = (asString(settings['aadTenant']) ?? '').replace(/\/$/, '');
  const guid = String(propertiesOf(gateway)['resourceGuid']);
  return `<?xml version="1.0" encoding="utf-8"?>
<AzVpnProfile xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/">
  <any xmlns:d2p1="http://schemas.datacontract.org/2004/07/System.Xml" i:nil="true" />
  <clientauth>
    <aad>
      <audience>${escaped(settings['aadAudience'])}</audience>
      <issuer>${escaped(settings['aadIssuer'])}</issuer>
      <tenant>${escaped(tenant)}</tenant>
    </aad>
    <cert i:nil="true" />
    <type>aad</type>
    <usernamepass i:nil="true" />
  </clientauth>
${clientConfig(network)}
  <name>${escaped(network?.name)}</name>
  <protocolconfig>
    <sslprotocolConfig>
      <transportprotocol>tcp</transportprotocol>
    </sslprotocolConfig>
  </protocolconfig>
  <serverlist>
    <ServerEntry>
      <displayname i:nil="true" />
      <fqdn>${gatewayHost(gateway)}</fqdn>
    </ServerEntry>
  </serverlist>
  <servervalidation>
    <cert>
      <hash>${thumbprint(gateway)}</hash>
      <issuer i:nil="true" />
    </cert>
    <serversecret>${digits('secret', guid, 512)}</serversecret>
    <type>cert</type>
  </servervalidation>
  <version>1</version>
</AzVpnProfile>
`;
}

/** The DNS servers of the network, where it has its own. */
function clientConfig(network: StoredResource | undefined): string {
  const servers = dnsServersOf(network);
  if (servers.length === 0) return '  <clientconfig i:nil="true" />';
  const lines = servers.map((server) => `      <dnsserver>${escaped(server)}</dnsserver>`);
  return ['  <clientconfig>', '    <dnsservers>', ...lines, '    </dnsservers>', '  </clientconfig>'].join('\n');
}

function vpnSettings({ gateway, network, settings }: Profile): string {
  const routes = network === undefined ? [] : addressSpaceOf(network).prefixes;
  const authentications = asArray(settings['vpnAuthenticationTypes']).map(String);
  return `<?xml version="1.0" encoding="utf-8"?>
<VpnProfile xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <VpnServer>${gatewayHost(gateway)}</VpnServer>
  <VpnType>${escaped(asArray(settings['vpnClientProtocols']).join(','))}</VpnType>
  <CaCert>${thumbprint(gateway)}</CaCert>
  <Routes>${escaped(routes.join(','))}</Routes>
  <Auth>${escaped(authentications.join(',') || 'EAPTLS')}</Auth>
  <CustomDnsServers>${escaped(dnsServersOf(network).join(','))}</CustomDnsServers>
</VpnProfile>
`;
}

function dnsServersOf(network: StoredResource | undefined): readonly string[] {
  return asArray(objectOf(network && propertiesOf(network)['dhcpOptions'])['dnsServers']).map(String);
}

function thumbprint(gateway: StoredResource): string {
  return digits('certificate', String(propertiesOf(gateway)['resourceGuid']), 40);
}

/** Hexadecimal digits that are the same for a gateway as long as it lives. */
function digits(label: string, guid: string, length: number): string {
  const block = createHash('sha256').update(`${label} ${guid}`).digest('hex');
  return block.repeat(Math.ceil(length / block.length)).slice(0, length);
}

function escaped(text: unknown): string {
  return String(text ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
