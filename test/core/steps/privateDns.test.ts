import { describe, expect, test } from 'vitest';
import { ID, linkId, zoneId } from '../support/ids';
import { english, findingOf } from '../support/reading';
import { endpoint, link, record, zone, zoneGroup } from '../support/resources';
import { setup } from '../support/setups';
import { interfaceId } from '../support/privateLinks';
import { FIRST_ADDRESS, GROUP_ID, hardenedWithout, hardenedWorld, RECORD_ID } from '../support/worlds';

const ZONES = 'microsoft.network/privatednszones';
const LINKS = 'microsoft.network/privatednszones/virtualnetworklinks';
const LINK_RESOURCES = `${ID.account}/privateLinkResources`;
const AI_ZONES = ['cognitiveservices.azure.com', 'openai.azure.com', 'services.ai.azure.com'].map((name) =>
  zoneId(`privatelink.${name}`),
);

describe('aoai-private-dns-zone', () => {
  const step = 'aoai-private-dns-zone';

  test('is compliant when the zone that the account asks for is there', () => {
    expect(findingOf(step, hardenedWorld()).status).toBe('compliant');
    expect(findingOf(step, hardenedWithout(zoneId())).status).toBe('nonCompliant');
  });

  test('an AI Services account needs three zones, and one that is missing settles it', () => {
    const world = hardenedWorld('AIServices');
    expect(findingOf(step, world).evidence.map(({ resource }) => resource)).toEqual(AI_ZONES);
    world.remove(AI_ZONES[2] ?? '');
    expect(findingOf(step, world).evidence.map(({ satisfied }) => satisfied)).toEqual([true, true, false]);
  });

  test('of two zones of one name, the one that the network is linked to is used', () => {
    const hub = zoneId('privatelink.openai.azure.com', 'rg-hub');
    const world = hardenedWithout(linkId())
      .put(zone(hub))
      .put(link({ id: linkId(hub) }));
    expect(findingOf(step, world).evidence[0]?.resource).toBe(hub);
  });

  test('a zone of another group is used before a second one is made', () => {
    const hub = zoneId('PrivateLink.OpenAI.Azure.com', 'rg-hub');
    expect(findingOf(step, hardenedWithout(zoneId()).put(zone(hub))).status).toBe('compliant');
  });

  test('names that Azure gives twice, in two casings, are one zone', () => {
    const names = {
      value: [
        {
          name: 'account',
          properties: { requiredZoneNames: ['privatelink.openai.azure.com', 'PRIVATELINK.openai.azure.com'] },
        },
      ],
    };
    const world = hardenedWorld('OpenAI', { id: LINK_RESOURCES, ...names });
    expect(findingOf(step, world).evidence).toHaveLength(1);
  });

  test.each([
    ['the list of zones', ZONES],
    ['the list of links', LINKS],
    ['what the account asks for', LINK_RESOURCES],
  ])('is unknown where %s may not be read', (_, denied) => {
    expect(findingOf(step, hardenedWorld(), { denied: [denied] }).status).toBe('unknown');
  });
});

describe('where Azure names no zone for the account', () => {
  test.each(['aoai-private-dns-zone', 'aoai-private-dns-link', 'aoai-private-dns-records'])('%s is unknown', (step) => {
    const finding = findingOf(step, hardenedWorld('OpenAI', { id: LINK_RESOURCES, value: [] }));
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toBe('Azure did not say which private DNS zones contoso-openai needs.');
  });
});

describe('aoai-private-dns-link', () => {
  const step = 'aoai-private-dns-link';

  test('is compliant when the zone is linked to the network, under whatever name', () => {
    expect(findingOf(step, hardenedWorld()).status).toBe('compliant');
    const byHand = hardenedWithout(linkId()).put(link({ id: linkId(zoneId(), 'by-hand') }));
    expect(findingOf(step, byHand).status).toBe('compliant');
  });

  test('a zone that is linked to another network is not linked to ours', () => {
    const world = hardenedWithout(linkId()).put(link({ network: ID.otherNetwork }));
    expect(findingOf(step, world).status).toBe('nonCompliant');
  });

  test.each([
    ['that is still in progress', { properties: { virtualNetworkLinkState: 'InProgress' } }],
    ['that registers machines by itself', { properties: { registrationEnabled: true } }],
  ])('a link %s is not as it should be', (_, patch) => {
    expect(findingOf(step, hardenedWorld('OpenAI', link({ patch }))).status).toBe('nonCompliant');
  });

  test('is unknown where links may not be listed', () => {
    expect(findingOf(step, hardenedWorld(), { denied: [LINKS] }).status).toBe('unknown');
  });
});

describe('aoai-private-dns-records', () => {
  const step = 'aoai-private-dns-records';

  test('is compliant when the zone group keeps a record with the endpoint’s address', () => {
    const finding = findingOf(step, hardenedWorld());
    expect(finding.status).toBe('compliant');
    expect(finding.evidence.at(-1)).toMatchObject({ resource: RECORD_ID, satisfied: true });
  });

  test('an AI Services account has a record in each of its three zones', () => {
    const finding = findingOf(step, hardenedWorld('AIServices'));
    expect(finding.status).toBe('compliant');
    const records = finding.evidence.flatMap(({ resource }) => (resource?.includes('/A/') ? resource : []));
    expect(records).toEqual(AI_ZONES.map((id) => `${id}/A/contoso-openai`));
  });

  test('a stale record is not the endpoint’s address', () => {
    const finding = findingOf(step, hardenedWorld('OpenAI', record(['10.0.1.99'])));
    expect(finding.status).toBe('nonCompliant');
    expect(english(finding.evidence.find(({ satisfied }) => !satisfied)?.expected)).toBe(FIRST_ADDRESS);
  });

  test('a stale address beside the right one sends every other call astray', () => {
    expect(findingOf(step, hardenedWorld('OpenAI', record([FIRST_ADDRESS, '10.0.1.99']))).status).toBe('nonCompliant');
  });

  test('a record that somebody keeps by hand is as good, as long as it is right', () => {
    expect(findingOf(step, hardenedWithout(GROUP_ID).put(record([FIRST_ADDRESS]))).status).toBe('compliant');
    expect(findingOf(step, hardenedWithout(GROUP_ID).put(record(['10.0.1.99']))).status).toBe('nonCompliant');
    expect(findingOf(step, hardenedWithout(GROUP_ID)).status).toBe('nonCompliant');
  });

  test('three records that somebody keeps by hand are as good as one', () => {
    const world = hardenedWorld('AIServices');
    world.remove(GROUP_ID);
    AI_ZONES.forEach((id, index) => world.put(record([`10.0.1.${4 + index}`], 'contoso-openai', id)));
    expect(findingOf(step, world).status).toBe('compliant');
  });

  test('a zone group that misses a zone is not enough', () => {
    const world = hardenedWorld('AIServices').put(zoneGroup(AI_ZONES.slice(0, 2)));
    expect(findingOf(step, world).status).toBe('nonCompliant');
  });

  test('is not compliant before there is an endpoint', () => {
    expect(findingOf(step, hardenedWithout(ID.endpoint)).status).toBe('nonCompliant');
  });

  test('an endpoint whose interface has no address yet has no record to be right', () => {
    const bare = { id: interfaceId(endpoint()), properties: { ipConfigurations: [] } };
    expect(findingOf(step, hardenedWorld('OpenAI', bare)).status).not.toBe('compliant');
  });

  test.each([
    ['the interface', interfaceId(endpoint())],
    ['the record', RECORD_ID],
    ['the zone group', `${ID.endpoint}/privateDnsZoneGroups`],
  ])('is unknown where %s may not be read', (_, denied) => {
    expect(findingOf(step, hardenedWorld(), { denied: [denied] }).status).toBe('unknown');
  });

  test('is unknown where no virtual network is chosen', () => {
    const { virtualNetwork: _network, ...roles } = setup().roles;
    expect(findingOf(step, hardenedWorld(), { setup: setup({ roles }) }).status).toBe('unknown');
  });
});
