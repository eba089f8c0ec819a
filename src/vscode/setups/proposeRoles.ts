import type { Snapshot } from '../../core/resources/snapshot';
import { discoverSetup } from '../../core/setup/discover';
import { ROLES } from '../../core/setup/roles';
import { DEFAULT_OPTIONS, type RoleId, type Setup } from '../../core/setup/setup';
import type { CloudId } from '../../core/clouds';

/** The name of a setup before its account is known. */
const UNNAMED = 'ringfence';

/** A setup in which nothing is decided yet but where to look. */
export function emptySetup(where: { cloud: CloudId; subscription: string; tenant?: string | undefined }): Setup {
  return {
    version: 1,
    name: UNNAMED,
    cloud: where.cloud,
    subscription: where.subscription,
    ...(where.tenant === undefined ? {} : { tenant: where.tenant }),
    scenarios: ['private-access'],
    roles: {},
    options: DEFAULT_OPTIONS,
    skip: {},
  };
}

/**
 * The setup with its undecided roles filled in, as far as what the subscription has leaves no choice. What somebody
 * has decided stays; where several resources could be meant, the role stays open.
 */
export function withProposals(setup: Setup, inventory: Snapshot): Setup {
  const open = ROLES.filter(({ id }) => setup.roles[id] === undefined);
  if (open.length === 0) return setup;
  const chosen: Partial<Record<RoleId, string>> = {};
  for (const { id } of ROLES) {
    const binding = setup.roles[id];
    if (binding) chosen[id] = binding.id;
  }
  const found = discoverSetup(
    {
      cloud: setup.cloud,
      subscription: setup.subscription,
      tenant: setup.tenant,
      scenario: 'private-access',
      chosen,
    },
    inventory,
  );
  if (!found.ok) return setup;
  const name = setup.name === UNNAMED ? found.setup.name : setup.name;
  return { ...setup, name, roles: { ...found.setup.roles, ...setup.roles } };
}
