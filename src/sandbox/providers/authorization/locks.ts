import { asString } from '../../../core/resources/json';
import { extensionId, isWithin, resourceName } from '../../../core/resources/resourceId';
import { invalidRequestContent, providerRefusal } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import { compact, objectOf, pick } from '../../bodies';
import { listAnswer } from '../../http/listing';
import type { RouteCall, Router } from '../../http/router';
import { unsupportedQuery } from './authorizationErrors';
import { LOCK_TYPE, lockScope } from './lockRules';
import { requireScope } from './scopes';

const LEVELS = ['CanNotDelete', 'ReadOnly'];

/** A lock at a scope, and at everything below it: `{scope}/providers/Microsoft.Authorization/locks/{name}`. */
export const LOCK: ResourceType = {
  type: LOCK_TYPE,
  apiVersions: ['2015-01-01', '2016-09-01', '2020-05-01'],
  inGraph: false,
  show: (lock) => ({ properties: propertiesOf(lock), id: lock.id, type: lock.type, name: lock.name }),
};

export function addLockRoutes(extensions: Router): void {
  const add = (method: 'GET' | 'PUT' | 'DELETE', path: string, answer: (call: RouteCall) => Answer): void => {
    extensions.add(method, `/providers/${LOCK_TYPE}${path}`, {
      server: 'Microsoft.Authorization',
      type: 'locks',
      apiVersions: LOCK.apiVersions,
      answer,
    });
  };
  add('GET', '', list);
  add('GET', '/:name', get);
  add('PUT', '/:name', put);
  add('DELETE', '/:name', remove);
}

function find({ azure, params }: RouteCall, operation: 'read' | 'write' | 'delete') {
  const scope = requireScope(azure, params['scope'] ?? '');
  azure.authorize(`${LOCK_TYPE}/${operation}`, scope);
  const name = params['name'] ?? '';
  const id = extensionId(scope, LOCK_TYPE, name);
  return { name, id, existing: azure.store.get(id) };
}

/** Those of the scope, inherited ones from above it, and those below it. `atScope()` leaves out what is below. */
function list({ azure, request, params }: RouteCall): Answer {
  const scope = requireScope(azure, params['scope'] ?? '');
  azure.authorize(`${LOCK_TYPE}/read`, scope);
  const filter = request.query.get('$filter')?.trim() ?? '';
  if (filter !== '' && !/^atScope\(\)$/i.test(filter)) throw unsupportedQuery(filter);
  const found = azure.store
    .ofType(LOCK_TYPE)
    .filter((lock) => isWithin(scope, lockScope(lock)) || (filter === '' && isWithin(lockScope(lock), scope)));
  return listAnswer(
    request,
    found.map((lock) => azure.show(lock)),
  );
}

function get(call: RouteCall): Answer {
  const { name, existing } = find(call, 'read');
  if (existing !== undefined) return { status: 200, body: call.azure.show(existing) };
  throw providerRefusal(404, { code: 'LockNotFound', message: `The lock '${name}' could not be found.` });
}

function put(call: RouteCall): Answer {
  const { azure, request } = call;
  const { id, existing } = find(call, 'write');
  const sent = objectOf(objectOf(request.body)['properties']);
  const level = LEVELS.find((each) => each.toLowerCase() === asString(sent['level'])?.toLowerCase());
  if (level === undefined) {
    throw invalidRequestContent(`The lock level '${String(sent['level'])}' is not one of ${LEVELS.join(', ')}`);
  }
  const lock: StoredResource = {
    id: existing?.id ?? id,
    name: existing?.name ?? resourceName(id),
    type: LOCK_TYPE,
    body: { properties: { level, ...compact(pick(sent, ['notes', 'owners'])) } },
    state: 'Succeeded',
    etag: '',
  };
  azure.store.put(lock);
  return { status: existing === undefined ? 201 : 200, body: azure.show(lock) };
}

function remove(call: RouteCall): Answer {
  const { existing } = find(call, 'delete');
  if (existing === undefined) return { status: 204 };
  call.azure.vanish(existing);
  return { status: 200 };
}
