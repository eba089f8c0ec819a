import { providerRefusal } from '../../arm/gatewayErrors';
import type { Refusal } from '../../arm/messages';
import { PATIENCE } from '../../durations';

const later = { seconds: PATIENCE.conflict, told: false } as const;

/** One operation at a time on an account. */
export const requestConflict = (id: string): Refusal =>
  providerRefusal(
    409,
    {
      code: 'RequestConflict',
      message: `Cannot modify resource with id '${id}' because the resource entity provisioning state is not terminal. Please wait for the provisioning state to become terminal and then retry the request.`,
    },
    later,
  );

/** What others get that need the account in peace. UNVERIFIED status. */
export const accountStateInvalid = (id: string, state: string): Refusal =>
  providerRefusal(
    409,
    {
      code: 'AccountProvisioningStateInvalid',
      message: `Call to Microsoft.CognitiveServices/accounts failed. Error message: Account ${id} in state ${state}`,
    },
    later,
  );

export const flagMustBeSetForRestore = (id: string): Refusal =>
  providerRefusal(409, {
    code: 'FlagMustBeSetForRestore',
    message: `An existing resource with ID '${id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.`,
  });

/** UNVERIFIED status. */
export const customDomainInUse = (name: string): Refusal =>
  providerRefusal(409, {
    code: 'CustomDomainInUse',
    message: `Please pick a different name. The subdomain name '${name}' is not available as it's already used by a resource. If the resource using the name was deleted in the last 48 hours, you may need to purge the deleted resource.`,
  });

export const childNotFound = (id: string): Refusal =>
  providerRefusal(404, { code: 'NotFound', message: `Specified resource '${id}' cannot be found.` });

/** Rules that Azure documents, with a code and wording that nobody recorded. UNVERIFIED. */
export const badRequest = (message: string): Refusal => providerRefusal(400, { code: 'BadRequest', message });

export const SUBDOMAIN_NEEDED =
  'Private endpoints and network rules need a custom subdomain name on the account. Set customSubDomainName first.';
