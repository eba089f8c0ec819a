import { text } from '../text';
import { presenceOf } from './presence';
import { defineStep, type Step } from './step';

const logAnalyticsWorkspace = defineStep({
  id: 'log-analytics-workspace',
  title: text('Log Analytics workspace'),
  why: text(
    'Logs of all services come together here, so that one query shows what happened across them. Without a destination, no service writes any.',
  ),
  group: 'governance',
  on: 'logAnalyticsWorkspace',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Journal d’activité et journaux de ressource' },
    {
      reference: 'Log Analytics workspace overview',
      url: 'https://learn.microsoft.com/azure/azure-monitor/logs/log-analytics-workspace-overview',
    },
  ],
  severity: 'medium',
  expects: (context) =>
    presenceOf(context, 'logAnalyticsWorkspace', ({ location }) => ({
      create: { location, properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 } },
      undoCreate: {
        kind: 'delete',
        note: text('Its logs go with it. For 14 days Azure can bring back a deleted workspace.'),
      },
    })),
  permissions: ['Microsoft.OperationalInsights/workspaces/write'],
  risk: {
    kind: 'cost',
    note: text('Every gigabyte of logs costs about 2.50 US dollars, with 30 days of keeping them.'),
  },
  typicalSeconds: 20,
});

export const WORKSPACE_STEPS: readonly Step[] = [logAnalyticsWorkspace];
