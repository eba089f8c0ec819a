/** What differs between kinds of Cognitive Services accounts. */
export interface Kind {
  /** Public DNS suffixes under a custom subdomain, the one of `properties.endpoint` first. */
  readonly suffixes: readonly string[];
  /** Names of the entries of `properties.endpoints`, and the suffix that each has. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly capabilities: readonly { readonly name: string; readonly value?: string }[];
  readonly apiProperties: Readonly<Record<string, null>>;
  /** A PUT on an existing account is a long-running operation. Recorded for AIServices, and not for OpenAI. */
  readonly updatesByOperation: boolean;
}

const OPENAI = 'openai.azure.com';
const COGNITIVE = 'cognitiveservices.azure.com';
const FOUNDRY = 'services.ai.azure.com';

const OPENAI_KIND: Kind = {
  suffixes: [OPENAI],
  endpoints: {
    'OpenAI Language Model Instance API': OPENAI,
    'OpenAI Dall-E API': OPENAI,
    'OpenAI Sora API': OPENAI,
    'OpenAI Moderations API': OPENAI,
    'OpenAI Whisper API': OPENAI,
    'OpenAI Model Scaleset API': OPENAI,
    'OpenAI Realtime API': OPENAI,
    'Token Service API': OPENAI,
  },
  capabilities: [
    { name: 'VirtualNetworks' },
    { name: 'CustomerManagedKey' },
    { name: 'MaxFineTuneCount', value: '500' },
    { name: 'MaxRunningFineTuneCount', value: '3' },
    { name: 'MaxUserFileCount', value: '100' },
    { name: 'MaxTrainingFileSize', value: '512000000' },
    { name: 'MaxUserFileImportDurationInHours', value: '1' },
    { name: 'MaxFineTuneJobDurationInHours', value: '720' },
    { name: 'MaxEvaluationRunDurationInHours', value: '5' },
    { name: 'MaxRunningEvaluationCount', value: '5' },
    { name: 'MaxRunningGlobalStandardFineTuneCount', value: '3' },
    {
      name: 'TrustedServices',
      value: 'Microsoft.CognitiveServices,Microsoft.MachineLearningServices,Microsoft.Search,Microsoft.VideoIndexer',
    },
    { name: 'RaiMonitor' },
    { name: 'quotaRefundsEnabled', value: 'false' },
  ],
  apiProperties: {},
  updatesByOperation: false,
};

/** The recordings show about 70 endpoints and 27 capabilities; these are the ones that matter here. */
const AI_SERVICES_KIND: Kind = {
  suffixes: [COGNITIVE, OPENAI, FOUNDRY],
  endpoints: {
    'AI Foundry API': FOUNDRY,
    'ProjectA APIs': COGNITIVE,
    'MAAP Managed Deployments API': COGNITIVE,
    'OpenAI Language Model Instance API': OPENAI,
  },
  capabilities: [
    { name: 'VirtualNetworks' },
    { name: 'CustomerManagedKey' },
    { name: 'EnabledApimVnet', value: 'true' },
    OPENAI_KIND.capabilities.find(({ name }) => name === 'TrustedServices') ?? { name: 'TrustedServices' },
  ],
  apiProperties: { qnaAzureSearchEndpointKey: null },
  updatesByOperation: true,
};

const OTHER_KIND: Kind = {
  suffixes: [COGNITIVE],
  endpoints: { 'Token Service': COGNITIVE },
  capabilities: [{ name: 'VirtualNetworks' }],
  apiProperties: {},
  updatesByOperation: true,
};

export function kindOf(kind: unknown): Kind {
  switch (String(kind).toLowerCase()) {
    case 'openai':
      return OPENAI_KIND;
    case 'aiservices':
      return AI_SERVICES_KIND;
    default:
      return OTHER_KIND;
  }
}

/** True for kinds that serve Azure OpenAI. */
export function servesOpenAi(kind: unknown): boolean {
  return kindOf(kind) !== OTHER_KIND;
}

export const PUBLIC_SUFFIXES: readonly string[] = AI_SERVICES_KIND.suffixes;
