import { describe, expect, test } from 'vitest';
import { change } from '../support/changes';
import { ID, providerId } from '../support/ids';
import { clearWorld, creation, creationOf, deletionOf, look, offering, only, said } from '../support/preflights';
import { english } from '../support/reading';

const ACCOUNTS = 'Microsoft.CognitiveServices';
const writes = [change()];
const inState = (state: string) => clearWorld(offering(ACCOUNTS, [], state));

describe('a resource provider', () => {
  test.each(['NotRegistered', 'Unregistered', 'Unregistering'])(
    'that is %s blocks what is written to it',
    async (state) => {
      const { report } = await look(writes, { world: inState(state) });
      expect(only(report)).toMatchObject({ kind: 'provider', verdict: 'blocks', changes: [writes[0]?.id] });
      expect(english(only(report).remedy)).toMatch(/az provider register --namespace Microsoft\.CognitiveServices/);
      expect(english(only(report).remedy)).toContain('Microsoft.CognitiveServices/register/action');
    },
  );

  test.each(['Registered', 'Registering'])('that is %s is none to speak of', async (state) => {
    expect((await look(writes, { world: inState(state) })).report.findings).toEqual([]);
  });

  test('is none to speak of where the plan registers it, where it needs no registration, and where things go', async () => {
    const register = change({
      id: 'register',
      resource: providerId(ACCOUNTS),
      action: 'action',
      operation: 'register',
    });
    const world = inState('NotRegistered');
    expect((await look([register, ...writes], { world })).report.findings).toEqual([]);
    expect((await look([deletionOf(ID.account)], { world })).report.findings).toEqual([]);
    const free = clearWorld({ ...offering(ACCOUNTS, [], 'NotRegistered'), registrationPolicy: 'RegistrationFree' });
    expect((await look(writes, { world: free })).report.findings).toEqual([]);
    const hanging = creationOf(`${ID.account}/providers/Microsoft.Authorization/roleAssignments/x`);
    expect((await look([hanging])).report.findings).toEqual([]);
  });

  test('that cannot be read is unknown', async () => {
    const { report } = await look(writes, {
      prepare: (azure) => azure.denied.add(providerId(ACCOUNTS).toLowerCase()),
    });
    expect(only(report)).toMatchObject({ kind: 'provider', verdict: 'unknown', detail: 'no read permission' });
  });

  test('is read once, however much is written to it', async () => {
    const many = ['a', 'b', 'c'].map((name) => creation('Microsoft.Search/searchServices', name));
    const { azure } = await look(many);
    const reads = azure.asked.filter(({ what }) => what === providerId('Microsoft.Search'));
    expect(reads).toHaveLength(1);
  });
});

describe('a region', () => {
  const search = (location: string) => creation('Microsoft.Search/searchServices', 'new', { location });

  test('that does not offer the type blocks its creation', async () => {
    const { report } = await look([search('westindia')]);
    expect(said(report)).toEqual([
      'location blocks: Azure does not offer Microsoft.Search/searchServices in westindia.',
    ]);
  });

  test.each(['japaneast', 'Japan East', 'JapanEast'])('may be written %s', async (location) => {
    expect((await look([search(location)])).report.findings).toEqual([]);
  });

  test('is not asked for what is everywhere, nor for what is in another resource', async () => {
    const zone = creation('Microsoft.Network/privateDnsZones', 'privatelink.openai.azure.com', { location: 'global' });
    const subnet = creationOf(`${ID.network}/subnets/new`, { location: 'nowhere' });
    expect((await look([zone, subnet])).report.findings).toEqual([]);
  });

  test('is unknown where Azure does not list the type', async () => {
    const { report } = await look([creation('Microsoft.Network/natGateways', 'new')]);
    expect(said(report)).toEqual([
      'location unknown: Azure does not say in which regions it offers microsoft.network/natgateways.',
    ]);
  });
});
