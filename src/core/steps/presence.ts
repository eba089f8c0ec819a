import type { Assertion } from './matcher';
import type { Expectation, StepContext } from './step';

/** States of a resource that is there, or comes to rest by itself; not those in which it goes away or has failed. */
const STATES = ['Succeeded', 'Accepted', 'Creating', 'Updating', 'Moving', 'ResolvingDNS'];

const inGoodState: Assertion = {
  at: 'properties.provisioningState',
  absentMeans: 'Succeeded',
  must: { kind: 'oneOf', values: STATES, prefer: 'Succeeded' },
};

/** That a resource is there and well. It can be created; what state it is in, only Azure changes. */
export function presenceOf(
  context: StepContext,
  resource: string,
  creation: Pick<Expectation, 'create' | 'undoCreate'>,
): readonly Expectation[] {
  const missing: Expectation = { resource, assertions: [], ...creation };
  return context.read(resource) ? [{ resource, assertions: [inGoodState], observed: true }] : [missing];
}
