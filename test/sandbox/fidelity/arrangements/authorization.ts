import { SUBSCRIPTION_ID } from '../../../../src/sandbox/azure';
import { PIPELINE_ID } from '../../../../src/sandbox/directory/people';
import { account, accountId, groupId, resourceGroup } from '../../../../src/sandbox/worlds/builders';
import type { Preparation, Arrangement } from '../arrangement';

const GROUP = groupId('contoso-rg');
const ACCOUNT = accountId('contoso-rg', 'contoso-openai');
const NAME = '00000000-0000-0000-0000-000000000002';
const OPENAI_USER = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd';
const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';

const assigned = (name: string, version = '2022-04-01'): Preparation => ({
  method: 'PUT',
  url: `${GROUP}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=${version}`,
  body: {
    properties: {
      principalId: PIPELINE_ID,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${OPENAI_USER}`,
    },
  },
});

/** Role assignments and role definitions. The recorded assignments are to a service principal. Principals and roles of the records are replaced by those that the sandbox has. */
export const authorizationArrangements: Readonly<Record<string, Arrangement>> = {
  'authorization.roleAssignment.put.create': {
    seed: [resourceGroup('contoso-rg', 'westus2'), account(ACCOUNT)],
    instead: {
      'Microsoft.Storage/storageAccounts/contosostorage': 'Microsoft.CognitiveServices/accounts/contoso-openai',
      '00000000-0000-0000-0000-000000000003': PIPELINE_ID,
      '00000000-0000-0000-0000-000000000004': OPENAI_USER,
    },
  },
  'authorization.roleAssignment.get': { before: [assigned(NAME)] },
  'authorization.roleAssignment.get.404': {},
  'authorization.roleAssignment.put.principalNotFound': {
    instead: {
      '00000000-0000-0000-0000-000000000003': '00000000-0000-0000-0000-000000000000',
      '00000000-0000-0000-0000-000000000004': OPENAI_USER,
    },
  },
  'authorization.roleAssignment.put.badPrincipal': { instead: { '00000000-0000-0000-0000-000000000003': OPENAI_USER } },
  'authorization.roleAssignment.put.exists': {
    before: [assigned('00000000-0000-0000-0000-000000000007')],
    instead: {
      rgmsi9383: 'contoso-rg',
      '00000000-0000-0000-0000-000000000003': OPENAI_USER,
      '00000000-0000-0000-0000-000000000004': PIPELINE_ID,
    },
  },
  'authorization.roleAssignment.delete': { before: [assigned(NAME)] },
  'authorization.roleAssignment.delete.absent': {},
  'authorization.roleDefinition.list': { instead: { '00000000-0000-0000-0000-000000000002': CONTRIBUTOR } },
};
