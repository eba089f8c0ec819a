import type { ScenarioId } from '../setup/scenarios';
import type { RoleId } from '../setup/setup';
import { text, type Text } from '../text';
import type { Source } from './source';

/**
 * Logs of a service, by diagnostic settings.
 * Source: https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings, api-version 2021-05-01-preview
 */
export interface LoggedService {
  readonly role: Extract<RoleId, 'openAi' | 'search' | 'storage' | 'apiManagement' | 'applicationGateway' | 'keyVault'>;
  /** The id of its step is `{prefix}-diagnostics`. */
  readonly prefix: string;
  readonly title: Text;
  readonly why: Text;
  readonly scenarios: readonly ScenarioId[];
  /** The step that has the resource in place. */
  readonly after: string;
  /** What below the resource has the logs. */
  readonly below?: string;
  /** The categories that together say who did what. */
  readonly audit: readonly string[];
  /** The group that a new setting sends. */
  readonly group: 'allLogs' | 'audit';
  /** Whether it takes `AllMetrics`; metrics of storage are kept for 93 days without a setting. */
  readonly metrics: boolean;
  readonly sources: readonly Source[];
  readonly cost: Text;
  readonly note?: Text;
}

const SEED: Source = { seed: 'ai-search-security.fr', section: 'Journal d’activité et journaux de ressource' };
const BOTH: readonly ScenarioId[] = ['api-gateway', 'ai-search'];
const GATEWAY: readonly ScenarioId[] = ['api-gateway'];

/** Every service whose logs say who did what. */
export const LOGGED_SERVICES: readonly LoggedService[] = [
  {
    role: 'openAi',
    prefix: 'aoai',
    title: text('Logs of Azure OpenAI'),
    why: text(
      'Requests, their volume and every change of settings are written down, without the prompts themselves. A peak or a stranger shows only where somebody logs.',
    ),
    scenarios: BOTH,
    after: 'aoai-account',
    audit: ['Audit'],
    group: 'allLogs',
    metrics: true,
    sources: [SEED, { policy: '1b4d1c4e-934c-4703-944c-27c82c06bebb' }],
    cost: text('Each request makes about one kilobyte of logs, which the workspace bills by volume.'),
  },
  {
    role: 'search',
    prefix: 'search',
    title: text('Logs of AI Search'),
    why: text(
      'The service writes down every creation, reading, change and deletion. Together with other logs they show what happened, and when load leaves the expected.',
    ),
    scenarios: ['ai-search'],
    after: 'search-service',
    audit: ['OperationLogs'],
    group: 'allLogs',
    metrics: true,
    sources: [
      SEED,
      { seed: 'ai-search-security.fr', section: 'Certifications et conformité' },
      { policy: 'b4330a05-a843-4bc8-bf9a-cacce50c67f4' },
    ],
    cost: text('Each query makes about one kilobyte of logs, which the workspace bills by volume.'),
    note: text(
      'Logs of Search carry no identities of users. Who asked can only be found together with the logs of the app in front.',
    ),
  },
  {
    role: 'storage',
    prefix: 'storage',
    title: text('Logs of blobs'),
    why: text(
      'Every reading, writing and deletion of a document is written down, with the identity that did it. It is where logs of Search are joined to a name.',
    ),
    scenarios: ['ai-search'],
    after: 'storage-account',
    below: 'blobServices/default',
    audit: ['StorageRead', 'StorageWrite', 'StorageDelete'],
    group: 'allLogs',
    metrics: false,
    sources: [
      SEED,
      {
        reference: 'Monitor Azure Blob Storage',
        url: 'https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage',
      },
    ],
    cost: text('Every access to a blob is a line, which can be a lot. The workspace bills them by volume.'),
  },
  {
    role: 'apiManagement',
    prefix: 'apim',
    title: text('Logs of API Management'),
    why: text(
      'Each call is written down with its subscription, its answer and its duration. Callers from outside are told apart nowhere else.',
    ),
    scenarios: GATEWAY,
    after: 'apim-service',
    audit: ['GatewayLogs'],
    group: 'allLogs',
    metrics: true,
    sources: [
      {
        reference: 'Monitor API Management',
        url: 'https://learn.microsoft.com/azure/api-management/monitor-api-management',
      },
    ],
    cost: text('Each call makes a few kilobytes of logs, which the workspace bills by volume.'),
  },
  {
    role: 'applicationGateway',
    prefix: 'appgw',
    title: text('Logs of the application gateway'),
    why: text(
      'The firewall says there what it blocked and why, and what it would have blocked in detection mode. Without its log nobody can tune its rules.',
    ),
    scenarios: GATEWAY,
    after: 'appgw',
    audit: ['ApplicationGatewayAccessLog', 'ApplicationGatewayFirewallLog'],
    group: 'allLogs',
    metrics: true,
    sources: [
      {
        reference: 'Diagnostic logs for Application Gateway',
        url: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-diagnostics',
      },
      { policy: '8a04f872-51e9-4313-97fb-fc1c3543011c' },
    ],
    cost: text('Each request from outside makes a line or more, which the workspace bills by volume.'),
  },
  {
    role: 'keyVault',
    prefix: 'key-vault',
    title: text('Logs of the key vault'),
    why: text(
      'Every use of a key and every reading of a secret is written down, with who did it. It is the only trace that a stolen key leaves.',
    ),
    scenarios: BOTH,
    after: 'key-vault',
    audit: ['AuditEvent'],
    group: 'audit',
    metrics: true,
    sources: [
      SEED,
      { reference: 'Azure Key Vault logging', url: 'https://learn.microsoft.com/azure/key-vault/general/logging' },
    ],
    cost: text('Each use of a key or a certificate is a line, which the workspace bills by volume.'),
  },
];
