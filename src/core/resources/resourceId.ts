/**
 * Azure Resource Manager ids. They compare without regard to case and to a trailing slash;
 * `resourceKey` is the form that is used wherever an id is a key.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export interface ResourceIdParts {
  readonly subscriptionId: string;
  /** Undefined for resources of the subscription itself. */
  readonly resourceGroup: string | undefined;
  /** `Microsoft.Network/virtualNetworks/subnets`, in the casing of the id. */
  readonly type: string;
  /** One name for each type segment. */
  readonly names: readonly string[];
}

const SUBSCRIPTION = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?(?:\/providers\/(.+))?$/i;

/** Most ids have none, and looking for one from every slash in them takes longer than all else. */
function withoutEndSlash(id: string): string {
  return id.endsWith('/') ? id.replace(/\/+$/, '') : id;
}

/** The comparable form: lower case, no trailing slash. */
export function resourceKey(id: string): string {
  return withoutEndSlash(id).toLowerCase();
}

export function sameResource(left: string, right: string): boolean {
  return resourceKey(left) === resourceKey(right);
}

/** Whether a resource is the scope itself or stands inside of it. */
export function isWithin(id: string, scope: string): boolean {
  return `${resourceKey(id)}/`.startsWith(`${resourceKey(scope)}/`);
}

/** Takes an id apart; undefined where the text is not the id of a subscription, a resource group or a resource in one. */
export function parseResourceId(id: string): ResourceIdParts | undefined {
  const match = SUBSCRIPTION.exec(withoutEndSlash(id));
  if (!match) return undefined;
  const [, subscriptionId = '', resourceGroup, provider] = match;
  if (provider === undefined) {
    return resourceGroup === undefined
      ? { subscriptionId, resourceGroup, type: 'Microsoft.Resources/subscriptions', names: [subscriptionId] }
      : { subscriptionId, resourceGroup, type: 'Microsoft.Resources/resourceGroups', names: [resourceGroup] };
  }
  // An extension, such as a role assignment, is what stands behind the last `/providers/`.
  const own = provider.split(/\/providers\//i).at(-1) ?? provider;
  const [namespace = '', ...segments] = own.split('/');
  if (namespace === '' || segments.includes('')) return undefined;
  if (segments.length === 0) {
    return { subscriptionId, resourceGroup, type: 'Microsoft.Resources/providers', names: [namespace] };
  }
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return { subscriptionId, resourceGroup, type: [namespace, ...types].join('/'), names };
}

/** The last name in the id: what a person calls the resource. */
export function resourceName(id: string): string {
  return withoutEndSlash(id).split('/').at(-1) ?? id;
}

/** The resource type in lower case; empty for text that is no id. */
export function resourceTypeOf(id: string): string {
  return parseResourceId(id)?.type.toLowerCase() ?? '';
}

export function subscriptionScope(subscriptionId: string): string {
  return `/subscriptions/${subscriptionId}`;
}

export function resourceGroupId(subscriptionId: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

/** The id of the resource group that holds this resource; undefined at subscription level. */
export function resourceGroupIdOf(id: string): string | undefined {
  const parts = parseResourceId(id);
  return parts?.resourceGroup === undefined ? undefined : resourceGroupId(parts.subscriptionId, parts.resourceGroup);
}

/** The id of a top-level resource in a resource group. */
export function resourceIdIn(group: string, type: string, name: string): string {
  return `${group}/providers/${type}/${name}`;
}

/** The id of a child (`/subnets/x`, or a list such as `/privateLinkResources`) of a resource. */
export function childId(parent: string, ...segments: readonly string[]): string {
  return [withoutEndSlash(parent), ...segments].join('/');
}

/** The id of an extension of a resource, a group or a subscription: a role assignment at that scope. */
export function extensionId(scope: string, type: string, name: string): string {
  return `${withoutEndSlash(scope)}/providers/${type}/${name}`;
}

/** The resource that this one is a child of (a subnet's virtual network); undefined for top-level resources. */
export function parentResourceId(id: string): string | undefined {
  const parts = parseResourceId(id);
  if (!parts || parts.names.length < 2) return undefined;
  return withoutEndSlash(id).split('/').slice(0, -2).join('/');
}

/** The top-level resource that this one belongs to: the id itself where it is one. */
export function topLevelResourceId(id: string): string {
  const parent = parentResourceId(id);
  return parent === undefined ? id : topLevelResourceId(parent);
}
