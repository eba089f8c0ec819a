import { describe, expect, test } from 'vitest';
import { inGroup, ID } from '../support/ids';
import { english, findingOf } from '../support/reading';
import { endpoint, hardenedAccount } from '../support/resources';
import { setup } from '../support/setups';
import { hardenedWithout, hardenedWorld } from '../support/worlds';

const STEP = 'aoai-private-endpoint';
const ENDPOINTS = 'microsoft.network/privateendpoints';

function withEndpoint(parts: Parameters<typeof endpoint>[0]) {
  const world = hardenedWithout(ID.endpoint);
  return world.put(endpoint(parts));
}

describe('an account with a private endpoint', () => {
  test('is compliant when its connection is approved', () => {
    expect(findingOf(STEP, hardenedWorld()).status).toBe('compliant');
    expect(findingOf(STEP, withEndpoint({ status: 'approved' })).status).toBe('compliant');
  });

  test('is compliant whatever the endpoint is called, and wherever in the network it is', () => {
    const id = inGroup('rg-hub', 'Microsoft.Network/privateEndpoints', 'pe-by-hand');
    const finding = findingOf(STEP, withEndpoint({ id, subnet: `${ID.network}/subnets/other` }));
    expect(finding.status).toBe('compliant');
  });

  test('is compliant when somebody else approved the connection by hand', () => {
    expect(findingOf(STEP, withEndpoint({ manual: true })).status).toBe('compliant');
  });

  test('ids compare without regard to case', () => {
    const world = withEndpoint({ account: ID.account.toLowerCase(), subnet: ID.subnet.toUpperCase() });
    expect(findingOf(STEP, world).status).toBe('compliant');
  });

  test.each(['Pending', 'Rejected', 'Disconnected'])('is not when its connection is %s', (status) => {
    const finding = findingOf(STEP, withEndpoint({ status }));
    expect(finding.status).toBe('nonCompliant');
    expect(finding.evidence.find(({ satisfied }) => !satisfied)?.property).toBeDefined();
  });

  test('is compliant with one approved connection beside a rejected one', () => {
    const rejected = endpoint({
      id: inGroup('rg-contoso', 'Microsoft.Network/privateEndpoints', 'pe-a'),
      status: 'Rejected',
    });
    expect(findingOf(STEP, hardenedWorld('OpenAI', rejected)).status).toBe('compliant');
  });
});

describe('an account without one', () => {
  test('is not compliant', () => {
    const finding = findingOf(STEP, hardenedWithout(ID.endpoint));
    expect(finding.status).toBe('nonCompliant');
    expect(finding.evidence).toMatchObject([{ resource: ID.endpoint, property: 'id', satisfied: false }]);
  });

  test('an endpoint in another network does not count, even under the very name that ours would have', () => {
    expect(findingOf(STEP, withEndpoint({ subnet: ID.otherSubnet })).status).toBe('nonCompliant');
  });

  test('an endpoint of another account does not count, even under the very name that ours would have', () => {
    const other = inGroup('rg-contoso', 'Microsoft.CognitiveServices/accounts', 'other');
    expect(findingOf(STEP, withEndpoint({ account: other })).status).toBe('nonCompliant');
  });
});

describe('what cannot be told is unknown', () => {
  test.each([
    ['the list of endpoints', ENDPOINTS],
    ['the account', ID.account],
  ])('where %s may not be read', (_, denied) => {
    expect(findingOf(STEP, hardenedWorld(), { denied: [denied] }).status).toBe('unknown');
  });

  test('where the endpoint itself may not be read', () => {
    const finding = findingOf(STEP, hardenedWorld(), { denied: [ID.endpoint] });
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toContain('pe-contoso-openai');
  });
});

describe('where no virtual network is chosen, the account alone decides', () => {
  const { virtualNetwork: _network, ...roles } = setup().roles;

  test('an approved connection from anywhere is enough', () => {
    expect(findingOf(STEP, withEndpoint({ subnet: ID.otherSubnet }), { setup: setup({ roles }) }).status).toBe(
      'compliant',
    );
  });

  test('a pending one is not', () => {
    expect(findingOf(STEP, withEndpoint({ status: 'Pending' }), { setup: setup({ roles }) }).status).toBe(
      'nonCompliant',
    );
  });

  test('an account that says nothing of connections has none', () => {
    const silent = hardenedAccount({ properties: { privateEndpointConnections: [] } });
    expect(findingOf(STEP, hardenedWorld('OpenAI', silent), { setup: setup({ roles }) }).status).toBe('nonCompliant');
  });
});
