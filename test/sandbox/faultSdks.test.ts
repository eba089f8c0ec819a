import { NetworkManagementClient } from '@azure/arm-network';
import { describe, expect, it } from 'vitest';
import type { FaultPlan } from '../../src/sandbox/faults/faultPlan';
import { withSandbox } from './client';
import { WORLD } from './faultSetup';
import { AT_ONCE, sdkAccess } from './sdkAccess';

/** Clients of a sandbox with one virtual network; how often the credential was asked with claims. */
const withSdk = (use: (network: NetworkManagementClient, weather: Weather) => Promise<void>): Promise<void> =>
  withSandbox({ world: WORLD }, async (_, sandbox) => {
    const { credential, options } = sdkAccess(sandbox);
    const claims: string[] = [];
    const getToken = (scopes: unknown, asked?: { readonly claims?: string }) => {
      if (asked?.claims !== undefined) claims.push(asked.claims);
      return credential.getToken();
    };
    // Shorter than the second that it waits by itself.
    const retryOptions = { retryDelayInMs: 1 };
    const network = new NetworkManagementClient({ getToken }, sandbox.subscriptionId, { ...options, retryOptions });
    await use(network, {
      set: (plan) => {
        sandbox.faults(plan);
      },
      met: () => sandbox.faultReport().met.length,
      claims,
    });
  });

interface Weather {
  readonly set: (plan: FaultPlan) => void;
  /** How many faults there have been. */
  readonly met: () => number;
  readonly claims: readonly string[];
}

const read = (network: NetworkManagementClient) => network.virtualNetworks.get('rg', 'vnet');

/** Faults that come so often in a row. */
function burst(kind: 'throttle' | 'resetBefore' | 'serverError', wanted: (length: number) => boolean) {
  return async (network: NetworkManagementClient, { set, met }: Weather): Promise<{ failed: boolean; met: number }> => {
    for (let seed = 1; seed <= 200; seed += 1) {
      set({ seed, rate: 1, kinds: [kind] });
      const failed = await read(network).then(
        () => false,
        () => true,
      );
      if (wanted(met())) return { failed, met: met() };
    }
    throw new Error('No such burst.');
  };
}

describe('the unmodified SDK', () => {
  it.each(['throttle', 'resetBefore', 'serverError'] as const)('gets over three times %s by itself', (kind) =>
    withSdk(async (network, weather) => {
      expect(await burst(kind, (length) => length === 3)(network, weather)).toEqual({ failed: false, met: 3 });
    }),
  );

  it.each(['throttle', 'resetBefore', 'serverError'] as const)('gives up after the fourth %s', (kind) =>
    withSdk(async (network, weather) => {
      expect(await burst(kind, (length) => length === 4)(network, weather)).toEqual({ failed: true, met: 4 });
    }),
  );

  it('asks for a token with the claims of a challenge, and goes on', () =>
    withSdk(async (network, { set, claims }) => {
      set({ at: 1, kind: 'claims' });
      expect((await read(network)).name).toBe('vnet');
      expect(claims).toHaveLength(1);
      expect(JSON.parse(claims[0] ?? '')).toHaveProperty('access_token.nbf.value');
    }));

  it('surfaces an expired token, and the next request passes', () =>
    withSdk(async (network, { set }) => {
      set({ at: 1, kind: 'expiredToken' });
      await expect(read(network)).rejects.toMatchObject({ statusCode: 401, code: 'ExpiredAuthenticationToken' });
      expect((await read(network)).name).toBe('vnet');
    }));

  it('surfaces the cause of an operation that fails', () =>
    withSdk(async (network, { set }) => {
      set({ at: 1, kind: 'operationFailed' });
      const body = { location: 'eastus', addressSpace: { addressPrefixes: ['10.1.0.0/16'] } };
      const create = () => network.virtualNetworks.beginCreateOrUpdateAndWait('rg', 'other', body, AT_ONCE);
      await expect(create()).rejects.toThrow('InternalServerError');
      expect((await create()).provisioningState).toBe('Succeeded');
    }));

  it('surfaces 404 where the URL of an operation is lost', () =>
    withSdk(async (network, { set }) => {
      set({ at: 1, kind: 'lostOperation' });
      const body = { location: 'eastus', addressSpace: { addressPrefixes: ['10.1.0.0/16'] } };
      const create = network.virtualNetworks.beginCreateOrUpdateAndWait('rg', 'other', body, AT_ONCE);
      await expect(create).rejects.toMatchObject({ statusCode: 404 });
    }));
});
