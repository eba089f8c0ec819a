import type { ScenarioId } from '../../../core/setup/scenarios';
import { KEYED_ROLES, type KeyedRole, type PolicyEffect } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { ChoiceField, FormField, FormSection, TextOptionField } from '../../../protocol/setupForm';
import type { FormContext } from './formInput';
import { roleFields, section, summaryOf } from './formSection';
import { choiceField, switchField, textField } from './optionFields';

/** Whether the scenarios ask for logs, locks and policies. */
export function hasProtection(scenarios: readonly ScenarioId[]): boolean {
  return scenarios.includes('api-gateway') || scenarios.includes('ai-search');
}

/** What keeps the fence standing once it stands: logs, locks, policies, alerts and keys. */
export function protectionSection(context: FormContext): FormSection {
  const { scenarios, roles } = context.candidate;
  const hasVaultAlready = scenarios.includes('api-gateway');
  const fields: readonly FormField[] = [
    ...roleFields(context, ['logAnalyticsWorkspace']),
    switchField('locks', context),
    policiesField(context),
    alertField(context),
    switchField('defender', context),
    switchField('defenderForServices', context),
    ...(hasVaultAlready ? [] : roleFields(context, ['keyVault'])),
    switchField('customerManagedKeys', context),
    ...rotationFields(context),
  ];
  const help = text('What keeps it so: logs, locks, policies, alerts, and keys of your own.');
  const summary = roles.logAnalyticsWorkspace
    ? text('logs go to {0}', summaryOf(roles.logAnalyticsWorkspace, text('nowhere')))
    : text('no logs');
  return section(context, 'protection', text('Protection'), help, fields, { summary, folded: true });
}

const EFFECTS: Readonly<Record<PolicyEffect, Text>> = {
  audit: text('Report what leaves the desired state'),
  deny: text('Refuse what leaves the desired state'),
  off: text('No policies'),
};

function policiesField(context: FormContext): ChoiceField {
  const help = text(
    'Microsoft’s own definitions, assigned to the resource group. Begin with reports, and refuse once they are empty.',
  );
  return choiceField(context, 'policies', text('Azure Policy'), help, EFFECTS);
}

function alertField(context: FormContext): TextOptionField {
  const help = text(
    'A message is sent when somebody deletes a resource or opens it. Nobody gets one where this is empty.',
  );
  const value = context.candidate.options.alertEmail ?? '';
  return textField(context, 'alertEmail', text('E-mail address for alerts'), help, value, 'security@contoso.com');
}

const ROTATED: Readonly<Record<KeyedRole, Text>> = {
  openAi: text('Keys of Azure OpenAI were last replaced on'),
  search: text('Keys of Azure AI Search were last replaced on'),
  storage: text('Keys of the storage account were last replaced on'),
  apiManagement: text('Keys of API Management were last replaced on'),
};

function rotationFields(context: FormContext): readonly TextOptionField[] {
  const { roles, options } = context.candidate;
  const help = text('Azure does not tell it. Without a date, the step about them asks for one.');
  const ofSubscription = text('Azure does not tell it. Without a date, they are as old as their subscription.');
  // Keys of API Management are needed, whatever the setup says of others.
  const isUsed = (role: KeyedRole): boolean => role === 'apiManagement' || options.apiKeys === 'keep';
  return KEYED_ROLES.filter((role) => roles[role] !== undefined && isUsed(role)).map((role) =>
    textField(
      context,
      `keysRotated.${role}`,
      ROTATED[role],
      role === 'apiManagement' ? ofSubscription : help,
      options.keysRotated[role] ?? '',
      '2026-11-22',
    ),
  );
}
