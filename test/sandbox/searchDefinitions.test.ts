import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { adminKeysOf, queryKeysOf } from '../../src/sandbox/providers/search/keys';
import { SEARCH, STORAGE } from '../../src/sandbox/worlds/exposed';
import { at } from './client';
import { HOSTS, inDataPlanes, type Ask, type DataRequest } from './dataPlane';

const STABLE = '2024-07-01';
const PREVIEW = '2024-05-01-preview';
const SERVICE = { id: SEARCH, type: '', name: 'contoso-search', body: {}, state: '', etag: '' };
const CONNECTION = `ResourceId=${STORAGE};`;
const WITH_KEY = 'DefaultEndpointsProtocol=https;AccountName=contosodocs;AccountKey=c2VjcmV0;';

const asks =
  (ask: Ask, key: string) =>
  (method: string, path: string, body?: JsonObject, version = STABLE) => {
    const request: DataRequest = {
      method,
      host: HOSTS.search,
      path: `${path}?api-version=${version}`,
      headers: { 'api-key': key },
      anonymous: true,
      ...(body && { body }),
    };
    return ask('internet', request);
  };

const KINDS = [
  ['skillsets', { skills: [] }, 'knowledgeStore', STABLE],
  ['indexers', { dataSourceName: 'blobs', targetIndexName: 'contoso-docs' }, 'cache', PREVIEW],
] as const;

describe.each(KINDS)('%s', (path, body, store, version) => {
  it('are made, shown, changed and deleted by name', () =>
    inDataPlanes('exposed', async (ask) => {
      const call = asks(ask, adminKeysOf(SERVICE).primaryKey);
      const one = `/${path}('enrich')`;
      expect((await call('GET', one)).status).toBe(404);
      expect((await call('PUT', one, body)).status).toBe(201);
      expect((await call('PUT', one, body)).status).toBe(204);
      expect((await call('GET', one)).body).toMatchObject({ name: 'enrich', ...body });
      expect(at((await call('GET', `/${path}`)).body, 'value')).toMatchObject([{ name: 'enrich' }]);
      expect((await call('DELETE', one)).status).toBe(204);
      expect(at((await call('GET', `/${path}`)).body, 'value')).toEqual([]);
    }));

  it('show where they write by identity, and no key', () =>
    inDataPlanes('exposed', async (ask) => {
      const call = asks(ask, adminKeysOf(SERVICE).primaryKey);
      for (const [name, storageConnectionString] of [
        ['identity', CONNECTION],
        ['key', WITH_KEY],
      ] as const) {
        await call('PUT', `/${path}('${name}')`, { ...body, [store]: { storageConnectionString } }, version);
      }
      const shown = at((await call('GET', `/${path}`, undefined, version)).body, 'value');
      expect(shown).toMatchObject([
        { [store]: { storageConnectionString: CONNECTION } },
        { [store]: { storageConnectionString: '<redacted>' } },
      ]);
    }));

  it('are refused without what they are made of, and to a key that only queries', () =>
    inDataPlanes('exposed', async (ask) => {
      expect((await asks(ask, adminKeysOf(SERVICE).primaryKey)('PUT', `/${path}('x')`, {})).status).toBe(400);
      expect((await asks(ask, queryKeysOf(SERVICE)[0]?.key ?? '')('GET', `/${path}`)).status).toBe(403);
    }));
});

it('caches are of preview versions: others neither take nor show them', () =>
  inDataPlanes('exposed', async (ask) => {
    const call = asks(ask, adminKeysOf(SERVICE).primaryKey);
    const body = { dataSourceName: 'b', targetIndexName: 'i', cache: { storageConnectionString: CONNECTION } };
    expect((await call('PUT', `/indexers('x')`, body)).status).toBe(400);
    expect((await call('PUT', `/indexers('x')`, body, PREVIEW)).status).toBe(201);
    expect((await call('GET', `/indexers('x')`)).body).not.toHaveProperty('cache');
    expect((await call('GET', `/indexers('x')`, undefined, PREVIEW)).body).toHaveProperty('cache');
  }));
