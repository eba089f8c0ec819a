import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { edgeWorld } from '../support/edgeWorlds';
import { FRONT, frontSetup, frontWorld, frontWorldWithout } from '../support/gatewayWorlds';
import { ID, providerId } from '../support/ids';
import { blockedOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { provider } from '../support/resources';

const step = 'gateway-region-quotas';
const setup = frontSetup();
const USAGES = `${ID.subscription}/providers/Microsoft.Network/locations/japaneast/usages`;

/** What is counted in the region, as Azure lists it. */
function usages(counts: Readonly<Record<string, readonly [used: number, limit: number]>>): WireResource {
  const value = Object.entries(counts).map(([name, [currentValue, limit]]) => ({
    name: { value: name },
    currentValue,
    limit,
  }));
  return { id: USAGES, value };
}

const ADDRESSES = { PublicIPAddresses: [2, 10], StandardSkuPublicIpAddresses: [2, 10] } as const;

/** No gateway yet, with what Azure says of the region. */
function world(...others: readonly WireResource[]) {
  const without = frontWorldWithout(FRONT.gateway, FRONT.publicIp);
  others.forEach((resource) => without.put(resource));
  return without;
}

function networkIn(locations: readonly string[] | undefined): WireResource {
  const types = ['virtualNetworks', 'publicIPAddresses', 'applicationGateways'];
  const resourceTypes = types.map((resourceType): JsonObject => ({ resourceType, ...(locations && { locations }) }));
  return { ...provider('Microsoft.Network'), resourceTypes };
}

describe('gateway-region-quotas', () => {
  test('what is there needs neither a place nor room', () => {
    const finding = findingOf(step, frontWorld(usages({}), networkIn([])), { setup });
    expect(finding.status).toBe('compliant');
    expect(new Set(finding.evidence.map(({ property }) => property))).toEqual(new Set(['id']));
  });

  test('says how much of the quota is used', () => {
    const finding = findingOf(step, world(usages({ ApplicationGateways: [3, 10], ...ADDRESSES })), { setup });
    expect(finding.status).toBe('compliant');
    expect(finding.notes).toBeUndefined();
    expect(finding.evidence.map(({ actual }) => english(actual))).toEqual(
      expect.arrayContaining(['3 of 10 used', '2 of 10 used']),
    );
  });

  test.each([
    ['gateways', { ApplicationGateways: [10, 10], ...ADDRESSES }, 'Microsoft.Network/applicationGateways'],
    [
      'addresses of the kind that is created',
      { ApplicationGateways: [0, 1], PublicIPAddresses: [2, 10], StandardSkuPublicIpAddresses: [0, 0] },
      'Microsoft.Network/publicIPAddresses',
    ],
  ] as const)('a region that is full of %s is told of before anything is created there', (_, counts, what) => {
    const full = world(usages(counts));
    const finding = findingOf(step, full, { setup });
    expect(finding.status).toBe('nonCompliant');
    expect(finding.notes?.map(english).join(' ')).toMatch(new RegExp(`no room left for ${what} in japaneast.*portal`));
    expect(blockedOf(planOf(full, { setup }, ['appgw']))).toMatchObject({
      [step]: expect.any(String),
      'appgw-public-ip': expect.stringContaining('Room in the region'),
      appgw: expect.stringContaining('Room in the region'),
    });
  });

  test('API Management waits for it as well', () => {
    const full = edgeWorld(usages({ ApplicationGateways: [1, 1], ...ADDRESSES }), provider('Microsoft.KeyVault'));
    expect(blockedOf(planOf(full, { setup }, ['apim-service']))).toHaveProperty('apim-service');
  });

  test('a region that Azure does not offer it in is another reason to choose one', () => {
    const finding = findingOf(step, world(networkIn(['East US'])), { setup });
    expect(finding.status).toBe('nonCompliant');
    expect(finding.notes?.map(english).join(' ')).toContain(
      'Azure does not offer Microsoft.Network/applicationGateways',
    );
    expect(findingOf(step, world(networkIn(['East US', 'Japan East'])), { setup }).status).toBe('compliant');
  });

  test.each<[string, readonly WireResource[], readonly string[]]>([
    ['the list of usages lacks what counts', [usages(ADDRESSES)], []],
    ['the provider does not say where it is', [networkIn(undefined)], []],
    ['the list may not be read', [], [USAGES]],
    ['the provider may not be read', [], [providerId('Microsoft.Network')]],
  ])('is unknown where %s, and nothing is created on a guess', (_, others, denied) => {
    expect(findingOf(step, world(...others), { setup, denied }).status).toBe('unknown');
    expect(blockedOf(planOf(world(...others), { setup, denied }, ['appgw']))).toHaveProperty('appgw');
  });

  test('does not apply where nothing is there and Ringfence may create nothing', () => {
    const adopted = frontSetup(
      {},
      {
        apiManagement: undefined,
        applicationGateway: { id: FRONT.gateway },
        keyVault: undefined,
        virtualNetwork: { id: `${ID.network}-none` },
      },
    );
    expect(findingOf(step, world(), { setup: adopted }).status).toBe('notApplicable');
  });
});
