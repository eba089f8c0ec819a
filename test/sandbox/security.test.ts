import { describe, expect, it } from 'vitest';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { at, withSandbox, type SandboxClient } from './client';

const url = (plan: string, version = '2024-01-01') =>
  `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Security/pricings${plan}?api-version=${version}`;
const registered = <Result>(use: (client: SandboxClient) => Promise<Result>) =>
  withSandbox({ world: { name: 'test', registered: ['Microsoft.Security'], steps: [] } }, use);
const EVIDENCE = [{ name: 'AIPromptEvidence', isEnabled: 'True' }];

describe('plans of Defender for Cloud', () => {
  it('are all off until they are switched on', () =>
    registered(async (client) => {
      const listed = at((await client.get(url(''))).body, 'value') as readonly {
        properties: { pricingTier: string };
      }[];
      expect(listed).toHaveLength(16);
      expect(new Set(listed.map(({ properties }) => properties.pricingTier))).toEqual(new Set(['Free']));
    }));

  it.each(['StorageAccounts', 'KeyVaults', 'AppServices'])('of other services are known: %s', (name) =>
    registered(async (client) => {
      const on = await client.put(url(`/${name}`), { properties: { pricingTier: 'Standard' } });
      expect([on.status, at(on.body, 'properties', 'pricingTier')]).toEqual([200, 'Standard']);
    }),
  );

  it('come in sizes for APIs, and Azure chooses none', () =>
    registered(async (client) => {
      const on = { pricingTier: 'Standard' };
      expect((await client.put(url('/Api'), { properties: on })).status).toBe(400);
      expect((await client.put(url('/Api'), { properties: { ...on, subPlan: 'P1' } })).status).toBe(200);
      expect((await client.put(url('/Api'), { properties: on })).status).toBe(200);
      expect(at((await client.get(url('/Api'))).body, 'properties', 'subPlan')).toBe('P1');
    }));

  it('keep their extensions, and tell only the writer what became of them', () =>
    registered(async (client) => {
      const on = await client.put(url('/AI'), { properties: { pricingTier: 'standard', extensions: EVIDENCE } });
      expect(at(on.body, 'properties', 'extensions', 0, 'operationStatus', 'code')).toBe('Succeeded');
      const shown = (await client.get(url('/ai'))).body;
      expect(at(shown, 'properties')).toMatchObject({
        pricingTier: 'Standard',
        extensions: EVIDENCE,
        resourcesCoverageStatus: 'FullyCovered',
      });
      expect(at(shown, 'properties', 'extensions', 0)).not.toHaveProperty('operationStatus');
    }));

  it('lose everything when they are switched off', () =>
    registered(async (client) => {
      const before = await client.get(url('/AI'));
      await client.put(url('/AI'), { properties: { pricingTier: 'Standard', extensions: EVIDENCE } });
      const off = await client.put(url('/AI'), { properties: { pricingTier: 'Free' } });
      expect(off.body).toEqual(before.body);
    }));

  it('have no extensions for clients of 2022, who neither set nor see them', () =>
    registered(async (client) => {
      const sent = { properties: { pricingTier: 'Standard', extensions: EVIDENCE } };
      expect((await client.put(url('/AI', '2022-03-01'), sent)).status).toBe(200);
      expect(at((await client.get(url('/AI'))).body, 'properties')).not.toHaveProperty('extensions');
      await client.put(url('/AI'), sent);
      expect(at((await client.get(url('/AI', '2022-03-01'))).body, 'properties')).not.toHaveProperty('extensions');
      await client.put(url('/AI', '2022-03-01'), { properties: { pricingTier: 'Standard' } });
      expect(at((await client.get(url('/AI'))).body, 'properties', 'extensions')).toEqual(EVIDENCE);
    }));

  it.each([
    ['an unknown tier', '/AI', { pricingTier: 'Premium' }, 400],
    ['an unknown extension', '/AI', { pricingTier: 'Standard', extensions: [{ name: 'X', isEnabled: 'True' }] }, 400],
    [
      'true that is no text',
      '/AI',
      { pricingTier: 'Standard', extensions: [{ ...EVIDENCE[0], isEnabled: true }] },
      400,
    ],
    ['an unknown plan', '/Nothing', { pricingTier: 'Standard' }, 404],
  ])('refuse %s', (_, plan, properties, status) =>
    registered(async (client) => {
      expect((await client.put(url(plan), { properties })).status).toBe(status);
    }),
  );

  it('cannot even be read before the provider is registered', () =>
    withSandbox({ world: 'empty' }, async (client) => {
      for (const answer of [
        await client.get(url('')),
        await client.get(url('/AI')),
        await client.put(url('/AI'), { properties: { pricingTier: 'Standard' } }),
      ]) {
        expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([404, 'Subscription Not Registered']);
      }
    }));
});
