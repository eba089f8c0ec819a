import { asString, type JsonObject } from '../../../core/resources/json';
import { topLevelResourceId } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { contentType } from './content';
import { validationError } from './errors';
import { elementsNamed, isElement, parsePolicy, PolicyError, writePolicy, type PolicyElement } from './policyXml';

const SECTIONS = ['inbound', 'backend', 'outbound', 'on-error'];

/** A policy document. It is kept raw, and shown as XML unless a GET asks for it raw. */
const policiesAt = (path: string, created: 200 | 201): ResourceType =>
  contentType({
    path,
    what: 'Policy',
    created,
    removed: 200,
    write: writeDocument,
    shown: (properties) => inFormat(properties, 'xml'),
    reads: ({ resource, request }) =>
      inFormat(propertiesOf(resource), request.query.get('format') === 'rawxml' ? 'rawxml' : 'xml'),
  });

/** Recorded: the policy of the whole service is always there, so a PUT never makes it. */
export const SERVICE_POLICY = policiesAt('policies', 200);
export const API_POLICY = policiesAt('apis/policies', 201);
export const OPERATION_POLICY = policiesAt('apis/operations/policies', 201);
export const PRODUCT_POLICY = policiesAt('products/policies', 201);

/** @throws Refusal where the document is not well-formed, or refers to a backend that is not there. */
function writeDocument(sent: JsonObject, _: JsonObject | undefined, { azure, id }: Call): JsonObject {
  const document = readDocument(asString(sent['value']) ?? '');
  for (const element of elementsNamed(document, 'set-backend-service')) {
    const backend = element.attributes['backend-id'];
    if (backend === undefined || azure.store.get(`${topLevelResourceId(id)}/backends/${backend}`)) continue;
    throw validationError('set-backend-service', `Backend with id '${backend}' could not be found.`);
  }
  return { value: writePolicy(document, 'rawxml') };
}

function inFormat({ value }: JsonObject, format: 'xml' | 'rawxml'): JsonObject {
  return { format, value: writePolicy(parsePolicy(asString(value) ?? ''), format) };
}

function readDocument(value: string): PolicyElement {
  try {
    const document = parsePolicy(value);
    const wrong = document.children.filter(isElement).find(({ name }) => !SECTIONS.includes(name));
    if (document.name !== 'policies') throw new PolicyError("The root element of a policy document is 'policies'.");
    if (wrong) throw new PolicyError(`Policy section '${wrong.name}' is not allowed here.`);
    return document;
  } catch (error) {
    if (error instanceof PolicyError) throw validationError('representation', error.message);
    throw error;
  }
}

/** The policy document of a service, a product, an API or an operation. */
export function policyOf(azure: Azure, owner: StoredResource): PolicyElement | undefined {
  const policy = azure.store.get(`${owner.id}/policies/policy`);
  const value = policy && asString(propertiesOf(policy)['value']);
  return value === undefined ? undefined : parsePolicy(value);
}
