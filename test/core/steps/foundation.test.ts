import { describe, expect, test } from 'vitest';
import { ID, providerId } from '../support/ids';
import { english, findingOf } from '../support/reading';
import { provider, resourceGroup, subnet, virtualNetwork } from '../support/resources';
import { setup } from '../support/setups';
import { hardenedWithout, hardenedWorld } from '../support/worlds';

describe('resource-providers', () => {
  const step = 'resource-providers';

  test('is compliant when every provider is registered, in whatever casing', () => {
    const world = hardenedWorld('OpenAI', provider('Microsoft.Network', 'REGISTERED'));
    expect(findingOf(step, world).status).toBe('compliant');
  });

  test.each(['NotRegistered', 'Registering', 'Unregistered'])('a provider that is %s is not registered', (state) => {
    const finding = findingOf(step, hardenedWorld('OpenAI', provider('Microsoft.Network', state)));
    expect(finding.status).toBe('nonCompliant');
    expect(finding.evidence.find(({ satisfied }) => !satisfied)).toMatchObject({
      resource: providerId('Microsoft.Network'),
      property: 'registrationState',
    });
  });

  test('is unknown where a provider may not be read, and never green', () => {
    const finding = findingOf(step, hardenedWorld(), { denied: [providerId('Microsoft.Network')] });
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toBe('You may not read Microsoft.Network: no read permission');
  });

  test('one provider that is not registered settles it, though the other may not be read', () => {
    const world = hardenedWorld('OpenAI', provider('Microsoft.CognitiveServices', 'NotRegistered'));
    expect(findingOf(step, world, { denied: [providerId('Microsoft.Network')] }).status).toBe('nonCompliant');
  });
});

describe('resource-group', () => {
  const step = 'resource-group';

  test('is compliant when it is there', () => {
    expect(findingOf(step, hardenedWorld()).status).toBe('compliant');
  });

  test('is not when it is missing, or being deleted', () => {
    expect(findingOf(step, hardenedWithout(ID.group)).evidence).toMatchObject([{ property: 'id', satisfied: false }]);
    const deleting = { ...resourceGroup(), properties: { provisioningState: 'Deleting' } };
    expect(findingOf(step, hardenedWorld('OpenAI', deleting)).status).toBe('nonCompliant');
  });

  test('is unknown where it may not be read', () => {
    expect(findingOf(step, hardenedWorld(), { denied: [ID.group] }).status).toBe('unknown');
  });

  test('is unknown where none is chosen', () => {
    const finding = findingOf(step, hardenedWorld(), { setup: setup({ roles: {} }) });
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toContain('Resource group for new resources');
  });
});

describe('vnet', () => {
  const step = 'vnet';

  test('is compliant when the network is there and has addresses', () => {
    expect(findingOf(step, hardenedWorld()).status).toBe('compliant');
  });

  test('is not when it is missing or has no addresses', () => {
    expect(findingOf(step, hardenedWithout(ID.network)).status).toBe('nonCompliant');
    const bare = virtualNetwork({ properties: { addressSpace: { addressPrefixes: [] } } });
    expect(findingOf(step, hardenedWorld('OpenAI', bare)).status).toBe('nonCompliant');
  });

  test('is unknown where it may not be read', () => {
    expect(findingOf(step, hardenedWorld(), { denied: [ID.network] }).status).toBe('unknown');
  });
});

describe('subnet-private-endpoints', () => {
  const step = 'subnet-private-endpoints';
  const withPolicies = (policies: string | null) =>
    findingOf(step, hardenedWorld('OpenAI', subnet({ properties: { privateEndpointNetworkPolicies: policies } })));

  test.each(['NetworkSecurityGroupEnabled', 'Enabled', 'enabled'])(
    'is compliant with network policies %s',
    (policies) => {
      expect(withPolicies(policies).status).toBe('compliant');
    },
  );

  test.each(['Disabled', 'RouteTableEnabled'])('is not with network policies %s', (policies) => {
    expect(withPolicies(policies).status).toBe('nonCompliant');
  });

  test('policies that are left out are disabled', () => {
    const finding = withPolicies(null);
    expect(finding.status).toBe('nonCompliant');
    expect(english(finding.evidence[0]?.actual)).toBe('Disabled');
  });

  test('other clouds may refuse endpoints where policies are on, so off is compliant there', () => {
    const world = hardenedWorld('OpenAI', subnet({ properties: { privateEndpointNetworkPolicies: 'Disabled' } }));
    expect(findingOf(step, world, { setup: setup({ cloud: 'usGovernment' }) }).status).toBe('compliant');
  });

  test('a delegated subnet cannot hold endpoints', () => {
    const world = hardenedWorld('OpenAI', subnet({ properties: { delegations: [{ name: 'web' }] } }));
    const finding = findingOf(step, world);
    expect(finding.status).toBe('nonCompliant');
    expect(english(finding.evidence[1]?.actual)).toBe('web');
  });

  test('is unknown where it may not be read', () => {
    expect(findingOf(step, hardenedWorld(), { denied: [ID.subnet] }).status).toBe('unknown');
  });
});
