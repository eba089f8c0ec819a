import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { extensionId } from '../resources/resourceId';
import { rolesOf } from '../setup/roles';
import type { ScenarioId } from '../setup/scenarios';
import type { RoleId } from '../setup/setup';
import { text } from '../text';
import { defineStep, type Step, type StepContext } from './step';

/** What watches over all of it. */

/** Plans for the other services of a setup, by the role that makes them matter. */
const SIBLINGS: Readonly<Partial<Record<RoleId, string>>> = {
  storage: 'StorageAccounts',
  keyVault: 'KeyVaults',
  apiManagement: 'Api',
};

/** Scenarios that watch over more than the models. */
const GOVERNED: readonly ScenarioId[] = ['api-gateway', 'ai-search'];

function plansLeftOff(context: StepContext, subscription: string): readonly string[] {
  const { setup } = context;
  const roles = rolesOf(setup.scenarios.filter((scenario) => GOVERNED.includes(scenario)));
  const plans = roles.flatMap(({ id }) => (setup.roles[id] ? (SIBLINGS[id] ?? []) : []));
  return plans.filter((plan) => {
    const present = context.read(extensionId(subscription, 'Microsoft.Security/pricings', plan));
    return asString(readPath(present, 'properties.pricingTier'))?.toLowerCase() === 'free';
  });
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
  notes: (context, subscription) => [
    text('The document still sends you to a form for a preview. The plan is generally available, so none is needed.'),
    ...plansLeftOff(context, subscription).map((plan) =>
      text(
        'The plan {0} of Defender is off. It is billed for the whole subscription, so Ringfence leaves it to you.',
        plan,
      ),
    ),
  ],
  expects: (_, subscription) => [
    {
      resource: extensionId(subscription, 'Microsoft.Security/pricings', 'AI'),
      assertions: [{ at: 'properties.pricingTier', absentMeans: 'Free', must: { kind: 'equals', value: 'Standard' } }],
      comesByItself: true,
      permissions: [{ action: 'Microsoft.Security/pricings/write', scope: subscription }],
    },
  ],
  permissions: ['Microsoft.Security/pricings/write'],
  risk: {
    kind: 'cost',
    note: text('Defender for AI is billed by the tokens that it inspects, for every account of the subscription.'),
  },
  typicalSeconds: 5,
});

export const GOVERNANCE_STEPS: readonly Step[] = [defenderForAi];
