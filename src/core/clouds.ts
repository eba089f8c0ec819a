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
  /** Scope of Azure OpenAI data-plane tokens. */
  readonly cognitiveScope: string;
  /** Microsoft Entra sign-in host. */
  readonly authorityHost: string;
  readonly portal: string;
  /** Public DNS suffixes of an Azure OpenAI account, the main one of each kind first. */
  readonly openAiSuffixes: Readonly<Record<OpenAiKind, readonly string[]>>;
}

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
    cognitiveScope: 'https://cognitiveservices.azure.com/.default',
    authorityHost: 'https://login.microsoftonline.com',
    portal: 'https://portal.azure.com',
    openAiSuffixes: {
      OpenAI: ['openai.azure.com'],
      AIServices: ['cognitiveservices.azure.com', 'openai.azure.com', 'services.ai.azure.com'],
    },
  },
  usGovernment: {
    id: 'usGovernment',
    resourceManager: 'https://management.usgovcloudapi.net',
    managementScope: 'https://management.usgovcloudapi.net/.default',
    cognitiveScope: 'https://cognitiveservices.azure.us/.default',
    authorityHost: 'https://login.microsoftonline.us',
    portal: 'https://portal.azure.us',
    openAiSuffixes: {
      OpenAI: ['openai.azure.us'],
      AIServices: ['cognitiveservices.azure.us', 'openai.azure.us'],
    },
  },
  china: {
    id: 'china',
    resourceManager: 'https://management.chinacloudapi.cn',
    managementScope: 'https://management.chinacloudapi.cn/.default',
    cognitiveScope: 'https://cognitiveservices.azure.cn/.default',
    authorityHost: 'https://login.chinacloudapi.cn',
    portal: 'https://portal.azure.cn',
    openAiSuffixes: {
      OpenAI: ['openai.azure.cn'],
      AIServices: ['cognitiveservices.azure.cn', 'openai.azure.cn'],
    },
  },
};

/** The private DNS zones that an account of this kind is expected to need; its `privateLinkResources` have the last word. */
export function expectedPrivateZones(cloud: Cloud, kind: OpenAiKind): readonly string[] {
  return cloud.openAiSuffixes[kind].map((suffix) => `privatelink.${suffix}`);
}
