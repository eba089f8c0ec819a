import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRINCIPAL_ID } from '../../src/sandbox/azure';
import { DEVELOPERS_ID } from '../../src/sandbox/directory/people';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { SEARCH } from '../../src/sandbox/worlds/exposed';
import { sdkAccess } from './sdkAccess';

const NAME = '0a1b2c3d-0000-4000-8000-000000000001';
const OTHER_NAME = '0a1b2c3d-0000-4000-8000-000000000002';

describe('the unmodified SDK of role assignments', () => {
  let sandbox: Sandbox;
  let client: AuthorizationManagementClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'exposed' });
    const { credential, options } = sdkAccess(sandbox);
    client = new AuthorizationManagementClient(credential, sandbox.subscriptionId, options);
  });
  afterAll(() => sandbox.stop());

  const roleId = async (name: string) => {
    for await (const { id } of client.roleDefinitions.list(SEARCH.slice(1), { filter: `roleName eq '${name}'` })) {
      return id ?? '';
    }
    throw new Error(`No role ${name}.`);
  };
  const wanted = async () => ({
    roleDefinitionId: await roleId('Search Index Data Reader'),
    principalId: DEVELOPERS_ID,
    principalType: 'Group',
  });

  it.each([
    ['without its leading slash', SEARCH.slice(1)],
    ['with it, which makes two', SEARCH],
  ])('assigns a role at a scope %s', async (_, scope) => {
    const assignment = await client.roleAssignments.create(scope, NAME, await wanted());
    expect(assignment).toMatchObject({ name: NAME, scope: SEARCH, principalType: 'Group' });
  });

  it('says so where the role is assigned already', async () => {
    await expect(client.roleAssignments.create(SEARCH.slice(1), OTHER_NAME, await wanted())).rejects.toMatchObject({
      statusCode: 409,
      code: 'RoleAssignmentExists',
    });
  });

  it('lists what somebody has through groups, and reads one by its id', async () => {
    const found = [];
    const filter = `assignedTo('${PRINCIPAL_ID}')`;
    for await (const each of client.roleAssignments.listForScope(SEARCH.slice(1), { filter })) found.push(each);
    const own = found.find(({ name }) => name === NAME);
    expect(own?.createdBy).toBe(PRINCIPAL_ID);
    expect((await client.roleAssignments.getById((own?.id ?? '').slice(1))).principalId).toBe(DEVELOPERS_ID);
  });

  it('deletes it, once with an answer and then without', async () => {
    expect((await client.roleAssignments.delete(SEARCH.slice(1), NAME)).name).toBe(NAME);
    expect((await client.roleAssignments.delete(SEARCH.slice(1), NAME)).name).toBeUndefined();
  });

  it('reads what the operator may do', async () => {
    const actions = [];
    for await (const each of client.permissions.listForResourceGroup('rg-contoso-ai')) actions.push(each.actions);
    expect(actions).toEqual([['*']]);
  });
});
