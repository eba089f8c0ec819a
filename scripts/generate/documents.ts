import { setupJsonSchema } from '../../src/core/setup/setupSchema';
import { coverageDocument } from './coverageDocument';
import { readSentences, sentenceBundle } from './sentences';
import { stepsDocument } from './stepsDocument';

/** Every file that is derived from the source, by its path in the project. @throws where a sentence cannot be collected. */
export function generateDocuments(root: string): ReadonlyMap<string, string> {
  return new Map([
    ['media/ringfence.schema.json', json(setupJsonSchema())],
    ['l10n/bundle.l10n.json', json(sentenceBundle(readSentences(root)))],
    ['docs/steps.md', stepsDocument()],
    ['docs/coverage.md', coverageDocument()],
  ]);
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
