import { asObjects } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceName } from '../resources/resourceId';
import { text } from '../text';
import { holds, type Assertion } from './matcher';
import { privatePathSteps } from './privateServices';
import { denyByDefault, isClosed, networkRules, publicAccessOff, refusePerimeter } from './publicAccess';
import { defineStep, type Step, type StepContext } from './step';
import { ACCOUNT_WRITE } from './storage';

/** Who may reach the storage account, and from where. */

const PRIVATE_PATH = privatePathSteps('storage');

/** Services of Azure that have a role come in, whatever the rules say of addresses. */
export const trustsServices: Assertion = {
  at: 'properties.networkAcls.bypass',
  absentMeans: 'AzureServices',
  must: { kind: 'includesWord', word: 'AzureServices', insteadOf: ['None'] },
  within: networkRules,
};

const storageTrustedServices = defineStep({
  id: 'storage-trusted-services',
  title: text('Trusted services may call Storage'),
  why: text(
    'Azure OpenAI and Search read and write documents from Microsoft’s network. The exception lets them in by identity and role, though nobody else gets in.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['storage-account'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer un compte de stockage / Activer le service approuvé' },
    { seed: 'on-your-data.zh-tw', section: '設定儲存體帳戶 / 啟用信任的服務' },
    { seed: 'ai-search-security.fr', section: 'Trafic sortant' },
    {
      seed: 'ai-search-security.fr',
      section: 'Exception pour les services de recherche et de stockage dans la même région',
    },
    { policy: 'c9d007d0-c057-4772-b18c-01e546713bcd' },
  ],
  severity: 'high',
  desired: (context, target) => {
    const { search } = context.setup.roles;
    const own = search && ruleFor(context, target, search.id);
    // A rule for the instance is narrower, and does where nobody but Search has to come in.
    return own !== undefined && !context.setup.scenarios.includes('on-your-data') ? [own] : [trustsServices];
  },
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'none',
    note: text('Every trusted service of Azure that has a role on the account gets in by its network rules.'),
  },
  typicalSeconds: 5,
});

/** The account's rule that lets one resource in by its identity; undefined where it has none. */
export function ruleFor(context: StepContext, account: string, resource: string): Assertion | undefined {
  const at = 'properties.networkAcls.resourceAccessRules';
  const isFor: Assertion = { at: 'resourceId', must: { kind: 'refersTo', id: resource } };
  const rules = asObjects(readPath(context.read(account), at));
  if (!rules.some((rule) => holds(rule, isFor))) return undefined;
  return { at, must: { kind: 'someItem', where: [isFor], what: text('a rule for {0}', resourceName(resource)) } };
}

const storageNetworkDefaultDeny = defineStep({
  id: 'storage-network-default-deny',
  title: text('Network rules of Storage deny by default'),
  why: text(
    'If public access is ever switched on again, nobody gets in until an address is listed. It is the second lock behind the first.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['on-your-data'],
  after: [...PRIVATE_PATH, 'storage-trusted-services'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer un compte de stockage / Activer le service approuvé' },
    { seed: 'on-your-data.zh-tw', section: '設定儲存體帳戶 / 啟用信任的服務' },
    { policy: '34c877ad-507e-4c82-993e-3452a6e0ad3c' },
  ],
  severity: 'high',
  // Rules have no effect while public access is off.
  desired: (context, target) => [isClosed(context.read(target)) ? publicAccessOff : denyByDefault(networkRules)],
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text('Callers from the internet are refused from then on, unless their address is listed.'),
  },
  guards: ['privatePathAnswers'],
  typicalSeconds: 5,
});

const storagePublicAccessDisabled = defineStep({
  id: 'storage-public-access-disabled',
  title: text('Public access to Storage disabled'),
  why: text(
    'The account answers through its private endpoints only. It comes last, because until the private path works it would cut everyone off.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['on-your-data'],
  after: [...PRIVATE_PATH, 'storage-trusted-services'],
  preferAfter: ['storage-network-default-deny'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer un compte de stockage / Désactiver l’accès au réseau public' },
    { seed: 'on-your-data.zh-tw', section: '設定儲存體帳戶 / 停用公用網路存取' },
    { policy: 'b2982f36-99f2-4db5-8eff-283140c09693' },
  ],
  severity: 'high',
  notes: (context, target) =>
    isClosed(context.read(target))
      ? [
          text(
            'One way in stays open by design: trusted services of Azure that have a role on the account still reach it. Look at its role assignments from time to time.',
          ),
        ]
      : [],
  desired: (context, target) => {
    refusePerimeter(context, target);
    return [publicAccessOff];
  },
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Nothing outside the virtual network reaches the documents any more, except trusted services. Management stays possible, so it can always be switched back.',
    ),
  },
  guards: ['privatePathAnswers'],
  typicalSeconds: 10,
});

export const STORAGE_NETWORK_STEPS: readonly Step[] = [
  storageTrustedServices,
  storageNetworkDefaultDeny,
  storagePublicAccessDisabled,
];
