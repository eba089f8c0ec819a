import { httpsHost } from '../resources/httpsHost';
import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceName } from '../resources/resourceId';
import type { StepContext } from './step';

/** Where each name of a service stands among its properties, and how it begins where the service is not there yet. */
const NAMES: readonly (readonly [property: string, part: string])[] = [
  ['gatewayUrl', ''],
  ['portalUrl', '.portal'],
  ['developerPortalUrl', '.developer'],
  ['managementApiUrl', '.management'],
  ['scmUrl', '.scm'],
];

/** The names of an API Management service that the documents list: the gateway's first. */
export function hostsOfService(context: StepContext, service: string): readonly string[] {
  const present = context.read(service);
  return NAMES.map(([property, part]) => {
    const own = httpsHost(asString(readPath(present, `properties.${property}`)));
    return own ?? `${resourceName(service)}${part}.${context.cloud.apiManagementSuffix}`.toLowerCase();
  });
}
