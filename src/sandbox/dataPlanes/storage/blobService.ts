import { sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { PATIENCE } from '../../durations';
import { grantOf } from '../../providers/authorization/grants';
import { bearerOf, type Approach, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { isListed, isSetTo } from '../networkRules';
import {
  authorizationFailure,
  keysNotPermitted,
  noAuthentication,
  notSimulated,
  permissionMismatch,
  publicAccessNotPermitted,
  resourceNotFound,
  versionNeeded,
  wrongToken,
} from './blobErrors';
import { findOperation, type BlobOperation } from './blobOperations';
import { containerId } from './containers';

const FIRST_VERSION_WITH_TOKENS = '2017-11-09';

/** Azure Blob Storage's data plane: the network rules first, then the credential, then roles. UNVERIFIED order. */
export function answerBlob(call: DataPlaneCall): ServiceAnswer {
  checkNetwork(call.resource, call.approach);
  const operation = findOperation(call);
  if (operation === undefined) throw notSimulated(`${call.request.method} ${call.path} of Azure Blob Storage`);
  authorize(call, operation);
  return operation.perform();
}

/** Files, tables, queues and Data Lake: whether one gets through, and no more. */
export function answerOtherStorage(call: DataPlaneCall): ServiceAnswer {
  checkNetwork(call.resource, call.approach);
  throw notSimulated('this service of Azure Storage');
}

/** Absent settings let everybody in, trusted services too. Documented. */
function checkNetwork(account: StoredResource, approach: Approach): void {
  if (approach.kind === 'private') {
    if (!sameResource(approach.targetId, account.id)) throw authorizationFailure();
    return;
  }
  const { publicNetworkAccess, networkAcls } = propertiesOf(account);
  const { defaultAction, bypass = 'AzureServices', ipRules } = objectOf(networkAcls);
  const trusts = String(bypass).toLowerCase().includes('azureservices');
  if (approach.kind === 'service' && trusts && principalOf(approach.from)) return;
  if (publicNetworkAccess !== undefined && !isSetTo(publicNetworkAccess, 'Enabled')) throw authorizationFailure();
  if (!isSetTo(defaultAction, 'Deny')) return;
  if (approach.kind === 'service' || !isListed(ipRules, approach.caller)) throw authorizationFailure();
}

function authorize(call: DataPlaneCall, operation: BlobOperation): void {
  const { azure, resource, request, tokens } = call;
  const authorization = request.headers['authorization'];
  if (authorization === undefined) {
    authorizeAnonymous(call, operation);
    return;
  }
  if (/^sharedkey/i.test(authorization)) {
    if (propertiesOf(resource)['allowSharedKeyAccess'] === false) throw keysNotPermitted();
    throw notSimulated('signatures with a shared key');
  }
  if ((request.headers['x-ms-version'] ?? '') < FIRST_VERSION_WITH_TOKENS) throw versionNeeded();
  const holder = tokens.holderOf(bearerOf(request) ?? '');
  if (holder === undefined) throw wrongToken();
  const scope = operation.container === '' ? resource.id : containerId(resource, operation.container);
  const grant = grantOf(azure, holder, operation.need, scope);
  if (grant === 'granted') return;
  throw permissionMismatch(grant === 'onItsWay' ? { seconds: PATIENCE.roleNotInForce, told: false } : undefined);
}

/** Nobody without a credential sees more than what a public container shows. */
function authorizeAnonymous({ azure, resource }: DataPlaneCall, { container, reads }: BlobOperation): void {
  if (container === '' || reads === undefined) throw noAuthentication();
  if (propertiesOf(resource)['allowBlobPublicAccess'] !== true) throw publicAccessNotPermitted();
  const found = azure.store.get(containerId(resource, container));
  const publicAccess = found && propertiesOf(found)['publicAccess'];
  const isOpen = publicAccess === 'Container' || (publicAccess === 'Blob' && reads === 'blob');
  if (!isOpen) throw resourceNotFound();
}
