import { asString } from '../resources/json';
import { subscriptionScope } from '../resources/resourceId';
import { text } from '../text';
import { Unsettled, type StepContext } from './step';

/** The tenant of the setup, else the one that the subscription trusts. @throws Unsettled. */
export function tenantOf(context: StepContext): string {
  const { setup } = context;
  const subscription = subscriptionScope(setup.subscription);
  const tenant = setup.tenant ?? asString(context.read(subscription)?.['tenantId']);
  if (tenant !== undefined) return tenant;
  throw new Unsettled(
    { kind: 'resource', id: subscription },
    text('Azure did not say which tenant the subscription trusts. Put it into the setup.'),
  );
}
