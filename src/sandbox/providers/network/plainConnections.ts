import type { JsonObject } from '../../../core/resources/json';
import type { Answer, Refusal } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall, ResourceType } from '../../arm/resourceType';
import { connectionType, endpointIdOf, wantedState } from './linkConnections';
import { writeRecords } from './zoneRecords';

/** What the connections of one service have of their own. */
interface PlainConnections {
  /** The resource type of the targets. */
  readonly target: string;
  readonly apiVersions: readonly string[];
  readonly missing: (id: string) => Refusal;
  readonly badRequest: (message: string) => Refusal;
}

/** The service's side of private endpoints where nothing else goes on: answered and deleted at once. Published shape. */
export function plainConnections({ target, apiVersions, missing, badRequest }: PlainConnections): ResourceType {
  return {
    type: connectionType(target),
    apiVersions,
    inGraph: false,
    show: showPlainConnection,
    put: (call) => answer(call, missing, badRequest),
    remove: ({ azure, resource }) => {
      azure.vanish(resource);
      return { status: 200 };
    },
    missing,
  };
}

export function showPlainConnection(connection: StoredResource): JsonObject {
  const { id, name, type, state } = connection;
  return { id, name, type, properties: { ...propertiesOf(connection), provisioningState: state } };
}

/** Approves or rejects. */
function answer(
  { azure, resource, body, id }: PutCall,
  missing: PlainConnections['missing'],
  badRequest: PlainConnections['badRequest'],
): Answer {
  if (resource === undefined) throw missing(id);
  const wanted = wantedState(body);
  if (wanted === undefined) throw badRequest('The connection status must be Approved or Rejected.');
  const state = { status: wanted.status, description: wanted.description ?? '', actionsRequired: 'None' };
  const properties = { ...propertiesOf(resource), privateLinkServiceConnectionState: state };
  const changed = azure.store.change(resource.id, { body: { ...resource.body, properties } });
  writeRecords(azure, endpointIdOf(resource));
  return { status: 200, body: showPlainConnection(changed ?? resource) };
}
