import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/plan/change';
import { permissionKey } from '../../../src/core/plan/permissions';
import type { PermissionSet } from '../../../src/core/ports';
import { sameResource } from '../../../src/core/resources/resourceId';
import { BUILT_IN_ROLE_IDS } from '../../../src/core/steps/azureRoles';
import { change } from '../support/changes';
import { ID, inGroup } from '../support/ids';
import { planOf } from '../support/planning';
import { clearWorld, creationOf, look, only, said } from '../support/preflights';
import { english } from '../support/reading';
import { account, subnet, virtualNetwork } from '../support/resources';
import { exposedWorld } from '../support/worlds';

const ACCOUNT_WRITE = 'Microsoft.CognitiveServices/accounts/write';
const everythingBut = (...notActions: readonly string[]): PermissionSet => [{ actions: ['*'], notActions }];
const needing = (action: string, scope: string, parts: Partial<Change> = {}): Change =>
  change({ permissions: [{ action, scope }], ...parts });
const world = () => clearWorld(account(), virtualNetwork(), subnet());

describe('a permission that is lacking', () => {
  test('blocks, with the smallest role that has it, and the changes that need it', async () => {
    const changes = [needing(ACCOUNT_WRITE, ID.account), needing('Microsoft.Network/x', ID.network, { id: 'other' })];
    const { report } = await look(changes, {
      world: world(),
      prepare: (azure) => (azure.permissions = () => everythingBut(ACCOUNT_WRITE)),
    });
    const finding = only(report);
    expect(finding).toMatchObject({
      kind: 'permission',
      verdict: 'blocks',
      resource: ID.account,
      detail: `${ACCOUNT_WRITE} ${ID.account}`,
      changes: [changes[0]?.id],
      needed: { role: 'Cognitive Services Contributor', scope: ID.account },
    });
    expect(english(finding.title)).toBe(`You lack the permission ${ACCOUNT_WRITE} on contoso-openai.`);
    expect(english(finding.remedy)).toContain('“Cognitive Services Contributor”');
  });

  test('is one finding with the others that the same role has', async () => {
    const actions = ['Microsoft.Network/privateEndpoints/write', 'Microsoft.Network/virtualNetworks/subnets/write'];
    const changes = actions.map((action, index) => needing(action, ID.group, { id: String(index) }));
    const { report } = await look(changes, {
      world: world(),
      prepare: (azure) => (azure.permissions = () => everythingBut(...actions)),
    });
    expect(only(report)).toMatchObject({
      changes: ['0', '1'],
      detail: actions.map((a) => `${a} ${ID.group}`).join('\n'),
    });
    expect(english(only(report).title)).toBe(`You lack 2 permissions on rg-contoso, ${actions[0]} among them.`);
  });

  test('whatever is lacking, all of it is named and nothing else', async () => {
    const { changes } = planOf(exposedWorld());
    const all = [
      ...new Map(changes.flatMap(({ permissions }) => permissions).map((one) => [permissionKey(one), one])).values(),
    ];
    await fc.assert(
      fc.asyncProperty(fc.subarray(all), async (lacking) => {
        const { report } = await look(changes, {
          world: exposedWorld(),
          prepare: (azure) => {
            azure.permissions = (scope) =>
              everythingBut(...lacking.filter((one) => sameResource(one.scope, scope)).map(({ action }) => action));
          },
        });
        const named = report.findings.flatMap(({ needed }) => needed?.permissions ?? []);
        expect(named.map(permissionKey).sort()).toEqual(lacking.map(permissionKey).sort());
      }),
      { numRuns: 40 },
    );
  });
});

describe('a scope that tells nothing', () => {
  test('inherits from what it is in where the plan creates it', async () => {
    const resource = `${ID.network}/subnets/snet-new`;
    const changes = [{ ...creationOf(resource), permissions: [{ action: 'a/b/write', scope: resource }] }];
    const asked: string[] = [];
    const { report } = await look(changes, {
      world: world(),
      prepare: (azure) => {
        azure.permissions = (scope) => {
          asked.push(scope);
          return scope === ID.group ? everythingBut('a/b/write') : undefined;
        };
      },
    });
    expect(said(report)).toEqual(['permission blocks: You lack the permission a/b/write on snet-new.']);
    expect(asked).toEqual([resource, ID.network, ID.group]);
  });

  test('is not known where it is there: a role may have been given at it', async () => {
    const { report } = await look([needing(ACCOUNT_WRITE, ID.account)], {
      world: world(),
      prepare: (azure) =>
        (azure.permissions = (scope) => (scope === ID.group ? everythingBut(ACCOUNT_WRITE) : undefined)),
    });
    expect(said(report)).toEqual(['permission unknown: What you may do on contoso-openai could not be read.']);
  });

  test('is allowed what is allowed around it', async () => {
    const { report } = await look([needing(ACCOUNT_WRITE, ID.account)], {
      world: world(),
      prepare: (azure) => (azure.permissions = (scope) => (scope === ID.group ? everythingBut() : undefined)),
    });
    expect(report.findings).toEqual([]);
  });

  test('is one finding for all scopes', async () => {
    const changes = [needing(ACCOUNT_WRITE, ID.account), needing('a/write', ID.network, { id: 'b' })];
    const { report } = await look(changes, {
      world: world(),
      prepare: (azure) => (azure.permissions = () => undefined),
    });
    expect(only(report)).toMatchObject({ verdict: 'unknown', changes: [changes[0]?.id, 'b'] });
  });
});

describe('a permission on what is inside of a service', () => {
  const vault = inGroup('rg-contoso', 'Microsoft.KeyVault/vaults', 'kv');
  const certificate = `${vault}/certificates/gateway`;
  const action = 'Microsoft.KeyVault/vaults/certificates/create/action';
  const create = { ...creationOf(certificate), permissions: [{ action, scope: vault }] };
  const officer = (scope: string) =>
    creationOf(`${scope}/providers/Microsoft.Authorization/roleAssignments/r`, {
      properties: { roleDefinitionId: `/x/${BUILT_IN_ROLE_IDS['Key Vault Certificates Officer']}` },
    });
  const lookWith = (changes: readonly Change[], set: PermissionSet) =>
    look(changes, { world: world(), prepare: (azure) => (azure.permissions = () => set) });

  test('is not had by owners', async () => {
    const { report } = await lookWith([create], everythingBut());
    expect(only(report).needed?.role).toBe('Key Vault Certificates Officer');
  });

  test.each([
    ['a role of the principal gives it', [create], [{ actions: [], notActions: [], dataActions: ['*'] }]],
    ['the plan gives it', [officer(vault), create], everythingBut()],
    ['the plan gives it further up', [officer(ID.group), create], everythingBut()],
  ])('is had where %s', async (_, changes, set) => {
    expect((await lookWith(changes, set)).report.findings).toEqual([]);
  });

  test.each([
    ['elsewhere', [officer(ID.account), create], everythingBut()],
    [
      'and something takes it away',
      [officer(vault), create],
      [{ actions: ['*'], notActions: [], notDataActions: ['*'] }],
    ],
  ])('is lacking where the plan gives it %s', async (_, changes, set) => {
    expect(only((await lookWith(changes, set)).report)).toMatchObject({ kind: 'permission', verdict: 'blocks' });
  });
});
