import { lastPartOf } from '../plan/reference';
import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import { text, type Text } from '../text';
import type { StepContext } from './step';
import { goesByRoles, vaultHost } from './vaultFacts';

/** What services encrypt with where a setup wants keys of its own: which keys, and how they are written down. */

export interface EncryptionKey {
  readonly name: string;
  readonly keySize: 2048 | 3072;
}

/** AI Search and Storage take keys of several sizes; 3072 bits last longer. */
export const SHARED_KEY: EncryptionKey = { name: 'ringfence-cmk', keySize: 3072 };

/** Azure OpenAI takes one size only. Source: https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest */
export const OPENAI_KEY: EncryptionKey = { name: 'ringfence-cmk-openai', keySize: 2048 };

/** Why data is not encrypted with keys of the customer's own, where the setup does not want that. */
export function withoutOwnKeys({ setup }: StepContext): Text | undefined {
  return setup.options.customerManagedKeys
    ? undefined
    : text(
        'Keys of your own are not wanted in this setup. Azure encrypts everything anyway; with your own keys, queries of AI Search take 30 to 60 % longer.',
      );
}

/** The keys that the services of the setup need in its vault. */
export function keysWanted(context: StepContext): readonly EncryptionKey[] {
  const { search, storage, openAi } = context.setup.roles;
  const isSearchOrStorage = context.setup.scenarios.includes('ai-search') && (search ?? storage) !== undefined;
  const isOpenAi = openAi !== undefined && !goesByRoles(context.read(context.role('keyVault').id));
  return [...(isSearchOrStorage ? [SHARED_KEY] : []), ...(isOpenAi ? [OPENAI_KEY] : [])];
}

export function encryptionKeyId(vault: string, name: string): string {
  return childId(vault, 'keys', name);
}

/** The vault's address as services are told it. */
export function vaultUri(context: StepContext, vault: string): string {
  return `https://${vaultHost(context, vault)}/`;
}

/** The key's present version, or where it will be read once the key is there. */
export function keyVersion(context: StepContext, key: string): string {
  const uri = asString(readPath(context.read(key), 'properties.keyUriWithVersion'));
  return uri?.split('/').at(-1) ?? lastPartOf(key, 'properties.keyUriWithVersion');
}
