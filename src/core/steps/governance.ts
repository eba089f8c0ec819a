import { extensionId } from '../resources/resourceId';
import { rolesOf } from '../setup/roles';
import type { ScenarioId } from '../setup/scenarios';
import type { RoleId } from '../setup/setup';
import { text, type Text } from '../text';
import type { Assertion } from './matcher';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/** What watches over all of it. */

/** Plans for the other services of a setup, by the role that makes them matter. */
const SERVICE_PLANS: Readonly<Partial<Record<RoleId, string>>> = {
  storage: 'StorageAccounts',
  keyVault: 'KeyVaults',
  apiManagement: 'Api',
  webApp: 'AppServices',
};

/** Scenarios that watch over more than the models. */
export const GOVERNED: readonly ScenarioId[] = ['api-gateway', 'ai-search'];

function planId(subscription: string, plan: string): string {
  return extensionId(subscription, 'Microsoft.Security/pricings', plan);
}

/** Names of the plans that match what the setup has. */
function servicePlans({ setup }: StepContext): readonly string[] {
  const governed = setup.scenarios.filter((scenario) => GOVERNED.includes(scenario));
  return rolesOf(governed).flatMap(({ id }) => (setup.roles[id] ? (SERVICE_PLANS[id] ?? []) : []));
}

const IS_ON: Assertion = {
  at: 'properties.pricingTier',
  absentMeans: 'Free',
  must: { kind: 'equals', value: 'Standard' },
};

/** The plan for APIs comes in sizes, and Azure chooses none by itself: P1 is the smallest. */
const SUB_PLANS: Readonly<Record<string, readonly Assertion[]>> = {
  Api: [{ at: 'properties.subPlan', must: { kind: 'present', propose: 'P1' } }],
};

function switchedOn(subscription: string, plan: string): Expectation {
  return {
    resource: planId(subscription, plan),
    assertions: [IS_ON, ...(SUB_PLANS[plan] ?? [])],
    comesByItself: true,
    permissions: [{ action: 'Microsoft.Security/pricings/write', scope: subscription }],
  };
}

const defenderForAi = defineStep({
  id: 'defender-for-ai',
  title: text('Microsoft Defender watches AI workloads'),
  why: text(
    'Defender for Cloud raises alerts about attacks on models: leaked data, poisoned prompts, stolen credentials. The plan is for the whole subscription.',
  ),
  group: 'governance',
  on: 'subscription',
  scenarios: ['on-your-data', 'api-gateway', 'ai-search'],
  after: ['resource-providers'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Utiliser Microsoft Defender pour le cloud' },
    { seed: 'on-your-data.zh-tw', section: '使用適用於雲端的 Microsoft Defender' },
    { policy: 'c2c0c6d8-007b-4a48-8d9b-3539bddd8e87' },
  ],
  severity: 'medium',
  notApplicable: ({ setup }) => (setup.options.defender ? undefined : text('Defender is left out of this setup.')),
  notes: () => [
    text('The document still sends you to a form for a preview. The plan is generally available, so none is needed.'),
  ],
  expects: (_, subscription) => [switchedOn(subscription, 'AI')],
  permissions: ['Microsoft.Security/pricings/write'],
  risk: {
    kind: 'cost',
    note: text('Defender for AI is billed by the tokens that it inspects, for every account of the subscription.'),
  },
  typicalSeconds: 5,
});

const LEFT_OUT = text(
  'Plans of Defender for other services are billed for every such resource of the subscription, so Ringfence only turns them on where the setup says so.',
);

/** What of the setup no plan watches, where nobody asked for one. */
function whyNot(context: StepContext): Text | undefined {
  if (!context.setup.options.defenderForServices) return LEFT_OUT;
  const none = text('This setup has no service that another plan of Defender is for.');
  return servicePlans(context).length === 0 ? none : undefined;
}

const defenderForServices = defineStep({
  id: 'defender-for-services',
  title: text('Microsoft Defender watches the other services'),
  why: text(
    'Models are only one way in. Defender for Cloud raises alerts about attacks on storage accounts, key vaults, APIs and web apps too, each with a plan of its own for the whole subscription.',
  ),
  group: 'governance',
  on: 'subscription',
  scenarios: GOVERNED,
  after: ['resource-providers'],
  sources: [
    { policy: '640d2586-54d2-465f-877f-9ffc1d2109f4' },
    { policy: '0e6763cc-5078-4e64-889d-ff4d9a839047' },
    { policy: '7926a6d1-b268-4586-8197-e8ae90c877d7' },
    { policy: '2913021d-f2fd-4f3d-b958-22354e2bdbcb' },
    {
      reference: 'What is Microsoft Defender for Cloud?',
      url: 'https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction',
    },
  ],
  severity: 'low',
  notApplicable: whyNot,
  expects: (context, subscription) => servicePlans(context).map((plan) => switchedOn(subscription, plan)),
  permissions: ['Microsoft.Security/pricings/write'],
  risk: {
    kind: 'cost',
    note: text(
      'Each plan is billed for every such resource of the subscription: by the storage account, by the vault, by the instances of web apps. The one for APIs costs about 200 US dollars a month, used or not, for a million calls.',
    ),
  },
  typicalSeconds: 5,
});

export const GOVERNANCE_STEPS: readonly Step[] = [defenderForAi, defenderForServices];
