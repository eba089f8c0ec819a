import { describe, expect, it } from 'vitest';
import { accountId, groupId } from '../../src/sandbox/worlds/builders';
import { at, withSandbox } from './client';

describe('a subscription with nothing in it', () => {
  it('refuses a write until its provider is registered, which takes about twelve polls', async () => {
    await withSandbox({ world: 'empty' }, async (client, { subscriptionId }) => {
      const provider = `/subscriptions/${subscriptionId}/providers/Microsoft.CognitiveServices`;
      const account = `${accountId('rg', 'contoso')}?api-version=2025-06-01`;
      const body = { kind: 'OpenAI', location: 'eastus', sku: { name: 'S0' }, properties: {} };
      await client.put(`${groupId('rg')}?api-version=2020-06-01`, { location: 'eastus' });

      const refused = await client.put(account, body);
      expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([409, 'MissingSubscriptionRegistration']);

      const registering = await client.post(`${provider}/register?api-version=2025-04-01`);
      expect(at(registering.body, 'registrationState')).toBe('Registering');
      expect((await client.put(account, body)).status).toBe(409);

      const states: unknown[] = [];
      while (states.at(-1) !== 'Registered' && states.length < 30) {
        states.push(at((await client.get(`${provider}?api-version=2025-04-01`)).body, 'registrationState'));
      }
      expect(states.filter((state) => state === 'Registering').length).toBeGreaterThanOrEqual(10);
      expect(states.length).toBeLessThanOrEqual(14);
      expect((await client.put(account, body)).status).toBe(201);
    });
  });

  it('goes back to NotRegistered', async () => {
    await withSandbox({ world: 'exposed' }, async (client, { subscriptionId }) => {
      const provider = `/subscriptions/${subscriptionId}/providers/Microsoft.Web`;
      const first = await client.post(`${provider}/unregister?api-version=2025-04-01`);
      expect(at(first.body, 'registrationState')).toBe('Unregistering');
      let state: unknown;
      for (let polls = 0; polls < 5 && state !== 'NotRegistered'; polls += 1) {
        state = at((await client.get(`${provider}?api-version=2025-04-01`)).body, 'registrationState');
      }
      expect(state).toBe('NotRegistered');
    });
  });
});
