import { asObjects, asString } from '../resources/json';
import { childId, extensionId, isWithin } from '../resources/resourceId';
import { extendedScope } from '../resources/resourceTypes';
import { text } from '../text';
import { guardedResources } from './guarded';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/**
 * Locks against deletion.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources, api-version 2020-05-01
 */

const LOCK = 'Microsoft.Authorization/locks';

/** Ids of the locks that hold for a resource: its own and those of what is around it. */
function locksOn(context: StepContext, resource: string): readonly string[] {
  const list = context.read(childId(resource, 'providers', LOCK));
  return asObjects(list?.['value']).flatMap((lock) => {
    const id = asString(lock['id']) ?? '';
    const scope = extendedScope(id);
    return scope !== undefined && isWithin(resource, scope) ? [id] : [];
  });
}

function expectLock(context: StepContext, resource: string): Expectation {
  const [standing] = locksOn(context, resource);
  const level = { kind: 'oneOf', values: ['CanNotDelete', 'ReadOnly'], prefer: 'CanNotDelete' } as const;
  if (standing !== undefined) {
    return { resource: standing, assertions: [{ at: 'properties.level', must: level }], observed: true };
  }
  const id = extensionId(resource, LOCK, 'ringfence');
  // What is not there, and is not planned either, cannot be locked.
  if (context.read(resource) === undefined) return { resource: id, assertions: [] };
  const notes = 'Keeps this resource from being deleted by mistake. Set by Ringfence.';
  return {
    resource: id,
    assertions: [],
    create: { properties: { level: 'CanNotDelete', notes } },
    permissions: [{ action: `${LOCK}/write`, scope: resource }],
  };
}

const resourceLocks = defineStep({
  id: 'resource-locks',
  title: text('Locks against deletion'),
  why: text(
    'Whoever may manage a resource may also delete it, by mistake or not. With a lock it takes two deliberate steps, and the first one is in the log.',
  ),
  group: 'governance',
  on: 'subscription',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['resource-group'],
  preferAfter: ['activity-alerts', 'policy-initiative', 'policy-assignments'],
  last: true,
  sources: [
    { seed: 'ai-search-security.fr', section: 'Autoriser le management des services Azure' },
    {
      reference: 'Lock your resources to protect your infrastructure',
      url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources',
    },
  ],
  severity: 'medium',
  notApplicable: ({ setup }) => (setup.options.locks ? undefined : text('Locks are left out of this setup.')),
  notes: () => [
    text(
      'A lock keeps the resource, not what is in it: blobs, indexes and keys can still be deleted by who may do that.',
    ),
    text(
      'Locks of the kind ReadOnly are not used: with them nobody lists keys, and a gateway no longer tells how its backends are.',
    ),
  ],
  expects: (context) => guardedResources(context).map((resource) => expectLock(context, resource)),
  permissions: [`${LOCK}/write`],
  risk: {
    kind: 'none',
    note: text(
      'Role assignments, diagnostic settings, subnets and endpoint connections of a locked resource cannot be deleted either. To undo an earlier run, take this one back first.',
    ),
  },
  typicalSeconds: 5,
});

export const LOCK_STEPS: readonly Step[] = [resourceLocks];
