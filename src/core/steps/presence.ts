import type { ChangeUndo } from '../plan/change';
import { hasFailed } from '../resources/provisioning';
import { resourceTypeOf } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import type { RoleId, Roles } from '../setup/setup';
import { text } from '../text';
import type { Assertion } from './matcher';
import type { Expectation, StepContext } from './step';

/** States of a resource that is there, or comes to rest by itself; not those in which it goes away or has failed. */
const STATES = ['Succeeded', 'Accepted', 'Created', 'Creating', 'Activating', 'Updating', 'Moving', 'ResolvingDNS'];

const inGoodState: Assertion = {
  at: 'properties.provisioningState',
  absentMeans: 'Succeeded',
  must: { kind: 'oneOf', values: STATES, prefer: 'Succeeded' },
  // Nobody sets it: Azure does, when it has written the resource.
  implied: true,
};

/** Types that Azure writes once more, with all that they show, when it is asked to change nothing. */
const WRITTEN_AGAIN: readonly string[] = [
  TYPES.cognitiveAccount,
  TYPES.searchService,
  TYPES.storageAccount,
  TYPES.keyVault,
  TYPES.apiManagement,
];

const MENDED: ChangeUndo = {
  kind: 'none',
  reason: text('Azure had failed at an earlier change, and has finished it.'),
};

/** What becomes of a resource that is not there, made from what the setup says about a new one. */
type Creation<R extends RoleId> = (
  wanted: NonNullable<NonNullable<Roles[R]>['create']>,
) => Pick<Expectation, 'create' | 'undoCreate' | 'permissions'>;

/**
 * That the resource in a role is there and well. It can be created where the setup says so. What state it is in, only
 * Azure changes; where it has failed at the last change, it can be asked to finish it.
 */
export function presenceOf<R extends RoleId>(
  context: StepContext,
  role: R,
  creation: Creation<R>,
): readonly Expectation[] {
  const { id: resource, create } = context.role(role);
  const present = context.read(resource);
  if (present) {
    const isMended = hasFailed(present) && WRITTEN_AGAIN.includes(resourceTypeOf(resource));
    return [{ resource, assertions: [inGoodState], ...(isMended ? { undoUpdate: MENDED } : { observed: true }) }];
  }
  return [{ resource, assertions: [], ...(create && creation(create)) }];
}
