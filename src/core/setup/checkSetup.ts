import { parentResourceId, parseResourceId, sameResource } from '../resources/resourceId';
import { findStep } from '../steps/registry';
import { text, type Text } from '../text';
import { parseIpv4Range, rangeContains } from './addresses';
import type { Setup } from './setup';
import { FORMATS, setupSchema } from './setupSchema';

/** Something wrong with a setup, at a path such as `['roles', 'openAi', 'id']`. */
export interface SetupFault {
  readonly path: readonly (string | number)[];
  /** The name of the property is what is wrong, not its value. */
  readonly atName?: boolean;
  readonly message: Text;
}

export type SetupCheck =
  { readonly ok: true; readonly setup: Setup } | { readonly ok: false; readonly faults: readonly SetupFault[] };

/** Checks a value against everything that a setup has to be. Every fault is reported; nothing is guessed or dropped. */
export function checkSetup(value: unknown): SetupCheck {
  const parsed = setupSchema.safeParse(value);
  if (!parsed.success)
    return { ok: false, faults: parsed.error.issues.flatMap((issue) => describeIssue(issue, value)) };
  const { $schema: _schema, ...setup } = parsed.data;
  const faults = contradictions(setup);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, setup };
}

/** What a schema cannot say: that the parts of a setup fit each other. */
function contradictions(setup: Setup): readonly SetupFault[] {
  const { virtualNetwork, privateEndpointSubnet } = setup.roles;
  const found: SetupFault[] = [];
  for (const [role, binding] of Object.entries(setup.roles)) {
    const subscription = binding && parseResourceId(binding.id)?.subscriptionId;
    if (subscription !== undefined && subscription.toLowerCase() !== setup.subscription.toLowerCase()) {
      found.push({
        path: ['roles', role, 'id'],
        message: text('This resource is in another subscription than the setup.'),
      });
    }
  }
  for (const step of Object.keys(setup.skip).filter((id) => findStep(id) === undefined)) {
    const message = text('“{0}” is not a step that Ringfence knows.', step);
    found.push({ path: ['skip', step], atName: true, message });
  }
  if (virtualNetwork && privateEndpointSubnet) {
    const parent = parentResourceId(privateEndpointSubnet.id);
    if (parent === undefined || !sameResource(parent, virtualNetwork.id)) {
      const message = text('This subnet is not in the virtual network of the setup.');
      found.push({ path: ['roles', 'privateEndpointSubnet', 'id'], message });
    }
    const subnet = parseIpv4Range(privateEndpointSubnet.create?.addressPrefix ?? '');
    const spaces = virtualNetwork.create?.addressPrefixes.flatMap((cidr) => parseIpv4Range(cidr) ?? []);
    if (subnet && spaces && !spaces.some((space) => rangeContains(space, subnet))) {
      const message = text('This range is not inside the address space of the virtual network.');
      found.push({ path: ['roles', 'privateEndpointSubnet', 'create', 'addressPrefix'], message });
    }
  }
  return found;
}

type Issue = NonNullable<ReturnType<typeof setupSchema.safeParse>['error']>['issues'][number];

/** The schema's complaint in a sentence that names the property. */
function describeIssue(issue: Issue, value: unknown): readonly SetupFault[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const name = path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const unknown = [...path, key];
      return {
        path: unknown,
        atName: true,
        message: text('“{0}” is not a property that Ringfence knows.', unknown.join('.')),
      };
    });
  }
  if (path.length > 0 && valueAt(value, path) === undefined) {
    return [{ path, message: text('“{0}” is missing.', name) }];
  }
  if (issue.code === 'invalid_value') {
    return [{ path, message: text('“{0}” must be one of {1}.', name, issue.values.map(String).join(', ')) }];
  }
  if (isFormat(issue.message)) return [{ path, message: text('“{0}” must be {1}.', name, FORMATS[issue.message]) }];
  if (issue.code === 'invalid_type') {
    return [{ path, message: text('“{0}” must be of type {1}.', name || 'ringfence.json', issue.expected) }];
  }
  if (issue.code === 'too_small') return [{ path, message: text('“{0}” must not be empty.', name) }];
  return [{ path, message: text('“{0}” is not valid.', name) }];
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Record<string | number, unknown>)[part]
        : undefined,
    value,
  );
}

function isFormat(message: string): message is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, message);
}
