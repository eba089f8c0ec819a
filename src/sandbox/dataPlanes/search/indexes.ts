import { isDeepStrictEqual } from 'node:util';
import { asObjects, asString, type Json, type JsonObject } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import type { SearchIndex } from '../contents';
import { cannotChangeField, invalidRequest } from './searchErrors';

const NAME = /^(?=.{2,128}$)[a-z0-9](-?[a-z0-9_])*$/;

/** Documented: what a field may do unless it is told otherwise. */
const FIELD_DEFAULTS: JsonObject = {
  searchable: true,
  filterable: true,
  retrievable: true,
  stored: true,
  sortable: true,
  facetable: true,
  key: false,
  analyzer: null,
  synonymMaps: [],
};

/** Settings of an existing field that may change. Documented. */
const CHANGEABLE = ['retrievable', 'synonymMaps'];

/** The index as the service shows it, without its address in OData. */
export function showIndex({ definition, etag }: SearchIndex): JsonObject {
  return { '@odata.etag': etag, ...definition };
}

export function fieldsOf({ definition }: SearchIndex): readonly JsonObject[] {
  return asObjects(definition['fields']);
}

/**
 * Creates an index, or changes its definition. Fields can be added, and those that are there cannot be changed or taken
 * away: documents that are there have null in a new field.
 * @throws ServiceRefusal for a definition that Azure AI Search does not take.
 */
export function writeIndex(azure: Azure, service: StoredResource, name: string, sent: JsonObject): SearchIndex {
  const before = azure.contents.indexes.get(service.id, name);
  if (!NAME.test(name))
    throw invalidRequest(`Index name '${name}' must only contain lowercase letters, digits or dashes.`);
  const fields = asObjects(sent['fields']).map(filledIn);
  if (fields.filter(({ key }) => key === true).length !== 1) {
    throw invalidRequest(`The index '${name}' must have exactly one field that is the key.`);
  }
  for (const field of before ? fieldsOf(before) : []) requireSame(field, fields);
  return azure.contents.indexes.put(service.id, name, {
    name,
    definition: { ...sent, name, fields },
    documents: before?.documents ?? new Map<string, JsonObject>(),
    etag: newEtag(azure, `index ${service.id} ${name}`),
  });
}

/** The version of an index, or of a definition, that is written now. */
export function newEtag(azure: Azure, label: string): string {
  return `"0x8D${azure.guids.next(label).replaceAll('-', '').slice(0, 13).toUpperCase()}"`;
}

/**
 * Puts documents into an index; null for every field that they do not have.
 * @throws ServiceRefusal for documents without a key, and for fields that the index does not have.
 */
export function writeDocuments(
  azure: Azure,
  service: StoredResource,
  index: SearchIndex,
  documents: readonly JsonObject[],
): void {
  const fields = fieldsOf(index);
  const keyName = String(fields.find(({ key }) => key === true)?.['name']);
  const written = new Map(index.documents);
  for (const document of documents) {
    const key = asString(document[keyName]);
    if (key === undefined) throw invalidRequest(`The field '${keyName}' is the key and needs a value.`);
    const unknown = Object.keys(document).find((name) => !fields.some((field) => field['name'] === name));
    if (unknown !== undefined) {
      throw invalidRequest(`The property '${unknown}' does not exist on type 'search.documentFields'.`);
    }
    written.set(key, { ...written.get(key), ...document });
  }
  azure.contents.indexes.put(service.id, index.name, { ...index, documents: written });
}

function filledIn(field: JsonObject): JsonObject {
  const isText = /Edm\.String/.test(String(field['type']));
  const isCollection = String(field['type']).startsWith('Collection(');
  return {
    ...FIELD_DEFAULTS,
    searchable: isText,
    sortable: !isCollection,
    ...Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined && value !== null)),
  };
}

function requireSame(field: JsonObject, fields: readonly JsonObject[]): void {
  const now = fields.find(({ name }) => name === field['name']);
  const settled = (each: JsonObject): Readonly<Record<string, Json | undefined>> =>
    Object.fromEntries(Object.entries(each).filter(([name]) => !CHANGEABLE.includes(name)));
  if (now === undefined || !isDeepStrictEqual(settled(now), settled(field))) {
    throw cannotChangeField(String(field['name']));
  }
}
