import { describe, expect, it } from 'vitest';
import { childId } from '../../src/core/resources/resourceId';
import { PRINCIPAL_ID } from '../../src/sandbox/azure';
import { CONTAINER, EXPOSED, STORAGE } from '../../src/sandbox/worlds/exposed';
import { HARDENED } from '../../src/sandbox/worlds/hardened';
import { patch, put } from '../../src/sandbox/worlds/builders';
import { roleAssignment } from '../../src/sandbox/worlds/roles';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { HOSTS, inDataPlanes, type DataAnswer, type DataRequest } from './dataPlane';

const VERSIONED = { 'x-ms-version': '2023-11-03' };
const blobs = (path: string, more: Partial<DataRequest> = {}): DataRequest => ({
  host: HOSTS.blob,
  path,
  headers: VERSIONED,
  ...more,
});
const containers = blobs('/?comp=list');
const list = blobs(`/${CONTAINER}?restype=container&comp=list`);
const document = `/${CONTAINER}/on-call.txt`;

const codeOf = ({ status, headers }: DataAnswer) => [status, headers['x-ms-error-code']];
const namesIn = ({ text }: DataAnswer) => [...text.matchAll(/<Name>([^<]+)</g)].map(([, name]) => name);
const world = (base: typeof EXPOSED, ...steps: readonly SeedStep[]) => ({ ...base, steps: [...base.steps, ...steps] });
const role = (name: string, scope = STORAGE) => roleAssignment(scope, name, PRINCIPAL_ID, 'User');
const settings = (properties: Parameters<typeof patch>[1]) => patch(STORAGE, { properties });

describe('Blob Storage', () => {
  it('shows an Owner its containers, and not what is in them', () =>
    inDataPlanes('exposed', async (ask) => {
      const answer = await ask('internet', containers);
      expect([answer.status, namesIn(answer)]).toEqual([200, [CONTAINER]]);
      expect(codeOf(await ask('internet', list))).toEqual([403, 'AuthorizationPermissionMismatch']);
    }));

  it('lets a reader read, a contributor write and delete', () =>
    inDataPlanes(world(EXPOSED, role('Storage Blob Data Reader')), async (ask) => {
      expect(namesIn(await ask('internet', list))).toEqual(['travel-policy.txt', 'on-call.txt', 'salaries.txt']);
      expect((await ask('internet', blobs(document))).text).toMatch(/fifteen minutes/);
      const write = blobs(`/${CONTAINER}/new.txt`, {
        method: 'PUT',
        body: 'new',
        headers: { ...VERSIONED, 'x-ms-blob-type': 'BlockBlob' },
      });
      expect(codeOf(await ask('internet', write))).toEqual([403, 'AuthorizationPermissionMismatch']);
    }).then(() =>
      inDataPlanes(world(EXPOSED, role('Storage Blob Data Contributor')), async (ask) => {
        const path = `/${CONTAINER}/a folder/new.txt`.replaceAll(' ', '%20');
        expect((await ask('internet', blobs(path, { method: 'PUT', body: 'new' }))).status).toBe(201);
        expect((await ask('internet', blobs(path))).text).toBe('new');
        expect((await ask('internet', blobs(path, { method: 'DELETE' }))).status).toBe(202);
        expect(codeOf(await ask('internet', blobs(path)))).toEqual([404, 'BlobNotFound']);
        const fresh = blobs('/fresh?restype=container', { method: 'PUT' });
        expect((await ask('internet', fresh)).status).toBe(201);
        expect(codeOf(await ask('internet', fresh))).toEqual([409, 'ContainerAlreadyExists']);
        expect(codeOf(await ask('internet', blobs('/none?restype=container&comp=list')))).toEqual([
          404,
          'ContainerNotFound',
        ]);
      }),
    ));

  it('knows roles on one container alone', () =>
    inDataPlanes(
      world(
        EXPOSED,
        role('Storage Blob Data Reader', childId(STORAGE, 'blobServices', 'default', 'containers', CONTAINER)),
      ),
      async (ask) => {
        expect((await ask('internet', list)).status).toBe(200);
      },
    ));

  it.each([
    ['a token without a version', blobs('/?comp=list', { headers: {} }), [403, 'AuthenticationFailed']],
    [
      'a token that is none',
      blobs('/?comp=list', { headers: { ...VERSIONED, authorization: 'Bearer x' } }),
      [401, 'InvalidAuthenticationInfo'],
    ],
    ['nobody who asks for the containers', { ...containers, anonymous: true }, [401, 'NoAuthenticationInformation']],
    ['nobody who asks for a private container', { ...list, anonymous: true }, [404, 'ResourceNotFound']],
  ])('refuses %s', (_, request, expected) =>
    inDataPlanes('exposed', async (ask) => {
      expect(codeOf(await ask('internet', request))).toEqual(expected);
    }),
  );

  it('shows a public container to everybody, until the account forbids it', () =>
    inDataPlanes(
      world(
        EXPOSED,
        put(childId(STORAGE, 'blobServices', 'default', 'containers', CONTAINER), {
          properties: { publicAccess: 'Blob' },
        }),
      ),
      async (ask, client) => {
        expect((await ask('internet', blobs(document, { anonymous: true }))).status).toBe(200);
        expect(codeOf(await ask('internet', { ...list, anonymous: true }))).toEqual([404, 'ResourceNotFound']);
        await client.patch(`${STORAGE}?api-version=2025-06-01`, { properties: { allowBlobPublicAccess: false } });
        expect(codeOf(await ask('internet', blobs(document, { anonymous: true })))).toEqual([
          409,
          'PublicAccessNotPermitted',
        ]);
      },
    ));

  it('refuses shared keys where they are off, and says that it does not verify them where they are on', () =>
    inDataPlanes('exposed', async (ask, client) => {
      const signed = blobs('/?comp=list', { headers: { ...VERSIONED, authorization: 'SharedKey contosodocs:x' } });
      expect(codeOf(await ask('internet', signed))).toEqual([501, 'NotSimulated']);
      await client.patch(`${STORAGE}?api-version=2025-06-01`, { properties: { allowSharedKeyAccess: false } });
      expect(codeOf(await ask('internet', signed))).toEqual([403, 'KeyBasedAuthenticationNotPermitted']);
    }));

  it.each([
    ['public access is off', settings({ publicNetworkAccess: 'Disabled' }), 403],
    ['nobody is listed', settings({ networkAcls: { defaultAction: 'Deny' } }), 403],
    [
      'this caller is listed',
      settings({ networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '203.0.113.10', action: 'Allow' }] } }),
      200,
    ],
  ])('answers the internet where %s with %#', (_, step, status) =>
    inDataPlanes(world(EXPOSED, step), async (ask) => {
      const answer = await ask('internet', containers);
      expect(answer.status).toBe(status);
      if (status === 403) expect(codeOf(answer)).toEqual([403, 'AuthorizationFailure']);
    }),
  );

  it('answers the network through its private endpoint', () =>
    inDataPlanes(world(HARDENED, role('Storage Blob Data Reader')), async (ask) => {
      expect((await ask('inside', list)).status).toBe(200);
      expect(codeOf(await ask('internet', list))).toEqual([403, 'AuthorizationFailure']);
    }));

  it('is the only service of the account that does more than let one in', () =>
    inDataPlanes('exposed', async (ask) => {
      const queue = { ...containers, host: 'contosodocs.queue.core.windows.net' };
      expect(codeOf(await ask('internet', queue))).toEqual([501, 'NotSimulated']);
    }));
});
