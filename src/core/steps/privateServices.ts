import { expectedPrivateZones } from '../clouds';
import type { ScenarioId } from '../setup/scenarios';
import type { Setup } from '../setup/setup';
import { text, type Text } from '../text';
import type { Source } from './source';
import type { Step, StepContext } from './step';

/** One way into a service through a private endpoint: what the family of private-endpoint steps needs to know of it. */
export interface PrivateService {
  readonly role: 'openAi' | 'search' | 'storage';
  /** Ids of its steps: `{prefix}-private-endpoint{suffix}`. */
  readonly prefix: string;
  /** Told apart where a resource has several endpoints: `-blob`. Also the end of the endpoint's name. */
  readonly suffix: '' | '-blob' | '-file';
  /** The sub-resource of Azure Private Link. */
  readonly groupId: string;
  /** What titles call it. */
  readonly name: Text;
  readonly scenarios: readonly ScenarioId[];
  /** The step that has the resource in place. */
  readonly resourceStep: string;
  /** Steps that must hold before there can be an endpoint. */
  readonly after: readonly string[];
  /** The step that gives the resource a name of its own, where it may have none. */
  readonly nameStep?: string;
  /** The zones that a resource which does not exist yet is expected to need. */
  readonly zonesOfNew: (context: StepContext) => readonly string[];
  /** What the resource's provider wants for an approval by hand. */
  readonly connectionWrite: string;
  readonly sources: Readonly<Record<'zone' | 'link' | 'endpoint' | 'records', readonly Source[]>>;
  readonly notApplicable?: (context: Pick<StepContext, 'setup'>) => Text | undefined;
}

const WEB_APP_DNS: readonly Source[] = [
  { seed: 'on-your-data.fr', section: 'Application web' },
  { seed: 'on-your-data.zh-tw', section: 'Web 應用程式' },
];
const CLIENT_DNS: readonly Source[] = [
  { seed: 'on-your-data.fr', section: 'Configurer la passerelle et le client' },
  { seed: 'on-your-data.zh-tw', section: '設定閘道和用戶端' },
];
const JAPANESE: Source = { seed: 'vnet-only.ja', section: '手順 / 2. プライベート エンドポイントを作成する' };
const ZONE_NAMES: Source = {
  reference: 'Azure Private Endpoint private DNS zone values',
  url: 'https://learn.microsoft.com/azure/private-link/private-endpoint-dns',
};

const OPENAI_PRIVATE: PrivateService = {
  role: 'openAi',
  prefix: 'aoai',
  suffix: '',
  groupId: 'account',
  name: text('Azure OpenAI'),
  scenarios: ['private-access', 'on-your-data', 'api-gateway'],
  resourceStep: 'aoai-account',
  after: ['aoai-custom-subdomain'],
  nameStep: 'aoai-custom-subdomain',
  zonesOfNew: (context) => {
    const create = context.optionalRole('openAi')?.create;
    return create ? expectedPrivateZones(context.cloud, create.kind) : [];
  },
  connectionWrite: 'Microsoft.CognitiveServices/accounts/privateEndpointConnections/write',
  sources: {
    zone: [...WEB_APP_DNS, JAPANESE],
    link: [...WEB_APP_DNS, JAPANESE],
    endpoint: [
      JAPANESE,
      { seed: 'on-your-data.fr', section: 'Configurer Azure OpenAI / Désactiver l’accès au réseau public' },
      { seed: 'on-your-data.zh-tw', section: '設定 Azure OpenAI / 停用公用網路存取' },
      { seed: 'apim-app-gateway.fr', section: 'Configuration de Azure OpenAI avec un point de terminaison privé' },
      { policy: 'd6759c02-b87f-42b7-892e-71b3f471d782' },
    ],
    records: [...WEB_APP_DNS, JAPANESE, { policy: 'c4bc6f10-cb41-49eb-b000-d5ab82e2a091' }],
  },
};

const SEARCH_PRIVATE: PrivateService = {
  role: 'search',
  prefix: 'search',
  suffix: '',
  groupId: 'searchService',
  name: text('AI Search'),
  scenarios: ['on-your-data', 'ai-search'],
  resourceStep: 'search-service',
  after: ['search-tier-supports-private-link'],
  zonesOfNew: ({ cloud }) => [`privatelink.${cloud.searchSuffix}`],
  connectionWrite: 'Microsoft.Search/searchServices/privateEndpointConnections/write',
  sources: {
    zone: [...CLIENT_DNS, ZONE_NAMES],
    link: [...CLIENT_DNS, ZONE_NAMES],
    endpoint: [
      { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Désactiver l’accès au réseau public' },
      { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / 停用公用網路存取' },
      { seed: 'ai-search-security.fr', section: 'Connexion entrante à un point de terminaison privé' },
      { policy: 'd6759c02-b87f-42b7-892e-71b3f471d782' },
    ],
    records: [...CLIENT_DNS, { policy: 'fbc14a67-53e4-4932-abcc-2049c6706009' }],
  },
};

const STORAGE = {
  role: 'storage',
  prefix: 'storage',
  scenarios: ['on-your-data'],
  resourceStep: 'storage-account',
  after: ['storage-account'],
  connectionWrite: 'Microsoft.Storage/storageAccounts/privateEndpointConnections/write',
} as const satisfies Partial<PrivateService>;

const BLOB_PRIVATE: PrivateService = {
  ...STORAGE,
  suffix: '-blob',
  groupId: 'blob',
  name: text('Blob Storage'),
  zonesOfNew: ({ cloud }) => [`privatelink.blob.${cloud.storageSuffix}`],
  sources: {
    zone: [...CLIENT_DNS, ZONE_NAMES],
    link: [...CLIENT_DNS, ZONE_NAMES],
    endpoint: [
      { seed: 'on-your-data.fr', section: 'Configurer un compte de stockage / Désactiver l’accès au réseau public' },
      { seed: 'on-your-data.zh-tw', section: '設定儲存體帳戶 / 停用公用網路存取' },
      { policy: '6edd7eda-6dd8-40f7-810d-67160c639cd9' },
    ],
    records: [...CLIENT_DNS, { policy: '75973700-529f-4de2-b794-fb9b6781b6b0' }],
  },
};

const PROJECT_ROLE: Source = { seed: 'on-your-data.fr', section: 'Affectations de rôles' };

const FILE_PRIVATE: PrivateService = {
  ...STORAGE,
  suffix: '-file',
  groupId: 'file',
  name: text('Azure Files'),
  zonesOfNew: ({ cloud }) => [`privatelink.file.${cloud.storageSuffix}`],
  sources: {
    zone: [PROJECT_ROLE, ZONE_NAMES],
    link: [PROJECT_ROLE, ZONE_NAMES],
    endpoint: [PROJECT_ROLE, { policy: '6edd7eda-6dd8-40f7-810d-67160c639cd9' }],
    records: [PROJECT_ROLE, { policy: '6df98d03-368a-4438-8730-a93c4d7693d6' }],
  },
  notApplicable: ({ setup }) =>
    setup.options.fileEndpoint ? undefined : text('This setup has no private endpoint for file shares.'),
};

export const PRIVATE_SERVICES: readonly PrivateService[] = [OPENAI_PRIVATE, SEARCH_PRIVATE, BLOB_PRIVATE, FILE_PRIVATE];

/** The private ways that a setup wants. */
export function privateServicesOf(setup: Setup): readonly PrivateService[] {
  return PRIVATE_SERVICES.filter(({ scenarios }) =>
    scenarios.some((scenario) => setup.scenarios.includes(scenario)),
  ).filter((service) => service.notApplicable?.({ setup }) === undefined);
}

/** The ways into the resource in a role. */
export function privateServicesTo(role: PrivateService['role']): readonly PrivateService[] {
  return PRIVATE_SERVICES.filter((service) => service.role === role);
}

/** The id of a step in the family of a service: `storage-private-endpoint-blob`. */
export function privateStepId(
  { prefix, suffix }: PrivateService,
  part: 'private-dns-zone' | 'private-dns-link' | 'private-endpoint' | 'private-dns-records',
): string {
  return `${prefix}-${part}${suffix}`;
}

/** The steps that make up the private path to the resource in a role: all have to hold when the public one is closed. */
export function privatePathSteps(role: PrivateService['role']): readonly string[] {
  return privateServicesTo(role).flatMap((service) => [
    ...(service.nameStep === undefined ? [] : [service.nameStep]),
    privateStepId(service, 'private-endpoint'),
    privateStepId(service, 'private-dns-records'),
    privateStepId(service, 'private-dns-link'),
  ]);
}

/** What the four steps of a service have in common. */
export function familyOf(service: PrivateService) {
  return {
    group: 'privateNetwork',
    on: service.role,
    scenarios: service.scenarios,
    severity: 'high',
    ...(service.notApplicable && { notApplicable: service.notApplicable }),
  } as const satisfies Partial<Step>;
}
