import { resourceName, resourceTypeOf } from '../../core/resources/resourceId';
import type { Answer, ArmRequest } from '../arm/messages';
import type { Azure } from '../azure';
import type { SeedStep, WorldSeed } from './seed';

/**
 * Carries out a seed.
 * @throws Error where the sandbox refuses one of the writes: the seed is wrong.
 */
export function grow(azure: Azure, seed: WorldSeed, arm: (request: ArmRequest) => Answer): void {
  for (const namespace of seed.registered) azure.registrations.assume(namespace);
  for (const step of seed.steps) {
    if (step.kind === 'exists') addExisting(azure, step);
    else write(azure, step, arm);
    azure.settleAll();
  }
}

function write(
  azure: Azure,
  { kind, id, body }: Exclude<SeedStep, { kind: 'exists' }>,
  arm: (request: ArmRequest) => Answer,
): void {
  const type = azure.types.all.find((candidate) => candidate.type.toLowerCase() === resourceTypeOf(id));
  const answer = arm({
    method: kind === 'put' ? 'PUT' : 'PATCH',
    path: id,
    query: new Map([['api-version', type?.apiVersions.at(-1) ?? '']]),
    headers: {},
    body,
    origin: '',
    endpoint: '',
  });
  if (answer.status >= 400) throw new Error(`${kind} ${id}: ${JSON.stringify(answer.body)}`);
}

function addExisting(azure: Azure, { resource }: Extract<SeedStep, { kind: 'exists' }>): void {
  const { id, name: _, type, ...body } = resource;
  azure.store.put({ id, name: resourceName(id), type: String(type), body, state: 'Succeeded', etag: '' });
}
