import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import { holds, type Assertion, type Surrounding } from './matcher';
import { Unsettled, type StepContext } from './step';

/** Of Azure OpenAI, AI Search and Storage alike. Search writes it with another case. */
export const publicAccessOff: Assertion = {
  at: 'properties.publicNetworkAccess',
  absentMeans: 'Enabled',
  must: { kind: 'equals', value: 'Disabled' },
};

export const publicAccessOn: Assertion = { ...publicAccessOff, must: { kind: 'equals', value: 'Enabled' } };

/** The network rules of Storage and Key Vault, which Azure replaces as a whole. */
export const networkRules: Surrounding = {
  at: 'properties.networkAcls',
  absentMeans: { defaultAction: 'Allow', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
};

/** That network rules let nobody in who is not listed. */
export function denyByDefault(within: Surrounding): Assertion {
  return {
    at: 'properties.networkAcls.defaultAction',
    absentMeans: 'Allow',
    must: { kind: 'equals', value: 'Deny' },
    within,
  };
}

/** Whether public access is off already; then rules for it have no effect. */
export function isClosed(resource: WireResource | undefined): boolean {
  return resource !== undefined && holds(resource, publicAccessOff);
}

/** `SecuredByPerimeter` is neither on nor off: what gets in is decided elsewhere. @throws Unsettled. */
export function refusePerimeter(context: StepContext, resource: string): void {
  const access = asString(readPath(context.read(resource), 'properties.publicNetworkAccess'));
  if (access?.toLowerCase() !== 'securedbyperimeter') return;
  const reason = text('A network security perimeter governs public access, and Ringfence does not read those.');
  throw new Unsettled({ kind: 'resource', id: resource }, reason);
}
