import { describe, expect, test } from 'vitest';
import { change } from '../support/changes';
import { ID } from '../support/ids';
import { ASSIGNMENTS, clearWorld, creationOf, deletionOf, LOCKS, look, only, said } from '../support/preflights';

const lockAt = (scope: string, level: 'ReadOnly' | 'CanNotDelete') => {
  const id = `${scope}/providers/Microsoft.Authorization/locks/keep`;
  return { id, world: clearWorld({ id: LOCKS, value: [{ id, properties: { level } }] }) };
};
const hanging = `${ID.account}/providers/Microsoft.Authorization/roleAssignments/x`;

describe('a lock', () => {
  test.each([
    ['ReadOnly', 'a change', change(), ID.group],
    ['ReadOnly', 'a creation', creationOf(`${ID.network}/subnets/new`), ID.network],
    ['ReadOnly', 'what hangs on the resource', creationOf(hanging), ID.account],
    ['ReadOnly', 'a deletion', deletionOf(ID.account), ID.subscription],
    ['CanNotDelete', 'a deletion', deletionOf(ID.account), ID.account],
    ['CanNotDelete', 'a deletion above it', deletionOf(ID.network), ID.subnet],
    ['CanNotDelete', 'deleting what hangs on the resource', deletionOf(hanging), ID.account],
  ] as const)('%s blocks %s', async (level, _, blocked, scope) => {
    const { id, world } = lockAt(scope, level);
    const { report } = await look([blocked], { world });
    expect(only(report)).toMatchObject({ kind: 'lock', verdict: 'blocks', resource: id, changes: [blocked.id] });
  });

  test.each([
    ['CanNotDelete', 'a change', change(), ID.account],
    ['CanNotDelete', 'a creation', creationOf(`${ID.network}/subnets/new`), ID.network],
    ['ReadOnly', 'what is elsewhere', change(), ID.network],
    ['ReadOnly', 'a change above it', change({ resource: ID.network }), ID.subnet],
    ['CanNotDelete', 'deleting what hangs beside it', deletionOf(hanging), ID.network],
    ['ReadOnly', 'a lock', creationOf(`${ID.account}/providers/Microsoft.Authorization/locks/other`), ID.account],
    [
      'ReadOnly',
      'what only a data plane knows',
      creationOf(`${ID.account.replace('CognitiveServices/accounts', 'KeyVault/vaults')}/certificates/c`, {}),
      ID.group,
    ],
  ] as const)('%s does not block %s', async (level, _, free, scope) => {
    const { report } = await look([free], { world: lockAt(scope, level).world });
    expect(said(report, 'lock')).toEqual([]);
  });

  test('that the plan takes off itself does not count', async () => {
    const { id, world } = lockAt(ID.account, 'CanNotDelete');
    const { report } = await look([deletionOf(id), deletionOf(ID.account)], { world });
    expect(report.findings).toEqual([]);
  });

  test('is asked for once; where that may not be, it is unknown', async () => {
    const changes = [change(), deletionOf(ID.network)];
    const { report, azure } = await look(changes, { prepare: ({ denied }) => denied.add(LOCKS.toLowerCase()) });
    expect(said(report)).toEqual(['lock unknown: Whether locks are in the way could not be read.']);
    expect(azure.asked.filter(({ what }) => what === LOCKS)).toHaveLength(1);
    expect(azure.asked.filter(({ what }) => what === ASSIGNMENTS).length).toBeLessThan(2);
  });
});
