import type { Change } from '../../../src/core/plan/change';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { text } from '../../../src/core/text';
import { inGroup, ID } from './ids';

/** A change of the account’s public access; what differs is given. */
export function change(parts: Partial<Change> = {}): Change {
  return {
    id: 'aoai-public-access-disabled/contoso-openai',
    step: 'aoai-public-access-disabled',
    title: text('Public access disabled'),
    resource: ID.account,
    action: 'update',
    body: { properties: { publicNetworkAccess: 'Disabled' } },
    before: { properties: { publicNetworkAccess: 'Enabled' } },
    after: { properties: { publicNetworkAccess: 'Disabled' } },
    dependsOn: [],
    locks: [resourceKey(ID.account)],
    undo: { kind: 'restore', body: { properties: { publicNetworkAccess: 'Enabled' } } },
    permissions: [],
    risk: { kind: 'none' },
    guards: [],
    typicalSeconds: 10,
    ...parts,
  };
}

/** The creation of a private DNS zone, which needs nobody and hinders nobody. */
export function zoneChange(name: string, parts: Partial<Change> = {}): Change {
  const resource = inGroup('rg-contoso', 'Microsoft.Network/privateDnsZones', name);
  return change({
    id: `zone/${name}`,
    step: 'aoai-private-dns-zone',
    title: text('Private DNS zone'),
    resource,
    action: 'create',
    body: { location: 'global' },
    before: null,
    after: { location: 'global' },
    locks: [resourceKey(resource)],
    undo: { kind: 'delete' },
    ...parts,
  });
}
