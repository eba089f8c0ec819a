import { CLOUDS, type CloudId } from '../../core/clouds';
import { findStep } from '../../core/steps/registry';
import type { SeedId, Source } from '../../core/steps/source';
import { text, type Text } from '../../core/text';
import type { SourceLink } from '../../protocol/wizardState';
import type { Localize } from '../localize';

/** The documents by their own titles. */
const SEED_TITLES: Readonly<Record<SeedId, string>> = {
  'on-your-data.fr': 'Utiliser Azure OpenAI en toute sécurité sur vos données',
  'on-your-data.zh-tw': '安全地在您的數據上使用 Azure OpenAI',
  'vnet-only.ja': 'Azure OpenAI Service の利用を VNet 経由に限定する方法',
  'apim-app-gateway.fr': 'Intégrer Azure OpenAI en toute sécurité avec APIM et App Gateway',
  'ai-search-security.fr': 'Vue d’ensemble de la sécurité dans la recherche Azure AI',
};

/** The sources of a step as the page shows them: each is a name, and only the host knows the address behind it. */
export function presentSources(step: string, sources: readonly Source[], t: Localize): readonly SourceLink[] {
  return sources.map((source, index) => ({
    label: t(labelOf(source)),
    linkId: 'seed' in source ? null : `${step}#${index}`,
  }));
}

/** The address of a link that `presentSources` named; undefined for any other. */
export function addressOfLink(linkId: string, cloud: CloudId): string | undefined {
  const [step = '', index = ''] = linkId.split('#');
  const source = findStep(step)?.sources[Number(index)];
  if (source === undefined || 'seed' in source) return undefined;
  if ('url' in source) return source.url;
  const definition = encodeURIComponent(`/providers/Microsoft.Authorization/policyDefinitions/${source.policy}`);
  return `${CLOUDS[cloud].portal}/#blade/Microsoft_Azure_Policy/PolicyDetailBlade/definitionId/${definition}`;
}

function labelOf(source: Source): Text {
  if ('seed' in source) return text('{0}, “{1}”', SEED_TITLES[source.seed], source.section);
  if ('url' in source) return text('{0}', source.reference);
  return text('Azure Policy {0}', source.policy.slice(0, 8));
}
