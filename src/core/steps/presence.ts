import type { RoleId, Roles } from '../setup/setup';
import type { Assertion } from './matcher';
import type { Expectation, StepContext } from './step';

/** States of a resource that is there, or comes to rest by itself; not those in which it goes away or has failed. */
const STATES = ['Succeeded', 'Accepted', 'Created', 'Creating', 'Activating', 'Updating', 'Moving', 'ResolvingDNS'];

const inGoodState: Assertion = {
  at: 'properties.provisioningState',
  absentMeans: 'Succeeded',
  must: { kind: 'oneOf', values: STATES, prefer: 'Succeeded' },
};

/** What becomes of a resource that is not there, made from what the setup says about a new one. */
type Creation<R extends RoleId> = (
  wanted: NonNullable<NonNullable<Roles[R]>['create']>,
) => Pick<Expectation, 'create' | 'undoCreate' | 'permissions'>;

/**
 * That the resource in a role is there and well. It can be created where the setup says so; what state it is in, only
 * Azure changes.
 */
export function presenceOf<R extends RoleId>(
  context: StepContext,
  role: R,
  creation: Creation<R>,
): readonly Expectation[] {
  const { id: resource, create } = context.role(role);
  if (context.read(resource)) return [{ resource, assertions: [inGoodState], observed: true }];
  return [{ resource, assertions: [], ...(create && creation(create)) }];
}
