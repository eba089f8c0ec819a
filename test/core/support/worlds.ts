import { CLOUDS, expectedPrivateZones } from '../../../src/core/clouds';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { ID, linkId, zoneId } from './ids';
import {
  account,
  endpoint,
  hardenedAccount,
  link,
  provider,
  resourceGroup,
  subnet,
  virtualNetwork,
  zone,
  zoneGroup,
} from './resources';
import { World } from './world';

/** What every subscription of the tests has: its providers. */
export function providers(state = 'Registered'): readonly WireResource[] {
  return ['Microsoft.CognitiveServices', 'Microsoft.Network'].map((namespace) => provider(namespace, state));
}

/** A subscription and nothing in it. */
export function emptyWorld(): World {
  return new World(providers('NotRegistered'));
}

/** An account that everybody can reach, and a network beside it that knows nothing of it. */
export function exposedWorld(...others: readonly WireResource[]): World {
  return new World([...providers(), resourceGroup(), account(), virtualNetwork(), subnet(), ...others]);
}

/** Everything done, for an account of this kind; what is given replaces or joins what is there. */
export function hardenedWorld(kind: 'OpenAI' | 'AIServices' = 'OpenAI', ...others: readonly WireResource[]): World {
  const zones = expectedPrivateZones(CLOUDS.public, kind).map((name) => zoneId(name));
  return new World([
    ...providers(),
    resourceGroup(),
    virtualNetwork(),
    subnet(),
    hardenedAccount({ kind }),
    endpoint(),
    ...zones.flatMap((id) => [zone(id), link({ id: linkId(id) })]),
    zoneGroup(zones),
    ...others,
  ]);
}

/** A hardened world in which one thing is missing. */
export function hardenedWithout(...ids: readonly string[]): World {
  const world = hardenedWorld();
  for (const id of ids) world.remove(id);
  return world;
}

/** The first address that a private endpoint gets in the tests' subnet. */
export const FIRST_ADDRESS = '10.0.1.4';

export const RECORD_ID = `${zoneId()}/A/contoso-openai`;
export const GROUP_ID = `${ID.endpoint}/privateDnsZoneGroups/default`;
