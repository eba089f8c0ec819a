import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { resourceGroup } from '../../src/sandbox/worlds/builders';
import { planId, siteId } from '../../src/sandbox/worlds/webBuilders';
import { at } from './client';
import { codeOf, integrated, inWorld, messageOf, NEW, places, plan, properties, site, withSite } from './webSetup';

describe('an App Service plan', () => {
  it('knows what its SKU means', () =>
    inWorld(places, async (client) => {
      const answer = await client.put(`${planId('rg', 'small')}${NEW}`, { location: 'eastus', sku: { name: 'B1' } });
      expect(answer.status).toBe(200);
      expect(at(answer.body, 'sku')).toMatchObject({ name: 'B1', tier: 'Basic', capacity: 1 });
      const unknown = await client.put(`${planId('rg', 'odd')}${NEW}`, { location: 'eastus', sku: { name: 'X9' } });
      expect(codeOf(unknown)).toEqual([400, 'BadRequest']);
    }));

  it('cannot go while it has apps, and goes with the last one unless it is to stay', () =>
    inWorld(withSite, async (client) => {
      expect(codeOf(await client.delete(`${plan}${NEW}`))).toEqual([409, 'Conflict']);
      expect((await client.delete(`${site}${NEW}&deleteEmptyServerFarm=false`)).status).toBe(200);
      expect((await client.get(`${plan}${NEW}`)).status).toBe(200);
      const body = { location: 'eastus', properties: { serverFarmId: plan } };
      expect((await client.put(`${site}${NEW}`, body)).status).toBe(200);
      expect((await client.delete(`${site}${NEW}`)).status).toBe(200);
      expect((await client.get(`${plan}${NEW}`)).status).toBe(404);
    }));

  it('counts its apps and their networks', () =>
    inWorld(integrated, async (client) => {
      expect(await properties(client, `${plan}${NEW}`)).toMatchObject({
        numberOfSites: 1,
        vnetConnectionsUsed: 1,
        vnetConnectionsMax: 2,
      });
    }));

  it('cannot become too small for what its apps are integrated with', () =>
    inWorld(integrated, async (client) => {
      const answer = await client.put(`${plan}${NEW}`, { location: 'eastus', sku: { name: 'F1' } });
      expect(codeOf(answer)).toEqual([409, 'Conflict']);
      expect(at((await client.get(`${plan}${NEW}`)).body, 'sku', 'name')).toBe('P1v2');
    }));
});

describe('a web app', () => {
  it('needs a plan, in the same region, and a name that nobody has', () =>
    inWorld([...withSite, resourceGroup('other', 'eastus')], async (client) => {
      const wanted = (serverFarmId: string, location = 'eastus') => ({ location, properties: { serverFarmId } });
      const another = `${siteId('rg', 'another')}${NEW}`;
      const missing = await client.put(another, wanted(planId('rg', 'none')));
      expect([...codeOf(missing), messageOf(missing)]).toEqual([
        404,
        'NotFound',
        'Cannot find serverFarm with name none.',
      ]);
      expect(codeOf(await client.put(another, wanted(plan, 'westus3')))).toEqual([400, 'BadRequest']);
      const taken = await client.put(`${siteId('other', 'contoso-app')}${NEW}`, wanted(plan));
      expect(codeOf(taken)).toEqual([409, 'Conflict']);
    }));

  it('keeps by PATCH what is not sent, and loses it by PUT', () =>
    inWorld(withSite, async (client) => {
      await client.patch(`${site}${NEW}`, { properties: { httpsOnly: false }, tags: { owner: 'us' } });
      await client.patch(`${site}${NEW}`, { properties: { clientAffinityEnabled: false } });
      const patched = (await client.get(`${site}${NEW}`)).body;
      expect(at(patched, 'tags')).toEqual({ owner: 'us' });
      expect(at(patched, 'properties')).toMatchObject({ httpsOnly: false, clientAffinityEnabled: false });
      await client.put(`${site}${NEW}`, { location: 'eastus', properties: { serverFarmId: plan } });
      const replaced = (await client.get(`${site}${NEW}`)).body as JsonObject;
      expect(replaced['properties']).toMatchObject({ httpsOnly: true, clientAffinityEnabled: true });
      expect(replaced).not.toHaveProperty('tags');
    }));

  it('gets an identity at once, and loses it again', () =>
    inWorld(withSite, async (client) => {
      const on = await client.patch(`${site}${NEW}`, { identity: { type: 'SystemAssigned' } });
      expect(at(on.body, 'identity', 'principalId')).toMatch(/^[0-9a-f-]{36}$/);
      await client.patch(`${site}${NEW}`, { properties: { httpsOnly: true } });
      expect(at((await client.get(`${site}${NEW}`)).body, 'identity')).toEqual(at(on.body, 'identity'));
      await client.patch(`${site}${NEW}`, { identity: { type: 'None' } });
      expect((await client.get(`${site}${NEW}`)).body).not.toHaveProperty('identity');
    }));

  it('says where it is by the name that people read, and echoes to a writer what was sent', () =>
    inWorld(withSite, async (client) => {
      const written = await client.put(`${site}${NEW}`, { location: 'EastUS', properties: { serverFarmId: plan } });
      expect(at(written.body, 'location')).toBe('EastUS');
      expect(at((await client.get(`${site}${NEW}`)).body, 'location')).toBe('East US');
    }));

  it('is in Resource Graph, like its plan', () =>
    inWorld(withSite, async (client) => {
      const query = "resources | where type in~ ('microsoft.web/sites', 'microsoft.web/serverfarms') | project name";
      const found = await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', { query });
      expect(at(found.body, 'data')).toEqual([{ name: 'plan' }, { name: 'contoso-app' }]);
    }));
});

describe('the configuration of a web app', () => {
  it('is in config/web, not in the app', () =>
    inWorld(withSite, async (client) => {
      const url = `${site}/config/web${NEW}`;
      await client.patch(`${site}${NEW}`, { properties: { siteConfig: { minTlsVersion: '1.3' } } });
      await client.patch(url, { properties: { ftpsState: 'Disabled' } });
      expect(await properties(client, url)).toMatchObject({ minTlsVersion: '1.3', ftpsState: 'Disabled' });
      expect(at((await client.get(`${site}${NEW}`)).body, 'properties', 'siteConfig')).toMatchObject({
        minTlsVersion: null,
      });
      await client.put(url, { properties: { alwaysOn: true } });
      expect(await properties(client, url)).toMatchObject({
        alwaysOn: true,
        minTlsVersion: '1.2',
        ftpsState: 'AllAllowed',
      });
    }));

  it('shows the settings of the app to whoever asks for them by POST', () =>
    inWorld(withSite, async (client) => {
      const url = `${site}/config/appsettings`;
      await client.put(`${url}${NEW}`, { properties: { ENDPOINT: 'https://contoso' } });
      await client.put(`${site}${NEW}`, { location: 'eastus', properties: { serverFarmId: plan } });
      const listed = await client.post(`${url}/list${NEW}`);
      expect(at(listed.body, 'properties')).toEqual({ ENDPOINT: 'https://contoso' });
      expect((await client.get(`${url}${NEW}`)).status).toBe(404);
      expect(JSON.stringify((await client.get(`${site}${NEW}`)).body)).not.toContain('https://contoso');
      await client.patch(`${site}${NEW}`, { properties: { siteConfig: { appSettings: [{ name: 'A', value: '1' }] } } });
      expect(at((await client.post(`${url}/list${NEW}`)).body, 'properties')).toEqual({ A: '1' });
    }));

  it('allows publishing with a password until somebody says otherwise', () =>
    inWorld(withSite, async (client) => {
      const url = (name: string) => `${site}/basicPublishingCredentialsPolicies${name}${NEW}`;
      const listed = at((await client.get(url(''))).body, 'value') as readonly JsonObject[];
      expect(listed.map(({ name, properties: policy }) => [name, policy])).toEqual([
        ['ftp', { allow: true }],
        ['scm', { allow: true }],
      ]);
      await client.put(url('/ftp'), { properties: { allow: false } });
      expect(await properties(client, url('/ftp'))).toEqual({ allow: false });
      expect(codeOf(await client.put(url('/web'), { properties: { allow: false } }))).toEqual([404, 'NotFound']);
    }));
});
