import type { ResourceType } from '../../arm/resourceType';
import { API, API_OPERATION, PRODUCT, PRODUCT_API } from './apis';
import { API_POLICY, OPERATION_POLICY, PRODUCT_POLICY, SERVICE_POLICY } from './policies';
import { API_MANAGEMENT_SERVICE } from './services';
import { API_DIAGNOSTIC, BACKEND, DIAGNOSTIC, LOGGER, NAMED_VALUE_TYPE, SUBSCRIPTION, TENANT_PARTS } from './settings';

/** API Management: the service, and everything in it that has routes of the common kind. */
export const API_MANAGEMENT_TYPES: readonly ResourceType[] = [
  { ...API_MANAGEMENT_SERVICE, parts: [...(API_MANAGEMENT_SERVICE.parts ?? []), ...TENANT_PARTS] },
  API,
  API_OPERATION,
  API_POLICY,
  OPERATION_POLICY,
  API_DIAGNOSTIC,
  BACKEND,
  SERVICE_POLICY,
  PRODUCT,
  PRODUCT_API,
  PRODUCT_POLICY,
  SUBSCRIPTION,
  NAMED_VALUE_TYPE,
  LOGGER,
  DIAGNOSTIC,
];
