import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { action, dataAction, type Need } from '../../providers/authorization/grants';
import { putContainer } from '../../providers/storage/blobContainers';
import type { Blob } from '../contents';
import type { DataPlaneCall, ServiceAnswer } from '../dataPlane';
import { blobNotFound, containerExists, containerNotFound } from './blobErrors';
import { element, enumeration, escaped } from './blobXml';
import { containerId, containersOf } from './containers';

/** Something that Azure Blob Storage can be asked. */
export interface BlobOperation {
  readonly need: Need;
  /** Empty where the whole account is asked. */
  readonly container: string;
  /** What a public container may show to everybody. */
  readonly reads?: 'blob' | 'container';
  readonly perform: () => ServiceAnswer;
}

const CONTAINERS = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const READ_CONTAINERS = action(`${CONTAINERS}/read`);
const WRITE_CONTAINERS = action(`${CONTAINERS}/write`);
const READ_BLOBS = dataAction(`${CONTAINERS}/blobs/read`);
const WRITE_BLOBS = dataAction(`${CONTAINERS}/blobs/write`);
const DELETE_BLOBS = dataAction(`${CONTAINERS}/blobs/delete`);

/** Documented: containers ask ordinary actions, blobs and lists of blobs data actions. */
export function findOperation(call: DataPlaneCall): BlobOperation | undefined {
  const { request, path, query } = call;
  const [, container = '', name = ''] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  const isContainer = query.get('restype') === 'container';
  switch (`${request.method} ${container === '' ? 'account' : isContainer ? 'container' : 'blob'}`) {
    case 'GET account':
      if (query.get('comp') !== 'list') return undefined;
      return { need: READ_CONTAINERS, container, perform: () => listContainers(call) };
    case 'PUT container':
      return { need: WRITE_CONTAINERS, container, perform: () => createContainer(call, container) };
    case 'GET container':
      if (query.get('comp') !== 'list') return undefined;
      return { need: READ_BLOBS, container, reads: 'container', perform: () => listBlobs(call, container) };
    case 'GET blob':
      return { need: READ_BLOBS, container, reads: 'blob', perform: () => getBlob(call, container, name) };
    case 'PUT blob':
      return { need: WRITE_BLOBS, container, perform: () => putBlob(call, container, name) };
    case 'DELETE blob':
      return { need: DELETE_BLOBS, container, perform: () => deleteBlob(call, container, name) };
    default:
      return undefined;
  }
}

function listContainers({ azure, resource, request }: DataPlaneCall): ServiceAnswer {
  const items = containersOf(azure, resource).map((container) => {
    const { lastModifiedTime, publicAccess } = propertiesOf(container);
    const isPublic = publicAccess !== 'None' && publicAccess !== undefined;
    const properties =
      element('Last-Modified', httpDate(Date.parse(String(lastModifiedTime)))) +
      element('Etag', escaped(container.etag)) +
      (isPublic ? element('PublicAccess', String(publicAccess).toLowerCase()) : '');
    return element('Name', escaped(container.name)) + element('Properties', properties);
  });
  return enumeration({ ServiceEndpoint: `https://${request.host}/` }, 'Container', items);
}

function createContainer({ azure, resource }: DataPlaneCall, name: string): ServiceAnswer {
  const id = containerId(resource, name);
  if (azure.store.get(id) !== undefined) throw containerExists();
  const { etag } = putContainer(azure, id, 'None');
  return { status: 201, headers: { etag } };
}

function listBlobs(call: DataPlaneCall, container: string): ServiceAnswer {
  const { azure, request } = call;
  const items = azure.contents.blobs.of(requireContainer(call, container).id).map((blob) => {
    const properties =
      element('Last-Modified', httpDate(blob.modifiedAt)) +
      element('Content-Length', String(Buffer.byteLength(blob.content))) +
      element('Content-Type', escaped(blob.contentType)) +
      element('BlobType', 'BlockBlob');
    return element('Name', escaped(blob.name)) + element('Properties', properties);
  });
  const attributes = { ServiceEndpoint: `https://${request.host}/`, ContainerName: container };
  return enumeration(attributes, 'Blob', items);
}

function getBlob(call: DataPlaneCall, container: string, name: string): ServiceAnswer {
  const blob = call.azure.contents.blobs.get(requireContainer(call, container).id, name);
  if (blob === undefined) throw blobNotFound();
  return {
    status: 200,
    headers: { 'last-modified': httpDate(blob.modifiedAt), 'x-ms-blob-type': 'BlockBlob' },
    text: { type: blob.contentType, content: blob.content },
  };
}

function putBlob(call: DataPlaneCall, container: string, name: string): ServiceAnswer {
  const { azure, request } = call;
  const blob: Blob = {
    name,
    content: request.body,
    contentType: request.headers['x-ms-blob-content-type'] ?? request.headers['content-type'] ?? DEFAULT_TYPE,
    modifiedAt: azure.clock.now(),
  };
  azure.contents.blobs.put(requireContainer(call, container).id, name, blob);
  return { status: 201, headers: { 'last-modified': httpDate(blob.modifiedAt) } };
}

const DEFAULT_TYPE = 'application/octet-stream';

function deleteBlob(call: DataPlaneCall, container: string, name: string): ServiceAnswer {
  const { id } = requireContainer(call, container);
  if (call.azure.contents.blobs.get(id, name) === undefined) throw blobNotFound();
  call.azure.contents.blobs.remove(id, name);
  return { status: 202 };
}

function requireContainer({ azure, resource }: DataPlaneCall, name: string): StoredResource {
  const container = azure.store.get(containerId(resource, name));
  if (container === undefined) throw containerNotFound();
  return container;
}

function httpDate(time: number): string {
  return new Date(time).toUTCString();
}
