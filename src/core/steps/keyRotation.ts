import { daysBetween } from '../days';
import { KEY_LIFETIME_DAYS, KEYS_OFF } from '../keys/keySlots';
import { asString, isJsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import type { KeyedRole } from '../setup/setup';
import { text, type Text } from '../text';
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
}

function rotation({ role, after, ...words }: Rotation): Step {
  return defineStep({
    ...words,
    why: text(
      'A key that has been around for long has been in many places. Each service has two, so that one can be replaced while the other is in use.',
    ),
    group: 'governance',
    on: role,
    after: [after],
    severity: 'medium',
    notApplicable: (context) => {
      const service = context.read(context.role(role).id);
      if (readPath(service, KEYS_OFF[role].at) === KEYS_OFF[role].value)
        return text('No key is accepted, so there is none to replace.');
      return context.setup.options.apiKeys === 'off'
        ? text('This setup does without keys, so they are to be switched off and not replaced.')
        : undefined;
    },
    manual: (context, target) => {
      const since = lastRotation(context, role, target);
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
      const since = lastRotation(context, role, target);
      return since === undefined ? [] : [text('The keys were last replaced on {0}.', since)];
    },
    expects: (_, target) => [{ resource: target, assertions: [], observed: true }],
    permissions: [],
    risk: { kind: 'none', note: text('Callers of a key that is replaced are refused until they have the new one.') },
    typicalSeconds: 0,
  });
}

/** The day on which the older one of the keys was made. Storage knows it; of the others, the setup does. */
function lastRotation(context: StepContext, role: KeyedRole, target: string): string | undefined {
  const times = readPath(context.read(target), 'properties.keyCreationTime');
  const made = isJsonObject(times) ? Object.values(times).map((time) => asString(time)?.slice(0, 10)) : [];
  const known = made.filter((day) => day !== undefined).sort();
  return known.length === 2 ? known[0] : context.setup.options.keysRotated[role];
}

const searchKeys = rotation({
  id: 'search-key-rotation',
  title: text('Keys of Search replaced regularly'),
  role: 'search',
  scenarios: ['ai-search'],
  after: 'search-service',
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
  sources: [
    API_KEYS,
    {
      reference: 'Manage storage account access keys',
      url: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
    },
  ],
});

export const KEY_ROTATION_STEPS: readonly Step[] = [searchKeys, openAiKeys, storageKeys];
