import { daysBetween } from '../days';
import { KEY_LIFETIME_DAYS, keysAreOff } from '../keys/keySlots';
import { asString, isJsonObject, type Json } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import type { KeyedRole } from '../setup/setup';
import { text, type Text } from '../text';
import { subscriptionFor } from './apiManagementOpenAi';
import type { Source } from './source';
import { defineStep, type Step, type StepContext } from './step';

/** Keys that are still accepted are replaced from time to time: by a person, because only they can move the callers. */

const API_KEYS: Source = { seed: 'ai-search-security.fr', section: 'Gérer les clés API' };

interface Rotation {
  readonly id: string;
  readonly title: Text;
  readonly role: KeyedRole;
  readonly scenarios: Step['scenarios'];
  readonly after: string;
  readonly sources: readonly Source[];
  /** Why there is no key to replace; undefined where there is. */
  readonly notApplicable: NonNullable<Step['notApplicable']>;
  /** Whose keys they are, where that is not the resource in the role. */
  readonly keyHolder?: (context: StepContext, target: string) => string | undefined;
}

function rotation({ role, after, keyHolder, ...words }: Rotation): Step {
  const holder = (context: StepContext, target: string): string => keyHolder?.(context, target) ?? target;
  return defineStep({
    ...words,
    why: text(
      'A key that has been around for long has been in many places. Each service has two, so that one can be replaced while the other is in use.',
    ),
    group: 'governance',
    on: role,
    after: [after],
    severity: 'medium',
    manual: (context, target) => {
      const since = lastRotation(context, role, holder(context, target));
      if (since === undefined)
        return text(
          'Nobody has written down when the keys were replaced. Do it with “Ringfence: Rotate a Key”, or with “ringfence rotate-key” on the command line.',
        );
      const days = context.today === undefined ? undefined : daysBetween(since, context.today);
      return days !== undefined && days <= KEY_LIFETIME_DAYS
        ? undefined
        : text(
            'The older key is of {0}, and {1} days are enough. Replace both with “Ringfence: Rotate a Key”, or with “ringfence rotate-key” on the command line.',
            since,
            KEY_LIFETIME_DAYS,
          );
    },
    notes: (context, target) => {
      const since = lastRotation(context, role, holder(context, target));
      return since === undefined ? [] : [text('The keys were last replaced on {0}.', since)];
    },
    expects: (context, target) => [{ resource: holder(context, target), assertions: [], observed: true }],
    permissions: [],
    risk: { kind: 'none', note: text('Callers of a key that is replaced are refused until they have the new one.') },
    typicalSeconds: 0,
  });
}

const unlessAccepted =
  (role: KeyedRole) =>
  (context: StepContext): Text | undefined => {
    if (keysAreOff(role, context.read(context.role(role).id)))
      return text('No key is accepted, so there is none to replace.');
    return context.setup.options.apiKeys === 'off'
      ? text('This setup does without keys, so they are to be switched off and not replaced.')
      : undefined;
  };

/**
 * The day on which the older one of the keys was made. Storage knows it; of the others, the setup does. A subscription
 * of API Management comes with its keys, so that they are no older than itself.
 */
function lastRotation(context: StepContext, role: KeyedRole, holder: string): string | undefined {
  const properties = readPath(context.read(holder), 'properties');
  const times = readPath(properties, 'keyCreationTime');
  const made = isJsonObject(times) ? Object.values(times).map(dayIn) : [];
  const known = made.filter((day) => day !== undefined).sort();
  if (known.length === 2) return known[0];
  const came = role === 'apiManagement' ? dayIn(readPath(properties, 'createdDate')) : undefined;
  return [came, context.setup.options.keysRotated[role]]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
}

function dayIn(time: Json | undefined): string | undefined {
  return asString(time)?.slice(0, 10);
}

const searchKeys = rotation({
  id: 'search-key-rotation',
  title: text('Keys of Search replaced regularly'),
  role: 'search',
  scenarios: ['ai-search'],
  after: 'search-service',
  notApplicable: unlessAccepted('search'),
  sources: [
    API_KEYS,
    {
      reference: 'Connect to Azure AI Search using keys',
      url: 'https://learn.microsoft.com/azure/search/search-security-api-keys',
    },
  ],
});

const openAiKeys = rotation({
  id: 'aoai-key-rotation',
  title: text('Keys of Azure OpenAI replaced regularly'),
  role: 'openAi',
  scenarios: ['api-gateway', 'ai-search'],
  after: 'aoai-account',
  notApplicable: unlessAccepted('openAi'),
  sources: [
    API_KEYS,
    {
      reference: 'Rotate keys in Azure AI services',
      url: 'https://learn.microsoft.com/azure/ai-services/rotate-keys',
    },
  ],
});

const storageKeys = rotation({
  id: 'storage-key-rotation',
  title: text('Keys of Storage replaced regularly'),
  role: 'storage',
  scenarios: ['ai-search'],
  after: 'storage-account',
  notApplicable: unlessAccepted('storage'),
  sources: [
    API_KEYS,
    {
      reference: 'Manage storage account access keys',
      url: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
    },
  ],
});

const callersKeys = rotation({
  id: 'apim-key-rotation',
  title: text('Keys of API Management replaced regularly'),
  role: 'apiManagement',
  scenarios: ['api-gateway'],
  after: 'apim-subscription',
  keyHolder: (context, service) => subscriptionFor(context, service)?.id,
  notApplicable: (context) =>
    subscriptionFor(context, context.role('apiManagement').id) === undefined
      ? text('API Management has no subscription for callers outside yet.')
      : undefined,
  sources: [
    API_KEYS,
    {
      reference: 'Subscriptions in Azure API Management',
      url: 'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
    },
  ],
});

export const KEY_ROTATION_STEPS: readonly Step[] = [searchKeys, openAiKeys, storageKeys, callersKeys];
