import { asString } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { principalOf } from '../../directory/identities';
import { policyOf } from '../../providers/apiManagement/policies';
import { isElement, textOf, type PolicyElement } from '../../providers/apiManagement/policyXml';
import type { Tokens } from '../../tokens';
import { bearerOf, ServiceRefusal, type ServiceRequest } from '../dataPlane';

/** What the inbound policies make of a request. */
export interface Passage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** URL that takes the place of the API's own; undefined where no policy sets one. */
  readonly backendUrl: string | undefined;
}

interface State {
  headers: Record<string, string | undefined>;
  backendUrl: string | undefined;
  readonly variables: Map<string, string>;
}

interface Setting {
  readonly azure: Azure;
  readonly tokens: Tokens;
  readonly service: StoredResource;
}

/** Policies that change nothing that can be seen from here. */
const WITHOUT_EFFECT =
  /^(base|cors|trace|emit-metric|set-variable|rate-limit|rate-limit-by-key|quota|quota-by-key|(azure-openai|llm)-.+)$/;
const COGNITIVE_SERVICES = /^https:\/\/cognitiveservices\.azure\.(com|us)\/?$/;

/**
 * Runs the inbound section of the policies of a service, an API and its operation, each where the inner one says `<base />`.
 * @throws ServiceRefusal where a policy turns the request away.
 */
export function runInbound(setting: Setting, owners: readonly StoredResource[], request: ServiceRequest): Passage {
  const state: State = { headers: { ...request.headers }, backendUrl: undefined, variables: new Map() };
  for (const element of inboundOf(setting.azure, owners)) apply(setting, state, element, request);
  return { headers: state.headers, backendUrl: state.backendUrl };
}

function inboundOf(azure: Azure, owners: readonly StoredResource[]): readonly PolicyElement[] {
  const inner = owners.at(-1);
  if (inner === undefined) return [];
  const outer = inboundOf(azure, owners.slice(0, -1));
  const section = policyOf(azure, inner)
    ?.children.filter(isElement)
    .find(({ name }) => name === 'inbound');
  if (section === undefined) return outer;
  return section.children.filter(isElement).flatMap((element) => (element.name === 'base' ? outer : [element]));
}

function apply(setting: Setting, state: State, element: PolicyElement, request: ServiceRequest): void {
  const { name, attributes } = element;
  if (WITHOUT_EFFECT.test(name)) return;
  if (name === 'set-backend-service') setBackend(setting, state, attributes);
  else if (name === 'authentication-managed-identity') authenticate(setting, state, attributes);
  else if (name === 'set-header') setHeader(state, element);
  else if (name === 'validate-azure-ad-token' || name === 'validate-jwt') requireToken(setting, attributes, request);
  else throw notSimulated(`the policy ${name}`);
}

function setBackend(
  { azure, service }: Setting,
  state: State,
  { 'backend-id': id, 'base-url': url }: PolicyElement['attributes'],
): void {
  const backend = id === undefined ? undefined : azure.store.get(`${service.id}/backends/${id}`);
  if (id !== undefined && backend === undefined) throw internalError();
  state.backendUrl = backend === undefined ? url : asString(propertiesOf(backend)['url']);
}

/** A token for another audience than Azure OpenAI's is worth nothing there. */
function authenticate({ tokens, service }: Setting, state: State, attributes: PolicyElement['attributes']): void {
  const identity = principalOf(service);
  if (identity === undefined || attributes['client-id'] !== undefined) {
    if (attributes['ignore-error'] === 'true') return;
    throw internalError();
  }
  const isMeant = COGNITIVE_SERVICES.test(attributes['resource'] ?? '');
  const token = isMeant ? tokens.ofIdentity(identity, service.name) : 'for-another-audience';
  const variable = attributes['output-token-variable-name'];
  if (variable === undefined) state.headers['authorization'] = `Bearer ${token}`;
  else state.variables.set(variable, token);
}

function setHeader(state: State, element: PolicyElement): void {
  const header = (element.attributes['name'] ?? '').toLowerCase();
  const action = element.attributes['exists-action'] ?? 'override';
  if (action === 'delete') {
    const { [header]: _, ...others } = state.headers;
    state.headers = others;
    return;
  }
  if (action === 'skip' && state.headers[header] !== undefined) return;
  const [value] = element.children.filter(isElement).filter(({ name }) => name === 'value');
  if (value !== undefined) state.headers[header] = evaluate(state, textOf(value));
}

function requireToken({ tokens }: Setting, attributes: PolicyElement['attributes'], request: ServiceRequest): void {
  if (tokens.holderOf(bearerOf(request) ?? '') !== undefined) return;
  const message = attributes['failed-validation-error-message'] ?? 'Unauthorized. Access token is missing or invalid.';
  throw gatewayRefusal(401, message);
}

/** Of expressions, only sums of texts and variables. */
function evaluate({ variables }: State, text: string): string {
  const [, expression] = /^@\(([\s\S]*)\)$/.exec(text.trim()) ?? [];
  if (expression === undefined) return text;
  return expression
    .split('+')
    .map((term) => {
      const [, literal] = /^\s*"([^"]*)"\s*$/.exec(term) ?? [];
      if (literal !== undefined) return literal;
      const [, variable] = /^\s*(?:\(string\)\s*)?context\.Variables\["([^"]+)"\]\s*$/.exec(term) ?? [];
      if (variable === undefined) throw notSimulated('this policy expression');
      return variables.get(variable) ?? '';
    })
    .join('');
}

/** A refusal as the gateway words it. */
export function gatewayRefusal(status: number, message: string): ServiceRefusal {
  return new ServiceRefusal({ status, body: { statusCode: status, message } });
}

/** Reported: whatever goes wrong in a policy. Azure adds an activity id. */
export const internalError = (): ServiceRefusal => gatewayRefusal(500, 'Internal server error');

/** Not Azure's: what the sandbox does not do, it says. */
const notSimulated = (what: string): ServiceRefusal => gatewayRefusal(501, `The sandbox does not simulate ${what}.`);
