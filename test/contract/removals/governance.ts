import { asObjects } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { childId, extensionId, resourceIdIn } from '../../../src/core/resources/resourceId';
import { SUBSCRIPTION_ID } from '../../../src/sandbox/azure';
import { objectOf } from '../../../src/sandbox/bodies';
import { groupId } from '../../../src/sandbox/worlds/builders';
import { AI_GROUP, OPENAI, SEARCH, STORAGE, VAULT, WORKSPACE } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import { NETWORK_RESOURCES } from './ids';
import { deleted, type Fate, type Removal } from './removal';

const plan = (name: string): string =>
  extensionId(`/subscriptions/${SUBSCRIPTION_ID}`, 'Microsoft.Security/pricings', name);
const INITIATIVE = extensionId(
  `/subscriptions/${SUBSCRIPTION_ID}`,
  'Microsoft.Authorization/policySetDefinitions',
  'ringfence',
);
const ALERT = resourceIdIn(NETWORK_RESOURCES, 'Microsoft.Insights/activityLogAlerts', 'ringfence');
const ACTION_GROUP = resourceIdIn(NETWORK_RESOURCES, 'Microsoft.Insights/actionGroups', 'ringfence');

/** Logs are no longer sent, though the setting is still there. */
function silenced(step: string, scope: string): Removal {
  const id = extensionId(scope, 'Microsoft.Insights/diagnosticSettings', 'ringfence');
  return {
    in: 'search',
    when: 'the setting is switched off',
    remove: async (hand) => {
      const { properties } = await hand.get(id);
      const logs = asObjects(readPath(properties, 'logs')).map((log) => ({ ...log, enabled: false }));
      await hand.put(id, { properties: { ...objectOf(properties), logs } });
    },
    nonCompliant: [step],
  };
}

export const GOVERNANCE_STEPS: Readonly<Record<string, Fate>> = {
  'defender-for-ai': {
    when: 'the plan is switched off',
    remove: (hand) => hand.put(plan('AI'), { properties: { pricingTier: 'Free' } }),
    nonCompliant: ['defender-for-ai'],
  },
  'defender-for-services': {
    in: 'search',
    when: 'the plan for storage accounts is switched off',
    remove: (hand) => hand.put(plan('StorageAccounts'), { properties: { pricingTier: 'Free' } }),
    nonCompliant: ['defender-for-services'],
  },
  'log-analytics-workspace': {
    ...deleted('the workspace is deleted', (hand) => hand.delete(WORKSPACE), {
      nonCompliant: [
        'log-analytics-workspace',
        'aoai-diagnostics',
        'search-diagnostics',
        'storage-diagnostics',
        'key-vault-diagnostics',
      ],
    }),
    in: 'search',
  },
  'aoai-diagnostics': silenced('aoai-diagnostics', OPENAI),
  'search-diagnostics': silenced('search-diagnostics', SEARCH),
  'storage-diagnostics': silenced('storage-diagnostics', childId(STORAGE, 'blobServices', 'default')),
  'key-vault-diagnostics': silenced('key-vault-diagnostics', VAULT),
  'apim-diagnostics': {
    in: 'gateway',
    when: 'the setting is deleted',
    remove: (hand) => deleteSettings(hand, 'Microsoft.ApiManagement/service'),
    nonCompliant: ['apim-diagnostics'],
  },
  'appgw-diagnostics': {
    in: 'gateway',
    when: 'the setting is deleted',
    remove: (hand) => deleteSettings(hand, 'Microsoft.Network/applicationGateways'),
    nonCompliant: ['appgw-diagnostics'],
  },
  'alert-action-group': {
    in: 'search',
    when: 'the action group is deleted',
    remove: (hand) => hand.delete(ACTION_GROUP),
    nonCompliant: ['alert-action-group'],
  },
  'activity-alerts': {
    in: 'search',
    when: 'the alert is switched off',
    remove: (hand) => hand.patch(ALERT, { properties: { enabled: false } }),
    nonCompliant: ['activity-alerts'],
  },
  'policy-initiative': {
    in: 'search',
    when: 'a definition is taken out of the initiative',
    remove: async (hand) => {
      const properties = objectOf((await hand.get(INITIATIVE))['properties']);
      const [, ...policyDefinitions] = asObjects(properties['policyDefinitions']);
      await hand.put(INITIATIVE, { properties: { ...properties, policyDefinitions } });
    },
    nonCompliant: ['policy-initiative'],
  },
  'policy-assignments': {
    in: 'search',
    when: 'the assignment to a group is deleted',
    remove: (hand) =>
      hand.delete(extensionId(groupId(AI_GROUP), 'Microsoft.Authorization/policyAssignments', 'ringfence')),
    nonCompliant: ['policy-assignments'],
  },
  'resource-locks': {
    in: 'locked',
    when: 'a lock is taken off',
    remove: (hand) => hand.delete(extensionId(SEARCH, 'Microsoft.Authorization/locks', 'ringfence')),
    nonCompliant: ['resource-locks'],
  },
};

/** Deletes Ringfence's setting of the only resource of a type in the network's group. */
async function deleteSettings(hand: ByHand, type: string): Promise<void> {
  const [resource] = asObjects((await hand.get(`${NETWORK_RESOURCES}/providers/${type}`))['value']);
  await hand.delete(extensionId(String(resource?.['id']), 'Microsoft.Insights/diagnosticSettings', 'ringfence'));
}
