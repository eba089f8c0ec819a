import { describe, expect, it } from 'vitest';
import { groupId } from '../../src/sandbox/worlds/builders';
import { at } from './client';
import { codeOf, networkBody, otherUrl, withFault } from './faultSetup';

describe('an operation whose URL is lost', () => {
  it('goes on to its end, and its URL answers 404 from the beginning', () =>
    withFault('lostOperation', async (client) => {
      const created = await client.put(otherUrl, networkBody);
      expect(created.status).toBe(201);
      const status = created.headers['azure-asyncoperation'] ?? '';
      expect([(await client.get(status)).status, (await client.get(status)).status]).toEqual([404, 404]);
      const states = [await client.get(otherUrl), await client.get(otherUrl)].map((read) =>
        at(read.body, 'properties', 'provisioningState'),
      );
      expect(states).toEqual(['Updating', 'Succeeded']);
    }));

  it('can be lost in the middle of polling', () =>
    withFault({ at: 2, kind: 'lostOperation' }, async (client) => {
      const status = (await client.put(otherUrl, networkBody)).headers['azure-asyncoperation'] ?? '';
      expect(codeOf(await client.get(status))).toEqual([404, 'NotFound']);
      await client.get(otherUrl);
      expect(at((await client.get(otherUrl)).body, 'properties', 'provisioningState')).toBe('Succeeded');
    }));

  it('makes what cannot be read until it is there appear to whoever keeps looking', () =>
    withFault('lostOperation', async (client) => {
      const zone = `${groupId('rg')}/providers/Microsoft.Network/privateDnsZones/a.test?api-version=2020-06-01`;
      expect((await client.put(zone, { location: 'global' })).status).toBe(202);
      const looks: number[] = [];
      for (let look = 0; look < 8 && !looks.includes(200); look += 1) looks.push((await client.get(zone)).status);
      expect(looks).toContain(404);
      expect(looks.at(-1)).toBe(200);
    }));

  it('is nothing for a write that is done at once', () =>
    withFault('lostOperation', async (client, sandbox) => {
      expect((await client.put(`${groupId('new')}?api-version=2021-04-01`, { location: 'eastus' })).status).toBe(201);
      expect(sandbox.faultReport()).toMatchObject({ requests: 1, met: [] });
    }));
});
