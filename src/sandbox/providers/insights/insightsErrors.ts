import { Refusal } from '../../arm/messages';

/** Microsoft.Insights refuses without the wrapper that others have. */
function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal({ status, body: { code, message } });
}

export const diagnosticSettingNotFound = (name: string): Refusal =>
  refusal(404, 'ResourceNotFound', `The diagnostic setting '${name}' doesn't exist.`);

/** Reported wording. */
export const categoryNotSupported = (category: string): Refusal =>
  refusal(400, 'BadRequest', `Category '${category}' is not supported.`);

/** Reported wording. */
export const categoryGroupNotSupported = (group: string): Refusal =>
  refusal(400, 'BadRequest', `Category group '${group}' is not supported.`);

/** Reported wording. */
export const resourceTypeNotSupported = (type: string): Refusal =>
  refusal(400, 'ResourceTypeNotSupported', `The resource type '${type}' does not support diagnostic settings.`);

/** UNVERIFIED wording. */
export const sinkMissing = (): Refusal => refusal(400, 'BadRequest', 'At least one data sink needs to be specified.');

/** UNVERIFIED code and wording. */
export const sinkNotFound = (id: string): Refusal => refusal(400, 'BadRequest', `The data sink '${id}' was not found.`);

/** Documented rule. UNVERIFIED code and wording. */
export const sinkElsewhere = (id: string, region: string): Refusal =>
  refusal(400, 'BadRequest', `The storage account '${id}' must be in the region of the resource, '${region}'.`);

/** Reported wording. */
export const sinkInUse = (sink: string, setting: string, category: string): Refusal =>
  refusal(
    409,
    'Conflict',
    `Data sink '${sink}' is already used in diagnostic setting '${setting}' for category '${category}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
  );

/** Documented limit. UNVERIFIED code and wording. */
export const tooManySettings = (most: number): Refusal =>
  refusal(
    400,
    'BadRequest',
    `The limit of ${String(most)} diagnostic settings was reached. To create a diagnostic setting, you must remove one.`,
  );

export const badRequest = (message: string): Refusal => refusal(400, 'BadRequest', message);
