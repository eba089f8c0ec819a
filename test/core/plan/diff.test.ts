import { describe, expect, test } from 'vitest';
import { diffOf, diffRows } from '../../../src/core/plan/diff';
import { ID } from '../support/ids';
import { changeOf, planOf } from '../support/planning';
import { account } from '../support/resources';
import { exposedWorld } from '../support/worlds';

/** `+ path: value`, one line each. */
function linesOf(change: Parameters<typeof diffOf>[0]): readonly string[] {
  const signs = { add: '+', remove: '-', same: ' ' };
  return diffOf(change).map(({ kind, path, value }) => `${signs[kind]} ${path}: ${value}`);
}

describe('diffOf', () => {
  test('shows what an update replaces and what it leaves beside it', () => {
    const networkAcls = { defaultAction: 'Allow', ipRules: [{ value: '20.9.9.9' }], virtualNetworkRules: [] };
    const change = changeOf(
      planOf(exposedWorld(account({ properties: { networkAcls } }))),
      'aoai-network-default-deny',
    );
    expect(linesOf(change)).toEqual([
      '- networkAcls.defaultAction: Allow',
      '+ networkAcls.defaultAction: Deny',
      '  networkAcls.ipRules[0].value: 20.9.9.9',
      '  networkAcls.virtualNetworkRules: []',
    ]);
  });

  test('what was not set is not shown as removed', () => {
    expect(linesOf(changeOf(planOf(exposedWorld()), 'aoai-disable-local-auth'))).toEqual(['+ disableLocalAuth: true']);
  });

  test('shows everything that a creation writes, with short ids and without the inner “properties”', () => {
    const change = changeOf(planOf(exposedWorld()), 'aoai-private-endpoint');
    expect(linesOf(change)).toEqual([
      '+ location: japaneast',
      '+ subnet.id: …/subnets/snet-endpoints',
      '+ privateLinkServiceConnections[0].name: pe-contoso-openai',
      '+ privateLinkServiceConnections[0].privateLinkServiceId: …/accounts/contoso-openai',
      '+ privateLinkServiceConnections[0].groupIds[0]: account',
    ]);
  });

  test('shows everything that a deletion takes away', () => {
    expect(
      linesOf({ action: 'delete', before: { location: 'global', properties: { id: ID.account } }, after: null }),
    ).toEqual(['- location: global', '- id: …/accounts/contoso-openai']);
  });

  test('another casing is not a difference', () => {
    expect(linesOf({ action: 'update', before: { a: 'enabled' }, after: { a: 'Enabled' } })).toEqual(['  a: Enabled']);
  });

  test('values are shown as they are, whatever they hold', () => {
    expect(linesOf({ action: 'create', before: null, after: { tags: { '<b>': '"x"\n' }, none: null } })).toEqual([
      '+ tags.<b>: "x"\n',
    ]);
  });
});

describe('diffRows', () => {
  const rows = (lines: Parameters<typeof diffRows>[0]): readonly string[] =>
    diffRows(lines).map(
      ({ kind, indent, name, value }) => `${kind} ${'  '.repeat(indent)}${name}${value && ` = ${value}`}`,
    );

  test('puts the properties of one object under its name, and keeps a single one on its line', () => {
    const added = (path: string, value: string) => ({ kind: 'add', path, value }) as const;
    expect(
      rows([
        added('location', 'japaneast'),
        added('subnet.id', '…/subnets/a'),
        added('privateLinkServiceConnections[0].name', 'pe'),
        added('privateLinkServiceConnections[0].groupIds[0]', 'account'),
      ]),
    ).toEqual([
      'add location = japaneast',
      'add subnet.id = …/subnets/a',
      'add privateLinkServiceConnections[0]',
      'add   name = pe',
      'add   groupIds[0] = account',
    ]);
  });

  test('an object in which some properties stay is itself unchanged', () => {
    expect(
      rows([
        { kind: 'remove', path: 'networkAcls.defaultAction', value: 'Allow' },
        { kind: 'add', path: 'networkAcls.defaultAction', value: 'Deny' },
        { kind: 'same', path: 'networkAcls.ipRules', value: '[]' },
      ]),
    ).toEqual([
      'same networkAcls',
      'remove   defaultAction = Allow',
      'add   defaultAction = Deny',
      'same   ipRules = []',
    ]);
  });
});
