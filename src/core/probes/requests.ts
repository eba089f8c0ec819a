import type { DataService } from '../clouds';
import type { ProbeRequest } from './probe';

/**
 * The cheapest read of each data plane, which shows whether the service answers a caller at all.
 * Sources: Azure OpenAI reference, models list; Azure AI Search REST, service statistics; Blob service REST, list containers;
 * Azure Key Vault REST, list certificates.
 */
const CHEAPEST: Readonly<Record<DataService, Pick<ProbeRequest, 'path' | 'headers'>>> = {
  openAi: { path: '/openai/models?api-version=2024-10-21' },
  search: { path: '/servicestats?api-version=2024-07-01' },
  storage: { path: '/?comp=list&maxresults=1', headers: { 'x-ms-version': '2023-11-03' } },
  keyVault: { path: '/certificates?maxresults=1&api-version=7.4' },
};

/** A request to a host that costs nothing and changes nothing. */
export function cheapestRequest(service: DataService, host: string): ProbeRequest {
  return { service, host, method: 'GET', ...CHEAPEST[service] };
}
