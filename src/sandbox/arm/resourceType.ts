import type { JsonObject } from '../../core/resources/json';
import type { Azure } from '../azure';
import type { Answer, ArmRequest, Refusal } from './messages';
import type { OperationFailure } from './operations';
import type { StoredResource } from './resourceStore';

/** One request about one resource, once the gateway has let it through. */
export interface Call {
  readonly azure: Azure;
  readonly request: ArmRequest;
  readonly apiVersion: string;
  /** In canonical casing. */
  readonly id: string;
  readonly name: string;
  /** The resource that this one is a child of. */
  readonly parent: StoredResource | undefined;
}

export interface ExistingCall extends Call {
  readonly resource: StoredResource;
}

export interface PutCall extends Call {
  readonly resource: StoredResource | undefined;
  readonly body: JsonObject;
}

export interface PatchCall extends ExistingCall {
  readonly body: JsonObject;
}

/** Something below a resource that is read or written by a path and a permission of its own. */
export interface ResourcePart {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below the resource: `config/appsettings/list`. */
  readonly path: string;
  /** The end of the action that it needs: `config/list/action`. */
  readonly operation: string;
  readonly answer: (call: ExistingCall) => Answer;
}

/**
 * One ARM resource type: what can be done with it, and what it looks like. The gateway makes the routes, and answers
 * by itself whatever a type leaves out.
 */
export interface ResourceType {
  /** `Microsoft.Network/virtualNetworks/subnets`, in the casing of Azure's answers. */
  readonly type: string;
  /** Oldest first. */
  readonly apiVersions: readonly string[];
  /** The whole wire JSON, what Azure derives from other resources included. */
  readonly show: (resource: StoredResource, azure: Azure, apiVersion: string) => JsonObject;
  /** What a GET of one shows, where that depends on the request, or is not what lists show. */
  readonly read?: (call: ExistingCall) => JsonObject;
  /** Headers of a GET besides the common ones: the ETag. */
  readonly getHeaders?: (
    resource: StoredResource,
    azure: Azure,
    apiVersion: string,
  ) => Readonly<Record<string, string>>;
  readonly put?: (call: PutCall) => Answer;
  readonly patch?: (call: PatchCall) => Answer;
  readonly remove?: (call: ExistingCall) => Answer;
  /** POST actions by segment, such as `listKeys`. */
  readonly actions?: Readonly<Record<string, (call: ExistingCall) => Answer>>;
  /** GET of something below the resource that is no resource of its own, such as `privateLinkResources`. */
  readonly facets?: Readonly<Record<string, (call: ExistingCall) => Answer>>;
  /** For children that the provider, not the gateway, misses. */
  readonly missing?: (id: string) => Refusal;
  /** What happens when the resource goes, besides its children going with it. */
  readonly vanish?: (resource: StoredResource, azure: Azure) => void;
  /** Why the resource cannot be deleted now; resources below `going` do not count. */
  readonly blocked?: (resource: StoredResource, azure: Azure, going: string) => OperationFailure | undefined;
  /** True where nothing about it is changing; by its provisioningState alone where not given. */
  readonly isSettled?: (resource: StoredResource, azure: Azure) => boolean;
  /** Requests of any method about something below the resource that is no resource of its own. */
  readonly parts?: readonly ResourcePart[];
  /** Lists answer at most this many resources a page, and honour `$top`. */
  readonly pageSize?: number;
  /** The last page of a list says that it is: `nextLink: null`. */
  readonly saysLastPage?: boolean;
  /** How long a client waits before it reads an unsettled resource again, where ten seconds would be pointless. */
  readonly secondsBetweenReads?: number;
  /** Azure Resource Graph knows resources of this type. */
  readonly inGraph: boolean;
}

/** The resource types that this Azure has, by lower-cased name. */
export class ResourceTypes {
  private readonly byName: ReadonlyMap<string, ResourceType>;

  constructor(readonly all: readonly ResourceType[]) {
    this.byName = new Map(all.map((type) => [type.type.toLowerCase(), type]));
  }

  of(resource: StoredResource): ResourceType {
    const found = this.byName.get(resource.type.toLowerCase());
    if (found === undefined) throw new Error(`The sandbox has no resource type ${resource.type}.`);
    return found;
  }
}
