import { TENANT_ID } from '../../azure';
import type { Wait } from '../../arm/messages';
import { ServiceRefusal, type ServiceAnswer } from '../dataPlane';

/** A refusal as Azure AI Search words it: mostly without a code. */
function searchRefusal(status: number, message: string, code = ''): ServiceRefusal {
  return new ServiceRefusal({ status, body: { error: { code, message } } });
}

/** Documented: a generic 403. That it has no body is UNVERIFIED. */
export const networkForbidden = (): ServiceRefusal => new ServiceRefusal({ status: 403 });

/** Reported, for services that take keys only and for principals without the role. */
export const authorizationFailed = (wait?: Wait): ServiceRefusal =>
  new ServiceRefusal({ ...FORBIDDEN, ...(wait ? { wait } : {}) });

const FORBIDDEN: ServiceAnswer = { status: 403, body: { error: { code: '', message: 'Authorization failed.' } } };

/** Documented, for services whose `aadAuthFailureMode` is `http401WithBearerChallenge`. UNVERIFIED wording. */
export const bearerChallenge = (): ServiceRefusal =>
  new ServiceRefusal({
    status: 401,
    headers: {
      'www-authenticate': `Bearer authorization_uri="https://login.microsoftonline.com/${TENANT_ID}", resource="https://search.azure.com"`,
    },
    body: { error: { code: 'Unauthorized', message: 'Authentication failed.' } },
  });

/** Reported. */
export const wrongKey = (requestId: string): ServiceRefusal =>
  searchRefusal(
    403,
    `The given API key doesn't match service's internal, primary or secondary keys. Correlated RequestId: '${requestId}'.`,
  );

/** Reported. */
export const noSuchIndex = (index: string, service: string): ServiceRefusal =>
  searchRefusal(404, `No index with the name '${index}' was found in the service '${service}'.`);

/** UNVERIFIED wording. */
export const noSuchObject = (word: string, name: string, service: string): ServiceRefusal =>
  searchRefusal(404, `No ${word} with the name '${name}' was found in the service '${service}'.`);

/** Reported. */
export const cannotChangeField = (field: string): ServiceRefusal =>
  searchRefusal(400, `Existing field '${field}' cannot be changed.`, 'OperationNotAllowed');

/** Documented: `If-Match` names a version that is not the index's any more. UNVERIFIED wording. */
export const changedMeanwhile = (index: string): ServiceRefusal =>
  searchRefusal(412, `The precondition given in one of the request headers evaluated to false for index '${index}'.`);

export const invalidRequest = (reason: string): ServiceRefusal =>
  searchRefusal(400, `The request is invalid. Details: ${reason}`);

/** Reported. */
export const notFilterable = (field: string): ServiceRefusal =>
  searchRefusal(
    400,
    `Invalid expression: '${field}' is not a filterable field. Only filterable fields can be used in filter expressions.\r\nParameter name: $filter`,
  );

/** Reported. */
export const noSuchField = (field: string): ServiceRefusal =>
  searchRefusal(
    400,
    `Invalid expression: Could not find a property named '${field}' on type 'search.document'.\r\nParameter name: $filter`,
  );

/** UNVERIFIED wording. */
export const filterNotUnderstood = (near: string): ServiceRefusal =>
  searchRefusal(400, `Invalid expression: Syntax error at '${near}'.\r\nParameter name: $filter`);

export const notFound = (): ServiceRefusal => new ServiceRefusal({ status: 404 });
