import { isJsonObject, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';

/** Documented: a service complies while it does not insist on keys, or while it holds nothing without one. */
export function encryptionOf(azure: Azure, service: StoredResource): JsonObject {
  const { enforcement } = objectOf(propertiesOf(service)['encryptionWithCmk']);
  const unencrypted = azure.contents.indexes.of(service.id).filter(({ definition }) => !hasKey(definition));
  const complies = !insistsOnKeys(service) || unencrypted.length === 0;
  return {
    enforcement: enforcement ?? 'Unspecified',
    encryptionComplianceStatus: complies ? 'Compliant' : 'NonCompliant',
  };
}

export function insistsOnKeys(service: StoredResource): boolean {
  return objectOf(propertiesOf(service)['encryptionWithCmk'])['enforcement'] === 'Enabled';
}

export function hasKey(definition: JsonObject): boolean {
  return isJsonObject(definition['encryptionKey']);
}
