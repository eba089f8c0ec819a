import { resourceName, resourceTypeOf } from '../../core/resources/resourceId';
import type { Answer, ArmRequest } from '../arm/messages';
import type { Azure } from '../azure';
import { writeDocuments, writeIndex } from '../dataPlanes/search/indexes';
import type { SeedBlob, SeedIndex, SeedStep, WorldSeed } from './seed';

/**
 * Carries out a seed.
 * @throws Error where the sandbox refuses one of the writes: the seed is wrong.
 */
export function grow(azure: Azure, seed: WorldSeed, arm: (request: ArmRequest) => Answer): void {
  for (const namespace of seed.registered) azure.registrations.assume(namespace);
  for (const step of seed.steps) {
    take(azure, step, arm);
    azure.settleAll();
  }
}

function take(azure: Azure, step: SeedStep, arm: (request: ArmRequest) => Answer): void {
  switch (step.kind) {
    case 'exists':
      addExisting(azure, step);
      return;
    case 'index':
      addIndex(azure, step);
      return;
    case 'blob':
      addBlob(azure, step);
      return;
    default:
      write(azure, step, arm);
  }
}

function write(
  azure: Azure,
  { kind, id, body }: Extract<SeedStep, { id: string }>,
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

function addIndex(azure: Azure, { service, name, fields, documents }: SeedIndex): void {
  const owner = azure.store.get(service);
  if (owner === undefined) throw new Error(`There is no ${service} for the index ${name}.`);
  writeDocuments(azure, owner, writeIndex(azure, owner, name, { fields }), documents);
}

function addBlob(azure: Azure, { container, name, content }: SeedBlob): void {
  if (azure.store.get(container) === undefined) throw new Error(`There is no ${container} for the blob ${name}.`);
  const blob = { name, content, contentType: 'text/plain', modifiedAt: azure.clock.now() };
  azure.contents.blobs.put(container, name, blob);
}
