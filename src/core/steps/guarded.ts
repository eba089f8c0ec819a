import { rolesOf } from '../setup/roles';
import type { RoleId } from '../setup/setup';
import type { StepContext } from './step';

/** Roles whose resource holds data or the way to it: what locks and alerts are about. */
const GUARDED = [
  'openAi',
  'search',
  'storage',
  'virtualNetwork',
  'apiManagement',
  'applicationGateway',
  'keyVault',
] as const satisfies readonly RoleId[];

/**
 * Ids of the resources that are guarded: those of the setup's scenarios that are there or that Ringfence may create; all
 * of them where none is, so that what is missing shows.
 */
export function guardedResources(context: StepContext): readonly string[] {
  const { roles, scenarios } = context.setup;
  const wanted = rolesOf(scenarios).map(({ id }) => id);
  const bindings = GUARDED.flatMap((role) => (wanted.includes(role) ? (roles[role] ?? []) : []));
  const there = bindings.filter(({ id, create }) => create !== undefined || context.read(id) !== undefined);
  return (there.length > 0 ? there : bindings).map(({ id }) => id);
}
