import { asArray } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { PATIENCE } from '../../durations';
import { grantOf } from '../../providers/authorization/grants';
import { adminKeysOf, queryKeysOf } from '../../providers/search/keys';
import { bearerOf, type Approach, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { isListed, isSetTo } from '../networkRules';
import {
  authorizationFailed,
  bearerChallenge,
  invalidRequest,
  networkForbidden,
  notFound,
  wrongKey,
} from './searchErrors';
import { findOperation, type FoundOperation } from './searchOperations';

/** Azure AI Search's data plane: the network rules first, then credentials and roles. UNVERIFIED order. */
export function answerSearch(call: DataPlaneCall): ServiceAnswer {
  const { request, path, query, resource, approach } = call;
  checkNetwork(resource, approach);
  const found = findOperation(request.method, path);
  if (found === undefined) throw notFound();
  checkCredentials(call, found);
  if (!query.has('api-version')) throw invalidRequest('The api-version query parameter is missing.');
  return found.operation.perform(call, found.name);
}

/** Documented: IP rules do not let other services in, the exception for trusted services does. */
function checkNetwork(service: StoredResource, approach: Approach): void {
  if (approach.kind === 'private') {
    if (!sameResource(approach.targetId, service.id)) throw networkForbidden();
    return;
  }
  const { publicNetworkAccess, networkRuleSet } = propertiesOf(service);
  const { ipRules, bypass } = objectOf(networkRuleSet);
  if (approach.kind === 'service' && isSetTo(bypass, 'AzureServices') && principalOf(approach.from)) return;
  if (!isSetTo(publicNetworkAccess, 'Enabled')) throw networkForbidden();
  if (asArray(ipRules).length === 0) return;
  if (approach.kind === 'service' || !isListed(ipRules, approach.caller)) throw networkForbidden();
}

function checkCredentials(call: DataPlaneCall, { operation, name }: FoundOperation): void {
  const { azure, resource, request, tokens } = call;
  const { need, isQuery, isOfIndex } = operation;
  const { disableLocalAuth, authOptions } = propertiesOf(resource);
  const key = request.headers['api-key'];
  if (key !== undefined) {
    if (disableLocalAuth === true) throw authorizationFailed();
    const { primaryKey, secondaryKey } = adminKeysOf(resource);
    const queryKeys = isQuery ? queryKeysOf(resource).map((each) => each.key) : [];
    if (![primaryKey, secondaryKey, ...queryKeys].includes(key)) throw wrongKey(azure.guids.next('search request'));
    return;
  }
  const { aadAuthFailureMode } = objectOf(objectOf(authOptions)['aadOrApiKey']);
  const takesTokens = disableLocalAuth === true || 'aadOrApiKey' in objectOf(authOptions);
  const holder = tokens.holderOf(bearerOf(request) ?? '');
  if (!takesTokens) throw authorizationFailed();
  if (holder === undefined) {
    throw aadAuthFailureMode === 'http401WithBearerChallenge' ? bearerChallenge() : authorizationFailed();
  }
  const scope = isOfIndex && name !== '' ? `${resource.id}/indexes/${name}` : resource.id;
  const grant = grantOf(azure, holder, need, scope);
  if (grant === 'granted') return;
  throw authorizationFailed(grant === 'onItsWay' ? { seconds: PATIENCE.roleNotInForce, told: false } : undefined);
}
