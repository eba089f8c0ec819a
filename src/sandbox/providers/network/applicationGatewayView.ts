import type { JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import {
  COLLECTION_NAMES,
  partId,
  partsOf,
  referencesOf,
  stateOf,
  type Collection,
  type Part,
} from './applicationGatewayParts';
import { tagsOf, weakTag } from './networkResource';

/** The first api-version that tells which TLS policy holds where none is set, and for which it is a newer one. */
const TELLS_DEFAULT_POLICY = '2023-02-01';

/** The TLS policy of a gateway without one: documented, it goes by the api-version of the write. */
export const defaultSslPolicy = (writtenBy: unknown): string =>
  String(writtenBy) >= TELLS_DEFAULT_POLICY ? 'AppGwSslPolicy20220101' : 'AppGwSslPolicy20150501';

export function showGateway(gateway: StoredResource, _: Azure, apiVersion: string): JsonObject {
  const { id, name, type, body, state } = gateway;
  const { resourceGuid, sku, operationalState: __, writtenBy, ...others } = propertiesOf(gateway);
  const rest = Object.fromEntries(
    Object.entries(others).filter(([key]) => !COLLECTION_NAMES.some((collection) => collection === key)),
  );
  const backwards = backReferences(gateway);
  return {
    name,
    id,
    etag: weakTag(gateway),
    type,
    location: body['location'],
    ...tagsOf(body),
    ...(body['zones'] === undefined ? {} : { zones: body['zones'] }),
    ...(body['identity'] === undefined ? {} : { identity: body['identity'] }),
    properties: {
      provisioningState: state,
      resourceGuid,
      sku,
      operationalState: stateOf(gateway),
      ...Object.fromEntries(
        COLLECTION_NAMES.map((collection) => [
          collection,
          partsOf(gateway, collection).map((part) => showPart(gateway, collection, part, backwards)),
        ]),
      ),
      privateEndpointConnections: [],
      ...(apiVersion >= TELLS_DEFAULT_POLICY ? { defaultPredefinedSslPolicy: defaultSslPolicy(writtenBy) } : {}),
      ...rest,
    },
  };
}

type BackReferences = ReadonlyMap<string, Readonly<Record<string, readonly { readonly id: string }[]>>>;

function showPart(gateway: StoredResource, collection: Collection, part: Part, backwards: BackReferences): JsonObject {
  const id = partId(gateway.id, collection, part.name);
  return {
    name: part.name,
    id,
    etag: weakTag(gateway),
    properties: { provisioningState: gateway.state, ...part.properties, ...backwards.get(id.toLowerCase()) },
    type: `${gateway.type}/${collection}`,
  };
}

/** Recorded: whatever is referred to lists who does. */
function backReferences(gateway: StoredResource): BackReferences {
  const found = new Map<string, Record<string, { id: string }[]>>();
  for (const collection of COLLECTION_NAMES) {
    const listed = collection === 'backendHttpSettingsCollection' ? 'backendHttpSettings' : collection;
    for (const part of partsOf(gateway, collection)) {
      for (const { id } of referencesOf(part)) {
        const lists = found.get(id.toLowerCase()) ?? {};
        (lists[listed] ??= []).push({ id: partId(gateway.id, collection, part.name) });
        found.set(id.toLowerCase(), lists);
      }
    }
  }
  return found;
}
