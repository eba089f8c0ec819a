import type { JsonObject } from '../../core/resources/json';
import type { ResourceType } from '../arm/resourceType';

/** Types of a typical estate that can be read, not written: their resources come with the world, as wire JSON. */
const READ_ONLY: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.KeyVault/vaults': ['2023-07-01', '2024-11-01', '2025-05-01'],
};

export const ESTATE_TYPES: readonly ResourceType[] = Object.entries(READ_ONLY).map(([type, apiVersions]) => ({
  type,
  apiVersions,
  inGraph: true,
  show: ({ id, name, type: itsType, body }): JsonObject => ({ id, name, type: itsType, ...body }),
}));
