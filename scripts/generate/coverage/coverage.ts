import { STEPS } from '../../../src/core/steps/registry';
import type { Step } from '../../../src/core/steps/step';
import { searchSecurityFrench } from './ai-search-security.fr';
import { apiGatewayFrench } from './apim-app-gateway.fr';
import { onYourDataFrench } from './on-your-data.fr';
import { onYourDataChinese } from './on-your-data.zh-tw';
import type { Answer, CoveredDocument, CoveredSection, Sentence } from './statement';
import { vnetOnlyJapanese } from './vnet-only.ja';

/** The documents whose every sentence is accounted for. */
export const DOCUMENTS: readonly CoveredDocument[] = [
  onYourDataFrench,
  onYourDataChinese,
  vnetOnlyJapanese,
  apiGatewayFrench,
  searchSecurityFrench,
];

/** A sentence with its place. */
export interface Place {
  readonly document: CoveredDocument;
  readonly section: CoveredSection;
  readonly sentence: Sentence;
}

/** Every sentence of a document, in its order. */
export function placesIn(document: CoveredDocument): readonly Place[] {
  return document.sections.flatMap((section) => section.sentences.map((sentence) => ({ document, section, sentence })));
}

export function answersAt({ sentence: [, { answers }] }: Place): readonly Answer[] {
  return answers;
}

/** Ids of the steps that an answer names, by itself or by its section. */
export function stepsOf(answer: Answer, { document, section }: Place): readonly string[] {
  if (answer.kind === 'steps') return answer.ids;
  return answer.kind === 'stepsOfSection' ? stepsNaming(document, section).map(({ id }) => id) : [];
}

/** The steps that name the section among their sources. */
export function stepsNaming({ seed }: CoveredDocument, { name }: CoveredSection): readonly Step[] {
  return STEPS.filter(({ sources }) =>
    sources.some((source) => 'seed' in source && source.seed === seed && source.section === name),
  );
}

/** The steps that are in no row: other documents, or Azure's own policies, ask for them. */
export function stepsNotAskedFor(): readonly Step[] {
  const named = new Set(
    DOCUMENTS.flatMap(placesIn).flatMap((place) => answersAt(place).flatMap((answer) => stepsOf(answer, place))),
  );
  return STEPS.filter(({ id }) => !named.has(id));
}
