import {
  childElements,
  elementsNamed,
  isElement,
  textOf,
  type PolicyElement,
  type PolicyNode,
} from '../resources/policyDocument';

/** How the policies of an API sign in to Azure OpenAI: with the managed identity, and without a key. */

/** The audience of tokens for Azure OpenAI, in each cloud. */
const AUDIENCE = /^https:\/\/cognitiveservices\.azure\.(com|us|cn)\/?$/i;

/** The variable that carries the token from one policy to the next. */
const TOKEN = 'managed-id-access-token';

export type SignIn =
  /** With the managed identity, and no key goes along. */
  | 'identity'
  | 'otherwise'
  /** Under a condition, or in a fragment that stands elsewhere. */
  | 'unsure';

/** The policies that a request runs through on its way in: a document with `<base />` replaced by what is above it. */
export function inboundOf(
  document: PolicyElement | undefined,
  above: readonly PolicyElement[],
): readonly PolicyElement[] {
  if (document === undefined) return above;
  const inbound = childElements(document).filter(({ name }) => name === 'inbound');
  return inbound.flatMap(childElements).flatMap((policy) => (policy.name === 'base' ? above : [policy]));
}

/** How a request with these policies signs in. */
export function signInOf(inbound: readonly PolicyElement[]): SignIn {
  const authentications = inbound.filter(isIdentity);
  if (authentications.some((authentication) => isUsed(authentication, inbound)) && !sendsKey(inbound)) {
    return inbound.some((policy) => removesKey(policy)) ? 'identity' : 'otherwise';
  }
  const nested = inbound.flatMap((policy) => elementsNamed(policy, 'authentication-managed-identity'));
  const isElsewhere = inbound.some(({ name }) => name === 'include-fragment');
  return nested.length > 0 || isElsewhere ? 'unsure' : 'otherwise';
}

function isIdentity({ name, attributes }: PolicyElement): boolean {
  return name === 'authentication-managed-identity' && AUDIENCE.test(attributes['resource'] ?? '');
}

/** Without a variable the policy sets the header itself; otherwise another one has to take the token from there. */
function isUsed({ attributes }: PolicyElement, inbound: readonly PolicyElement[]): boolean {
  const variable = attributes['output-token-variable-name'];
  return (
    variable === undefined ||
    inbound.some(
      (policy) => isHeader(policy, 'authorization') && valuesOf(policy).some((each) => each.includes(variable)),
    )
  );
}

function isHeader({ name, attributes }: PolicyElement, header: string): boolean {
  return name === 'set-header' && attributes['name']?.toLowerCase() === header;
}

function isDeletion({ attributes }: PolicyElement): boolean {
  return attributes['exists-action']?.toLowerCase() === 'delete';
}

const removesKey = (policy: PolicyElement): boolean => isHeader(policy, 'api-key') && isDeletion(policy);

function sendsKey(inbound: readonly PolicyElement[]): boolean {
  return inbound.some((policy) => isHeader(policy, 'api-key') && !isDeletion(policy));
}

function valuesOf(policy: PolicyElement): readonly string[] {
  return elementsNamed(policy, 'value').map(textOf);
}

/** Names of headers, parameters and policies whose value is a secret. */
const SECRET = /key|secret|token|password|authorization|\bsig\b|\bcode\b/i;

/**
 * Names under which a document holds a secret as it is, instead of an expression or a named value. Such a document is
 * not for Ringfence to write: what it replaces is kept for undoing.
 */
export function secretsIn(document: PolicyElement): readonly string[] {
  const set = ['set-header', 'set-query-parameter'].flatMap((name) => elementsNamed(document, name));
  const written = set.filter(
    (policy) => SECRET.test(policy.attributes['name'] ?? '') && valuesOf(policy).some(isLiteral),
  );
  const basic = elementsNamed(document, 'authentication-basic').filter(({ attributes }) =>
    isLiteral(attributes['password'] ?? ''),
  );
  return [...new Set([...written.map(({ attributes }) => attributes['name'] ?? ''), ...basic.map(({ name }) => name)])];
}

function isLiteral(value: string): boolean {
  return value !== '' && !value.includes('@(') && !value.includes('@{') && !value.includes('{{');
}

const element = (
  name: string,
  attributes: PolicyElement['attributes'] = {},
  ...children: readonly PolicyNode[]
): PolicyElement => ({ name, attributes, children });

/** Source: learn.microsoft.com/azure/api-management/api-management-authenticate-authorize-azure-openai */
function signingIn(audience: string): readonly PolicyElement[] {
  return [
    element('authentication-managed-identity', {
      resource: audience,
      'output-token-variable-name': TOKEN,
      'ignore-error': 'false',
    }),
    element(
      'set-header',
      { name: 'Authorization', 'exists-action': 'override' },
      element('value', {}, { text: `@("Bearer " + (string)context.Variables["${TOKEN}"])` }),
    ),
    element('set-header', { name: 'api-key', 'exists-action': 'delete' }),
  ];
}

/** A whole document for an API that has none: answers are passed on as they come, because models stream them. */
export function newDocument(backend: string, audience: string): PolicyElement {
  return element(
    'policies',
    {},
    element(
      'inbound',
      {},
      element('base'),
      element('set-backend-service', { 'backend-id': backend }),
      ...signingIn(audience),
    ),
    element('backend', {}, element('forward-request', { timeout: '120', 'buffer-response': 'false' })),
    element('outbound', {}, element('base')),
    element('on-error', {}, element('base')),
  );
}

/** The document with the identity's sign-in at the end of what comes in; everything else in it stays. */
export function withSignIn(document: PolicyElement, audience: string): PolicyElement {
  const isThere = childElements(document).some(({ name }) => name === 'inbound');
  const whole = isThere
    ? document
    : { ...document, children: [element('inbound', {}, element('base')), ...document.children] };
  return {
    ...whole,
    children: whole.children.map((section) => {
      if (!isElement(section) || section.name !== 'inbound') return section;
      const kept = section.children.filter(
        (node) => !isElement(node) || !(isIdentity(node) || isHeader(node, 'api-key')),
      );
      return { ...section, children: [...kept, ...signingIn(audience)] };
    }),
  };
}
