import { describe, expect, test } from 'vitest';
import { BLOB_PATH, dataWorld, dataWorldWithout, FILE_PATH, privatePath, SEARCH_PATH } from '../support/dataWorlds';
import { DATA, ID, inGroup, linkId } from '../support/ids';
import { changeOf, planOf, stepsOf } from '../support/planning';
import { findingOf } from '../support/reading';
import { endpoint, zoneGroup } from '../support/resources';
import { dataSetup } from '../support/setups';
import type { World } from '../support/world';

const SETUP = dataSetup({ options: { fileEndpoint: true } });

const WAYS = [
  {
    endpointId: DATA.searchEndpoint,
    path: SEARCH_PATH,
    host: 'contoso-search',
    steps: [
      'search-private-dns-zone',
      'search-private-dns-link',
      'search-private-endpoint',
      'search-private-dns-records',
    ],
    provider: 'Microsoft.Search/searchServices',
  },
  {
    endpointId: DATA.blobEndpoint,
    path: BLOB_PATH,
    host: 'contosodata',
    steps: [
      'storage-private-dns-zone-blob',
      'storage-private-dns-link-blob',
      'storage-private-endpoint-blob',
      'storage-private-dns-records-blob',
    ],
    provider: 'Microsoft.Storage/storageAccounts',
  },
  {
    endpointId: DATA.fileEndpoint,
    path: FILE_PATH,
    host: 'contosodata',
    steps: [
      'storage-private-dns-zone-file',
      'storage-private-dns-link-file',
      'storage-private-endpoint-file',
      'storage-private-dns-records-file',
    ],
    provider: 'Microsoft.Storage/storageAccounts',
  },
] as const;

/** Everything done, the endpoint for files too. */
function whole(): World {
  return dataWorld(...privatePath(DATA.fileEndpoint, FILE_PATH));
}

function wholeWithout(...ids: readonly string[]): World {
  const world = whole();
  ids.forEach((id) => world.remove(id));
  return world;
}

describe.each(WAYS)('the private way to $path.group', ({ endpointId, path, host, steps, provider }) => {
  const [zoneStep, linkStep, endpointStep, recordsStep] = steps;
  const statusOf = (step: string, world: World) => findingOf(step, world, { setup: SETUP }).status;

  test.each(steps)('%s is compliant where it stands, and unknown where its resource may not be read', (step) => {
    expect(statusOf(step, whole())).toBe('compliant');
    const denied = [path.target, `${path.target}/privateLinkResources`];
    expect(findingOf(step, whole(), { setup: SETUP, denied }).status).toBe('unknown');
  });

  test('what is missing of it is what its own step says', () => {
    expect(statusOf(zoneStep, wholeWithout(path.zone))).toBe('nonCompliant');
    expect(statusOf(linkStep, wholeWithout(linkId(path.zone)))).toBe('nonCompliant');
    expect(statusOf(endpointStep, wholeWithout(endpointId))).toBe('nonCompliant');
    expect(statusOf(recordsStep, wholeWithout(`${endpointId}/privateDnsZoneGroups/default`))).toBe('nonCompliant');
  });

  test('an endpoint leads to the group that is meant, in the region of the network', () => {
    const plan = planOf(wholeWithout(endpointId), { setup: SETUP });
    const change = changeOf(plan, endpointStep);
    expect(change).toMatchObject({
      resource: endpointId,
      body: {
        location: 'japaneast',
        properties: {
          privateLinkServiceConnections: [
            { properties: { privateLinkServiceId: path.target, groupIds: [path.group] } },
          ],
        },
      },
    });
    expect(change.permissions).toContainEqual({
      action: `${provider}/privateEndpointConnectionsApproval/action`,
      scope: path.target,
    });
    expect(stepsOf(plan)).toEqual([endpointStep, recordsStep]);
  });

  test('a pending connection is approved on the resource itself', () => {
    const pending = endpoint({ id: endpointId, account: path.target, group: path.group, status: 'Pending' });
    const plan = planOf(whole().put(pending), { setup: SETUP });
    expect(changeOf(plan, endpointStep)).toMatchObject({
      resource: expect.stringMatching(/\/privateEndpointConnections\//) as string,
      undo: { kind: 'none' },
      permissions: [{ action: `${provider}/privateEndpointConnections/write`, scope: path.target }],
    });
  });

  test('its record is looked up in its own zone', () => {
    const { evidence } = findingOf(recordsStep, whole(), { setup: SETUP });
    expect(evidence.map(({ resource }) => resource)).toContain(`${path.zone}/A/${host}`);
  });
});

describe('the two ways into one storage account', () => {
  const step = 'storage-private-endpoint-file';

  test('are told apart: an endpoint for blobs is none for files', () => {
    expect(findingOf(step, dataWorld(), { setup: SETUP }).status).toBe('nonCompliant');
    expect(changeOf(planOf(dataWorld(), { setup: SETUP }), step).resource).toBe(DATA.fileEndpoint);
  });

  test('and an endpoint for files is none for blobs', () => {
    const finding = findingOf('storage-private-endpoint-blob', wholeWithout(DATA.blobEndpoint), { setup: SETUP });
    expect(finding.status).toBe('nonCompliant');
  });

  test('an endpoint is taken for what it is for, whatever it is called and however its group is written', () => {
    const id = inGroup('rg-hub', 'Microsoft.Network/privateEndpoints', 'pe-by-hand');
    const world = dataWorld(endpoint({ id, account: DATA.storage, group: 'FILE' }));
    expect(findingOf(step, world, { setup: SETUP }).status).toBe('compliant');
  });

  test('a name that the other one has is not taken from it', () => {
    const blobUnderOurName = endpoint({ id: DATA.fileEndpoint, account: DATA.storage, group: 'blob' });
    const plan = planOf(dataWorld(blobUnderOurName), { setup: SETUP });
    expect(changeOf(plan, step)).toMatchObject({ action: 'create', resource: `${DATA.fileEndpoint}-2` });
  });

  test('the one for files does not apply where the setup has none', () => {
    for (const id of WAYS[2].steps)
      expect(findingOf(id, dataWorld(), { setup: dataSetup() }).status).toBe('notApplicable');
  });
});

test('a zone group that lacks the zone gets it beside those that it has', () => {
  const world = dataWorldWithout(`${DATA.blobEndpoint}/privateDnsZoneGroups/default`);
  const group = zoneGroup([DATA.searchZone], DATA.blobEndpoint);
  const change = changeOf(planOf(world.put(group), { setup: dataSetup() }), 'storage-private-dns-records-blob');
  expect(change.action).toBe('update');
  expect(JSON.stringify(change.body)).toContain(DATA.searchZone);
  expect(JSON.stringify(change.body)).toContain(DATA.blobZone);
});

test('endpoints of one account are written one after another, those of two are not', () => {
  const plan = planOf(wholeWithout(DATA.searchEndpoint, DATA.blobEndpoint, DATA.fileEndpoint), { setup: SETUP });
  const locks = (step: string) => changeOf(plan, step).locks;
  const shared = (left: string, right: string) => locks(left).filter((lock) => locks(right).includes(lock));
  expect(shared('storage-private-endpoint-blob', 'storage-private-endpoint-file')).toContain(
    DATA.storage.toLowerCase(),
  );
  expect(shared('search-private-endpoint', 'storage-private-endpoint-blob')).toEqual([ID.network.toLowerCase()]);
});
