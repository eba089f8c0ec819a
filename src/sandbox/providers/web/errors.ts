import type { JsonObject } from '../../../core/resources/json';
import { Refusal } from '../../arm/messages';

/** What App Service tells of an error besides its code and message. */
interface Entity {
  readonly extendedCode: string;
  /** With `{0}`, `{1}` for the parameters. */
  readonly template: string;
  readonly parameters: readonly string[];
}

/** App Service refuses in a shape of its own: capital letters, no `error` around it. */
function webRefusal(status: number, code: string, { extendedCode, template, parameters }: Entity): Refusal {
  const message = parameters.reduce((text, value, index) => text.replaceAll(`{${String(index)}}`, value), template);
  const entity = { ExtendedCode: extendedCode, MessageTemplate: template, Parameters: parameters };
  const body: JsonObject = {
    Code: code,
    Message: message,
    Target: null,
    Details: [{ Message: message }, { Code: code }, { ErrorEntity: { ...entity, Code: code, Message: message } }],
    Innererror: null,
  };
  return new Refusal({ status, body });
}

/** Recorded. */
export const cannotFind = (what: string, name: string): Refusal =>
  webRefusal(404, 'NotFound', {
    extendedCode: '51004',
    template: 'Cannot find {0} with name {1}.',
    parameters: [what, name],
  });

/** UNVERIFIED extended code. */
export const siteNameTaken = (name: string): Refusal =>
  webRefusal(409, 'Conflict', {
    extendedCode: '54001',
    template: 'Website with given name {0} already exists.',
    parameters: [name],
  });

/** Reported wording, UNVERIFIED extended code. */
export const planHasSites = (plan: string, sites: readonly string[]): Refusal =>
  webRefusal(409, 'Conflict', {
    extendedCode: '11003',
    template: "Server farm '{0}' cannot be deleted because it has web app(s) {1} assigned to it.",
    parameters: [plan, sites.join(', ')],
  });

/** Reported; Azure puts the two names the wrong way round. UNVERIFIED extended code. */
export const subnetNotDelegated = (network: string, subnet: string): Refusal =>
  webRefusal(400, 'BadRequest', {
    extendedCode: '04001',
    template:
      'Subnet {0} in VNET {1} is missing a delegation to Microsoft.Web/serverFarms. Please add the delegation and try again.',
    parameters: [network, subnet],
  });

/** Reported wording, UNVERIFIED extended code. */
export const subnetOccupied = (network: string, subnet: string, by: string): Refusal =>
  webRefusal(400, 'BadRequest', {
    extendedCode: '04001',
    template: 'Subnet {0} in VNET {1} is already occupied by service {2}.',
    parameters: [subnet, network, by],
  });

/** Reported wording, UNVERIFIED extended code. */
export const tooManyNetworks = (limit: number): Refusal =>
  webRefusal(409, 'Conflict', {
    extendedCode: '04001',
    template: 'Adding this VNET would exceed the App Service Plan VNET limit of {0}',
    parameters: [String(limit)],
  });

/** Rules that Azure documents, with a code and wording that nobody recorded. UNVERIFIED. */
export const badRequest = (message: string): Refusal =>
  webRefusal(400, 'BadRequest', { extendedCode: '04001', template: '{0}', parameters: [message] });
