import { text, type Text } from '../text';
import type { StepContext } from './step';

/** Why the keys of a service are not switched off, where the setup wants them. */
export function whereKeysAreKept({ setup }: StepContext): Text | undefined {
  return setup.options.apiKeys === 'keep' ? text('Keys are to be kept in this setup.') : undefined;
}
