/**
 * One Azure cloud: every host name and audience that differs between clouds, in one record.
 * Sources: @azure/core-client cloud settings; learn.microsoft.com/azure/private-link/private-endpoint-dns;
 * China and US Government OpenAI names are not documented and come from public code.
 */
export interface Cloud {
  readonly id: CloudId;
  /** Azure Resource Manager, with scheme and without a trailing slash. */
  readonly resourceManager: string;
  /** Scope of Azure Resource Manager tokens. */
  readonly managementScope: string;
  /** Scopes of data-plane tokens, by service. */
  readonly dataScopes: Readonly<Record<DataService, string>>;
  /** Microsoft Entra sign-in host. */
  readonly authorityHost: string;
  readonly portal: string;
  /** Microsoft Graph, without a trailing slash. */
  readonly graph: string;
  /** Public DNS suffixes of an Azure OpenAI account, the main one of each kind first. */
  readonly openAiSuffixes: Readonly<Record<OpenAiKind, readonly string[]>>;
  /** Public DNS suffix of an Azure AI Search service. */
  readonly searchSuffix: string;
  /** Public DNS suffix of a storage account, behind `blob.` or `file.`. */
  readonly storageSuffix: string;
  /** Public DNS suffix of a key vault. */
  readonly keyVaultSuffix: string;
  /** Public DNS suffix of public IP addresses with a label, behind the region. */
  readonly publicIpSuffix: string;
  /** Public DNS suffix of the gateway of API Management. */
  readonly apiManagementSuffix: string;
  /** Host that issues tokens, as VPN gateways name the issuer. */
  readonly tokenIssuer: string;
  /** The application that clients of a VPN gateway sign in to. */
  readonly vpnAudience: string;
}

/** Services with a data plane that Ringfence asks. */
export type DataService = 'openAi' | 'search' | 'storage' | 'keyVault';

export type CloudId = 'public' | 'usGovernment' | 'china';

/** Kinds of Microsoft.CognitiveServices/accounts that serve Azure OpenAI. */
export type OpenAiKind = (typeof OPENAI_KINDS)[number];

/** Speech or Vision accounts share the resource type, but are of other kinds. */
export const OPENAI_KINDS = ['OpenAI', 'AIServices'] as const;

export const CLOUDS: Readonly<Record<CloudId, Cloud>> = {
  public: {
    id: 'public',
    resourceManager: 'https://management.azure.com',
    managementScope: 'https://management.azure.com/.default',
    dataScopes: {
      openAi: 'https://cognitiveservices.azure.com/.default',
      search: 'https://search.azure.com/.default',
      storage: 'https://storage.azure.com/.default',
      keyVault: 'https://vault.azure.net/.default',
    },
    authorityHost: 'https://login.microsoftonline.com',
    portal: 'https://portal.azure.com',
    graph: 'https://graph.microsoft.com',
    openAiSuffixes: {
      OpenAI: ['openai.azure.com'],
      AIServices: ['cognitiveservices.azure.com', 'openai.azure.com', 'services.ai.azure.com'],
    },
    searchSuffix: 'search.windows.net',
    storageSuffix: 'core.windows.net',
    keyVaultSuffix: 'vault.azure.net',
    publicIpSuffix: 'cloudapp.azure.com',
    apiManagementSuffix: 'azure-api.net',
    tokenIssuer: 'https://sts.windows.net',
    vpnAudience: 'c632b3df-fb67-4d84-bdcf-b95ad541b5c8',
  },
  usGovernment: {
    id: 'usGovernment',
    resourceManager: 'https://management.usgovcloudapi.net',
    managementScope: 'https://management.usgovcloudapi.net/.default',
    dataScopes: {
      openAi: 'https://cognitiveservices.azure.us/.default',
      search: 'https://search.azure.us/.default',
      storage: 'https://storage.azure.com/.default',
      keyVault: 'https://vault.usgovcloudapi.net/.default',
    },
    authorityHost: 'https://login.microsoftonline.us',
    portal: 'https://portal.azure.us',
    graph: 'https://graph.microsoft.us',
    openAiSuffixes: {
      OpenAI: ['openai.azure.us'],
      AIServices: ['cognitiveservices.azure.us', 'openai.azure.us'],
    },
    searchSuffix: 'search.azure.us',
    storageSuffix: 'core.usgovcloudapi.net',
    keyVaultSuffix: 'vault.usgovcloudapi.net',
    publicIpSuffix: 'cloudapp.usgovcloudapi.net',
    apiManagementSuffix: 'azure-api.us',
    tokenIssuer: 'https://sts.windows.net',
    vpnAudience: '51bb15d4-3a4f-4ebf-9dca-40096fe32426',
  },
  china: {
    id: 'china',
    resourceManager: 'https://management.chinacloudapi.cn',
    managementScope: 'https://management.chinacloudapi.cn/.default',
    dataScopes: {
      openAi: 'https://cognitiveservices.azure.cn/.default',
      search: 'https://search.azure.cn/.default',
      storage: 'https://storage.azure.com/.default',
      keyVault: 'https://vault.azure.cn/.default',
    },
    authorityHost: 'https://login.chinacloudapi.cn',
    portal: 'https://portal.azure.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    openAiSuffixes: {
      OpenAI: ['openai.azure.cn'],
      AIServices: ['cognitiveservices.azure.cn', 'openai.azure.cn'],
    },
    searchSuffix: 'search.azure.cn',
    storageSuffix: 'core.chinacloudapi.cn',
    keyVaultSuffix: 'vault.azure.cn',
    publicIpSuffix: 'cloudapp.chinacloudapi.cn',
    apiManagementSuffix: 'azure-api.cn',
    tokenIssuer: 'https://sts.chinacloudapi.cn',
    vpnAudience: '49f817b6-84ae-4cc0-928c-73f27289b3aa',
  },
};

/** The private DNS zones that an account of this kind is expected to need; its `privateLinkResources` have the last word. */
export function expectedPrivateZones(cloud: Cloud, kind: OpenAiKind): readonly string[] {
  return cloud.openAiSuffixes[kind].map((suffix) => `privatelink.${suffix}`);
}
