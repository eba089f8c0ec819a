import { PRINCIPAL_ID, PRINCIPAL_NAME } from '../azure';
import type { Principal } from './directory';

/** The group of the people who build with Azure OpenAI. The operator is one of them. */
export const DEVELOPERS_ID = '2f8c7b15-6a0e-4d93-9c41-b7e5d0a3f826';

/** The group of the people who keep things running. */
export const OPERATIONS_ID = '6e1d4a97-3b5f-4c82-b0e9-7f2a8c6d5103';

/** The group of the people who may see what is about people. */
export const PEOPLE_ID = 'e4a97c26-8d15-4f03-b6c8-1d5b90e7f24a';

/** A service principal that builds and deploys. */
export const PIPELINE_ID = 'b75e2c81-0d46-4f9a-93b8-5a1e7c4d2f60';

/** Everybody who is in the directory before any resource has an identity. */
export const PEOPLE: readonly Principal[] = [
  {
    id: PRINCIPAL_ID,
    type: 'User',
    displayName: 'Contoso Developer',
    userPrincipalName: PRINCIPAL_NAME,
    memberOf: [DEVELOPERS_ID],
  },
  {
    id: '4c9a1e73-58d2-4b06-8f37-e1a6c2d5b940',
    type: 'User',
    displayName: 'Aiko Tanaka',
    userPrincipalName: 'aiko.tanaka@contoso.com',
    memberOf: [DEVELOPERS_ID],
  },
  {
    id: '8d3f6b20-91c7-4ea5-a254-0c7b9e1f3d68',
    type: 'User',
    displayName: 'Camille Durand',
    userPrincipalName: 'camille.durand@contoso.com',
  },
  { id: DEVELOPERS_ID, type: 'Group', displayName: 'Contoso AI Developers' },
  { id: OPERATIONS_ID, type: 'Group', displayName: 'Contoso Operations' },
  { id: PEOPLE_ID, type: 'Group', displayName: 'Contoso People and Culture' },
  { id: PIPELINE_ID, type: 'ServicePrincipal', displayName: 'contoso-pipeline' },
];
