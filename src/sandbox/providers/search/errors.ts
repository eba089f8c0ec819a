import { providerRefusal } from '../../arm/gatewayErrors';
import type { Refusal } from '../../arm/messages';
import { PATIENCE } from '../../durations';

/** Rules that Azure documents, with a code and wording that nobody recorded. UNVERIFIED. */
export const badRequest = (message: string): Refusal => providerRefusal(400, { code: 'BadRequest', message });

export const notFound = (id: string): Refusal =>
  providerRefusal(404, { code: 'NotFound', message: `Resource '${id}' was not found.` });

/** One write at a time, and none while the service is provisioning. UNVERIFIED, and harder on the client than the opposite. */
export const busy = (name: string): Refusal =>
  providerRefusal(
    409,
    {
      code: 'Conflict',
      message: `The search service '${name}' is being provisioned or updated by another operation. Wait until its provisioning state is 'succeeded' and try again.`,
    },
    { seconds: PATIENCE.conflict, told: false },
  );

/** Reported for `Microsoft.Search`: these words, with other values. The status and the code are UNVERIFIED. */
export const cannotUpdate = (what: 'sku' | 'GeoRegion'): Refusal =>
  badRequest(`Cannot update ${what} for an existing search service`);

/** UNVERIFIED. */
export const nameTaken = (name: string): Refusal =>
  providerRefusal(409, { code: 'ServiceNameUnavailable', message: `Service name '${name}' is already used.` });
