import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourceKey } from '../../src/core/resources/resourceId';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { STORAGE } from '../../src/sandbox/worlds/exposed';
import type { WorldName } from '../../src/sandbox/worlds/worlds';
import { differences } from './support/differences';
import { travel, verdicts, type Travelled } from './support/journey';
import { LockoutWatch } from './support/lockoutWatch';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

interface Journey extends Travelled {
  readonly opening: SandboxSession;
  readonly exchanges: readonly Exchange[];
  readonly watch: LockoutWatch;
}

async function make(world: WorldName): Promise<Journey> {
  const exchanges: Exchange[] = [];
  const onExchange = (exchange: Exchange): number => exchanges.push(exchange);
  const opening = await openSandboxSession({ world, scenario: 'on-your-data', onExchange });
  const watch = new LockoutWatch(opening.connection, opening.session.state.setup);
  return { opening, exchanges, watch, ...(await travel(opening)) };
}

/** What is measured once everything holds: the internet is refused, everybody inside gets through. */
const PROVED = [
  'internet-refused/openAi: pass',
  'internet-refused/search: pass',
  'internet-refused/storage: pass',
  'resolves/virtualNetwork/openAi: pass',
  'answers/virtualNetwork/openAi: pass',
  'resolves/virtualNetwork/search: pass',
  'answers/virtualNetwork/search: pass',
  'resolves/virtualNetwork/storage: pass',
  'answers/virtualNetwork/storage: pass',
  'resolves/webApp/openAi: pass',
  'answers/webApp/openAi: pass',
  'ingestion/internet: pass',
  'ingestion/virtualNetwork: pass',
  'ingestion/webApp: pass',
  'inference/internet: pass',
  'inference/virtualNetwork: pass',
  'inference/webApp: pass',
];

const OPENAI = 'Microsoft.CognitiveServices/accounts/contoso-openai';
/** A property that was never set: Azure has no way to unset it, so it says what its absence meant. */
const SAID_OUT_LOUD = [
  `${OPENAI} › properties.networkAcls.bypass: absent → "None"`,
  'Microsoft.Storage/storageAccounts/contosodocs › properties.publicNetworkAccess: absent → "Enabled"',
  'Microsoft.Storage/storageAccounts/contosodocs › properties.allowSharedKeyAccess: absent → true',
];
const CONNECTION = 'pe-contoso-openai.9a015ac8-3a10-5516-8631-bf6c6436fa86';
/** A connection that was approved cannot go back to waiting; the account, the endpoint and its names all show it. */
const APPROVED = [
  `${OPENAI} › properties.privateEndpointConnections.[${CONNECTION}].properties.privateLinkServiceConnectionState.status: "Pending" → "Approved"`,
  `${OPENAI}/privateEndpointConnections/${CONNECTION} › properties.privateLinkServiceConnectionState.status: "Pending" → "Approved"`,
  'Microsoft.Network/privateEndpoints/pe-contoso-openai › properties.manualPrivateLinkServiceConnections.[pe-contoso-openai].properties.privateLinkServiceConnectionState.status: "Pending" → "Approved"',
  'Microsoft.Network/privateEndpoints/pe-contoso-openai › properties.customDnsConfigs.[0]: absent → {"fqdn":"contoso-openai.openai.azure.com","ipAddresses":["10.3.1.4"]}',
];
const PROVIDERS = ['CognitiveServices', 'Network', 'Search', 'Security', 'Storage', 'Web'];

/** All that differs from the world before once everything is taken back. */
const LEFT_BEHIND: Readonly<Record<WorldName, readonly string[]>> = {
  empty: [
    ...PROVIDERS.map((name) => `Microsoft.${name} › registrationState: "NotRegistered" → "Registered"`),
    'Microsoft.CognitiveServices/locations/eastus/resourceGroups/rg-ringfence/deletedAccounts/oai-ringfence-5a4d1f: added',
  ],
  exposed: [...SAID_OUT_LOUD, 'Microsoft.Search/searchServices/contoso-search › identity: absent → {"type":"None"}'],
  half: [...SAID_OUT_LOUD, ...APPROVED],
  hardened: [],
};

/** Ends of the ids of what undoing says beforehand that it keeps. */
const KEPT: Readonly<Record<WorldName, readonly string[]>> = {
  empty: PROVIDERS.map((name) => `/providers/Microsoft.${name}`),
  exposed: [],
  half: [`/privateEndpointConnections/${CONNECTION}`],
  hardened: [],
};

describe.each(['empty', 'exposed', 'half', 'hardened'] satisfies WorldName[])(
  'on your data, from the world “%s”',
  (world) => {
    let journey: Journey;
    beforeAll(async () => {
      journey = await make(world);
    });
    afterAll(async () => {
      await journey.opening.close();
    });

    it('is refused on the internet by all three services, and ingests and infers from the network and the web app', () => {
      expect(verdicts(journey.measured)).toEqual(PROVED);
    });

    it('never has a service closed to the internet while its private path does not answer', () => {
      expect(journey.watch.lockouts).toEqual([]);
      expect(journey.watch.closedSeen).toBeGreaterThanOrEqual(3);
    });

    it('is taken back property by property, but for what Azure cannot take back', () => {
      expect([...differences(journey.before, journey.after)].sort()).toEqual([...LEFT_BEHIND[world]].sort());
      const kept = journey.undone.kept.map(({ resource }) => resource);
      expect(kept.map((id) => KEPT[world].find((end) => id.endsWith(end)) ?? id).sort()).toEqual(
        [...KEPT[world]].sort(),
      );
    });

    it('deletes nothing that it has not created', () => {
      const deleted = journey.exchanges
        .filter(({ method }) => method === 'DELETE')
        .map(idOf)
        .filter((id) => !ENDS_INTEGRATION.test(id));
      const created = new Set(journey.exchanges.filter(({ method }) => method === 'PUT').map(idOf));
      const wasThere = new Set(Object.keys(journey.before).map(resourceKey));
      expect(deleted.filter((id) => wasThere.has(id) || !created.has(id))).toEqual([]);
      expect(deleted.length).toBeGreaterThan(0);
    });
  },
);

/** Not a resource: this is how a web app leaves its virtual network. */
const ENDS_INTEGRATION = /\/networkconfig\/virtualnetwork$/;

function idOf({ url }: Exchange): string {
  return resourceKey(decodeURIComponent(url.split('?')[0] ?? '').replace(/^\/+/, '/'));
}

describe('the watch over lockouts', () => {
  it('notices a service that is closed while nobody in the network reaches it', async () => {
    const opening = await openSandboxSession({ world: 'exposed', scenario: 'on-your-data' });
    const watch = new LockoutWatch(opening.connection, opening.session.state.setup);
    const body = { properties: { publicNetworkAccess: 'Disabled' } };
    await opening.connection.azure.write({ resource: STORAGE, action: 'update', body }, { signal });
    expect(watch.lockouts).toEqual([expect.stringContaining('contosodocs.blob.core.windows.net after update')]);
    await opening.close();
  });
});
