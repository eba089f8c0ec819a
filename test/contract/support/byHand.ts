import { asObjects, asString, isJsonObject, type Json, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { sameResource } from '../../../src/core/resources/resourceId';
import { apiVersionFor } from '../../../src/core/resources/resourceTypes';
import type { ProbeRequest } from '../../../src/core/probes/probe';
import { BUILT_IN_ROLE_IDS, type BuiltInRoleName } from '../../../src/core/steps/azureRoles';
import type { Connection } from '../../../src/azure/connection';
import type { Sandbox } from '../../../src/sandbox/sandbox';
import { SandboxClient, type Received } from '../../sandbox/client';
import { signal } from './sandboxSession';

const POLLS = 200;

/** What somebody does without Ringfence: plain requests to Azure Resource Manager, each followed to its end. */
export class ByHand {
  private readonly client: SandboxClient;

  constructor(
    sandbox: Sandbox,
    private readonly connection: Connection,
  ) {
    this.client = new SandboxClient(sandbox);
  }

  async get(id: string): Promise<JsonObject> {
    const { status, body } = await this.client.get(versioned(id));
    if (status !== 200 || !isJsonObject(body)) throw new Error(`GET ${id}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async put(id: string, body: JsonObject): Promise<void> {
    await this.finish(id, await this.client.put(versioned(id), body));
  }

  async patch(id: string, body: JsonObject): Promise<void> {
    await this.finish(id, await this.client.patch(versioned(id), body));
  }

  /** What an operation such as `listKeys` answers. */
  async answer(id: string, operation: string): Promise<JsonObject> {
    const [path = '', query = ''] = versioned(id).split('?');
    const { status, body } = await this.client.post(`${path}/${operation}?${query}`);
    if (status !== 200 || !isJsonObject(body)) throw new Error(`POST ${id}/${operation}: ${status}`);
    return body;
  }

  /** An operation on a resource, such as `unregister`. */
  async post(id: string, operation: string): Promise<void> {
    const [path = '', query = ''] = versioned(id).split('?');
    await this.finish(id, await this.client.post(`${path}/${operation}?${query}`));
  }

  async delete(id: string): Promise<void> {
    await this.finish(id, await this.client.delete(versioned(id)));
  }

  /** Takes a role away that a principal has at a scope. */
  async unassign(principal: string, role: BuiltInRoleName, scope: string): Promise<void> {
    const list = await this.get(`${scope}/providers/Microsoft.Authorization/roleAssignments`);
    const found = asObjects(list['value']).find(
      ({ properties }) =>
        readPath(properties, 'principalId') === principal &&
        String(readPath(properties, 'roleDefinitionId')).endsWith(BUILT_IN_ROLE_IDS[role]) &&
        sameResource(String(readPath(properties, 'scope')), scope),
    );
    if (found === undefined) throw new Error(`${principal} does not have the role ${role} at ${scope}.`);
    await this.delete(String(found['id']));
  }

  /** The principal of a resource's system-assigned identity. */
  async principalOf(id: string): Promise<string> {
    const principal = asString(readPath(await this.get(id), 'identity.principalId'));
    if (principal === undefined) throw new Error(`${id} has no identity.`);
    return principal;
  }

  /** Asks the data plane of a service from inside of a virtual network, as the operator. */
  async ask(network: string, request: ProbeRequest): Promise<Json | undefined> {
    const position = { kind: 'virtualNetwork', virtualNetwork: network } as const;
    const { https } = await this.connection.probes.measure(request, position, signal);
    if (https?.status === undefined || https.status >= 300) {
      throw new Error(`${request.method} ${request.path}: ${JSON.stringify(https)}`);
    }
    return https.body;
  }

  /** Follows what was begun, then waits until the resource has come to rest. */
  private async finish(id: string, first: Received): Promise<void> {
    if (first.status >= 400) throw new Error(`${id}: ${first.status} ${JSON.stringify(first.body)}`);
    const last = (await this.client.follow(first)).at(-1) ?? '';
    if (/Failed|Canceled/.test(last)) throw new Error(`${id}: ${last}`);
    for (let polls = 0; polls < POLLS; polls += 1) {
      const { body } = await this.client.get(versioned(id));
      const state = asString(readPath(body, 'properties.provisioningState')) ?? 'succeeded';
      if (/^(succeeded|failed|canceled)$/i.test(state)) return;
    }
    throw new Error(`${id} does not come to rest.`);
  }
}

/** Ids of types that Ringfence knows nothing of come with their version. */
function versioned(id: string): string {
  return id.includes('?') ? id : `${id}?api-version=${apiVersionFor(id) ?? ''}`;
}
