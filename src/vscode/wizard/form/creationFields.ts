import { OPENAI_KINDS } from '../../../core/clouds';
import { API_MANAGEMENT_SKUS, SEARCH_SKUS, type RoleId } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';

/** A property of a resource to be created, as the form asks for it. */
export type CreationFieldName =
  'name' | 'location' | 'kind' | 'sku' | 'addressPrefixes' | 'addressPrefix' | 'publisherName' | 'publisherEmail';

/** What is asked for each role. Azure decides the name of a gateway's subnet. */
export const CREATION_FIELDS: Readonly<Record<RoleId, readonly CreationFieldName[]>> = {
  resourceGroup: ['name', 'location'],
  openAi: ['name', 'location', 'kind'],
  search: ['name', 'location', 'sku'],
  storage: ['name', 'location'],
  virtualNetwork: ['name', 'location', 'addressPrefixes'],
  privateEndpointSubnet: ['name', 'addressPrefix'],
  gatewaySubnet: ['addressPrefix'],
  vpnGateway: ['name', 'location'],
  webAppSubnet: ['name', 'addressPrefix'],
  webApp: ['name', 'location'],
  apiManagementSubnet: ['name', 'addressPrefix'],
  apiManagement: ['name', 'location', 'sku', 'publisherName', 'publisherEmail'],
  applicationGatewaySubnet: ['name', 'addressPrefix'],
  applicationGateway: ['name', 'location'],
  keyVault: ['name', 'location'],
  logAnalyticsWorkspace: ['name', 'location'],
};

export interface CreationFieldWords {
  readonly label: Text;
  readonly placeholder: string;
}

export const CREATION_FIELD_WORDS: Readonly<Record<CreationFieldName, CreationFieldWords>> = {
  name: { label: text('Name'), placeholder: '' },
  location: { label: text('Region'), placeholder: 'japaneast' },
  kind: { label: text('Kind'), placeholder: '' },
  sku: { label: text('Tier'), placeholder: '' },
  publisherName: { label: text('Name of the publisher'), placeholder: 'Contoso' },
  publisherEmail: { label: text('E-mail address of the publisher'), placeholder: 'api@contoso.com' },
  addressPrefixes: { label: text('Address space'), placeholder: '10.3.0.0/16' },
  addressPrefix: { label: text('Address range'), placeholder: '10.3.1.0/27' },
};

const KIND_CHOICES: Choices = { openAi: OPENAI_KINDS };
const TIER_CHOICES: Choices = { search: SEARCH_SKUS, apiManagement: API_MANAGEMENT_SKUS };

type Choices = Readonly<Partial<Record<RoleId, readonly string[]>>>;

/** What a property of a new resource can be; empty where it is typed. */
export function creationChoices(role: RoleId, name: CreationFieldName): readonly string[] {
  const choices = name === 'kind' ? KIND_CHOICES : name === 'sku' ? TIER_CHOICES : {};
  return choices[role] ?? [];
}
