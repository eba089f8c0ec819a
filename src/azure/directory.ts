import type { TokenCredential } from '@azure/core-auth';
import type { Cloud } from '../core/clouds';
import { AzureError, type DirectoryPort } from '../core/ports';
import { asObjects, asString, isJsonObject, type JsonObject } from '../core/resources/json';
import type { Principal } from '../core/setup/setup';

/** Kinds of objects in the directory, and where Microsoft Graph has them. */
const KINDS = [
  { path: 'users', type: 'User' },
  { path: 'groups', type: 'Group' },
  { path: 'servicePrincipals', type: 'ServicePrincipal' },
] as const satisfies readonly { path: string; type: Principal['type'] }[];

const FOUND_AT_MOST = 10;

export interface DirectorySettings {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  /** Where Microsoft Graph answers; the cloud's own place where this is left out. */
  readonly graph?: string;
}

/** Microsoft Entra ID through Microsoft Graph. Source: https://learn.microsoft.com/graph/api/overview, v1.0 */
export class Directory implements DirectoryPort {
  constructor(private readonly settings: DirectorySettings) {}

  /** The token for Azure Resource Manager says who has it. It is not checked: Azure does that. */
  async signedIn(signal: AbortSignal): Promise<Principal | undefined> {
    const { cloud, credential } = this.settings;
    const token = await credential.getToken(cloud.managementScope, { abortSignal: signal }).catch(() => null);
    return token === null ? undefined : principalIn(token.token);
  }

  async find(name: string, signal: AbortSignal): Promise<readonly Principal[]> {
    const lists = await Promise.all(KINDS.map((kind) => this.findKind(kind, name, signal)));
    return lists.flat();
  }

  private async findKind(
    { path, type }: (typeof KINDS)[number],
    name: string,
    signal: AbortSignal,
  ): Promise<readonly Principal[]> {
    const query = new URLSearchParams({
      $filter: `startswith(displayName,'${name.replaceAll("'", "''")}')`,
      $select: 'id,displayName',
      $top: String(FOUND_AT_MOST),
    });
    const body = await this.get(`/v1.0/${path}?${query.toString()}`, signal);
    return asObjects(body['value']).flatMap((item): Principal[] => {
      const id = asString(item['id']);
      const displayName = asString(item['displayName']);
      return id === undefined ? [] : [{ id, type, ...(displayName !== undefined && { name: displayName }) }];
    });
  }

  private async get(path: string, signal: AbortSignal): Promise<JsonObject> {
    const { cloud, credential, graph = cloud.graph } = this.settings;
    const token = await credential.getToken(`${cloud.graph}/.default`, { abortSignal: signal });
    const response = await fetch(graph + path, {
      headers: { authorization: `Bearer ${token?.token ?? ''}`, accept: 'application/json' },
      signal,
    });
    const body: unknown = await response.json().catch(() => ({}));
    if (response.ok) return isJsonObject(body) ? body : {};
    const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
    throw new AzureError(
      asString(error['code']) ?? String(response.status),
      asString(error['message']) ?? 'Microsoft Graph refused the request.',
      response.status,
      undefined,
    );
  }
}

/** What the middle part of a token says of its owner; undefined where it says nothing that can be read. */
function principalIn(token: string): Principal | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (!isJsonObject(claims)) return undefined;
    const id = asString(claims['oid']);
    const name = asString(claims['name']) ?? asString(claims['preferred_username']) ?? asString(claims['upn']);
    if (id === undefined) return undefined;
    const type = asString(claims['idtyp']) === 'app' ? 'ServicePrincipal' : 'User';
    return { id, type, ...(name !== undefined && { name }) };
  } catch {
    return undefined;
  }
}
