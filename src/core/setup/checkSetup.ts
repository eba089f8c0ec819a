import { parseResourceId } from '../resources/resourceId';
import { findStep } from '../steps/registry';
import { text } from '../text';
import { networkFaults } from './checkNetwork';
import type { SetupFault } from './setupFault';
import type { Setup } from './setup';
import { FORMATS, setupSchema } from './setupSchema';

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
  const { searchPublicAccess, allowedAddresses } = setup.options;
  if (searchPublicAccess === 'selectedNetworks' && allowedAddresses.length === 0) {
    const message = text(
      'AI Search without listed addresses is open to everybody: name the addresses that may call it.',
    );
    found.push({ path: ['options', 'allowedAddresses'], message });
  }
  return [...found, ...networkFaults(setup)];
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
