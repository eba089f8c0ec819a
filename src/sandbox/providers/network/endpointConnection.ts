import { asArray, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { isSettled, propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { stateOf } from './linkConnections';
import type { ConnectionState } from './privateLinkService';

/** What an endpoint asks of a service: the one entry of its connections, automatic or manual. */
export interface EndpointConnection {
  readonly name: string;
  readonly manual: boolean;
  readonly targetId: string;
  readonly groupIds: readonly string[];
  readonly requestMessage: string | undefined;
}

export function connectionOf(endpoint: StoredResource): EndpointConnection {
  const stored = propertiesOf(endpoint)['connection'];
  const connection: JsonObject = isJsonObject(stored) ? stored : {};
  return {
    name: asString(connection['name']) ?? '',
    manual: connection['manual'] === true,
    targetId: asString(connection['targetId']) ?? '',
    groupIds: asArray(connection['groupIds']).map(String),
    requestMessage: asString(connection['requestMessage']),
  };
}

/** The state as the service has it. Before the service knows the endpoint, it is what the request will lead to. */
export function connectionStateOf(azure: Azure, endpoint: StoredResource): ConnectionState {
  const { targetId } = connectionOf(endpoint);
  const target = azure.store.get(targetId);
  const known = target && stateOf(azure, target, endpoint.id);
  if (known) return known;
  return isSettled(endpoint) || endpoint.state === 'Deleting'
    ? { status: 'Disconnected', actionsRequired: 'None' }
    : initialState(endpoint);
}

/** Recorded: an automatic connection of the same tenant is approved at once. */
export function initialState(endpoint: StoredResource): ConnectionState {
  const { manual, requestMessage } = connectionOf(endpoint);
  return manual
    ? { status: 'Pending', description: requestMessage ?? 'Awaiting Approval', actionsRequired: 'None' }
    : { status: 'Approved', description: 'Auto Approved', actionsRequired: 'None' };
}
