import { sameResource } from '../../../core/resources/resourceId';
import { inForce, propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { PATIENCE } from '../../durations';
import { dataAction, grantOf } from '../../providers/authorization/grants';
import { subdomainOf } from '../../providers/cognitiveServices/accountBody';
import { ACCOUNT_TYPE, keysOf } from '../../providers/cognitiveServices/accountState';
import { servesOpenAi } from '../../providers/cognitiveServices/kinds';
import { bearerOf, type Approach, type DataPlaneCall, type ServiceAnswer, type ServiceRequest } from '../dataPlane';
import { isListed, isSetTo } from '../networkRules';
import {
  badToken,
  firewalled,
  keysDisabled,
  noCredentials,
  notFound,
  noTokensHere,
  openAiRefusal,
  publicAccessDisabled,
} from './openAiErrors';
import { findOperation, type OpenAiOperation } from './operations';

/**
 * Azure OpenAI's data plane: credentials first, then the network rules, then roles, then the request. Which of the first
 * two Azure looks at first is not documented.
 */
export function answerOpenAi(call: DataPlaneCall): ServiceAnswer {
  const { resource, request, approach, query, path } = call;
  if (!servesOpenAi(resource.body['kind'])) throw notFound();
  const principal = identify(call);
  checkNetwork(resource, approach);
  const operation = query.has('api-version') ? findOperation(request.method, path) : undefined;
  if (operation === undefined) throw notFound();
  if (principal !== undefined) checkRole(call, principal, operation);
  return operation.perform(call);
}

/** The account that is meant at a region's common endpoint: only its key tells. */
export function regionalAccount(azure: Azure, { host, headers }: ServiceRequest): StoredResource | undefined {
  const key = headers['api-key'];
  if (!isRegional(host) || key === undefined) return undefined;
  return azure.store
    .ofType(ACCOUNT_TYPE)
    .map(inForce)
    .find((account) => isKeyOf(account, key));
}

/** What a host answers under which nothing is served. */
export function answerNobody({ host, headers }: ServiceRequest): never {
  if (!isRegional(host)) throw notFound();
  throw headers['authorization'] === undefined ? noCredentials() : noTokensHere();
}

function isRegional(host: string): boolean {
  return host.toLowerCase().endsWith('.api.cognitive.microsoft.com');
}

/** The object id of whoever asks; undefined for whoever has a key, and may do everything with it. */
function identify({ resource, request, tokens }: DataPlaneCall): string | undefined {
  if (request.headers['authorization'] === undefined) {
    checkKey(resource, request.headers['api-key']);
    return undefined;
  }
  if (subdomainOf(resource) === undefined) throw noTokensHere();
  const holder = tokens.holderOf(bearerOf(request) ?? '');
  if (holder === undefined) throw badToken();
  return holder;
}

function checkKey(account: StoredResource, key: string | undefined): void {
  if (key === undefined) throw noCredentials();
  if (propertiesOf(account)['disableLocalAuth'] === true) throw keysDisabled();
  if (!isKeyOf(account, key)) throw noCredentials();
}

function isKeyOf(account: StoredResource, key: string): boolean {
  const { key1, key2 } = keysOf(account);
  return key === key1 || key === key2;
}

/** The exception for trusted services is for those that come as their own identity. Documented. */
function checkNetwork(account: StoredResource, approach: Approach): void {
  if (approach.kind === 'private') {
    if (!sameResource(approach.targetId, account.id)) throw notFound();
    return;
  }
  const { publicNetworkAccess, networkAcls } = propertiesOf(account);
  const { defaultAction, bypass, ipRules } = objectOf(networkAcls);
  if (approach.kind === 'service' && isSetTo(bypass, 'AzureServices') && principalOf(approach.from)) return;
  if (isSetTo(publicNetworkAccess, 'Disabled')) throw publicAccessDisabled();
  if (!isSetTo(defaultAction, 'Deny')) return;
  if (approach.kind === 'service' || !isListed(ipRules, approach.caller)) throw firewalled();
}

function checkRole(
  { azure, resource, request, path }: DataPlaneCall,
  principal: string,
  operation: OpenAiOperation,
): void {
  const name = `Microsoft.CognitiveServices/accounts/OpenAI/${operation.dataAction}`;
  const grant = grantOf(azure, principal, dataAction(name), resource.id);
  if (grant === 'granted') return;
  throw openAiRefusal(
    401,
    'PermissionDenied',
    `The principal \`${principal}\` lacks the required data action \`${name}\` to perform \`${request.method} ${path}\` operation.`,
    grant === 'onItsWay' ? { seconds: PATIENCE.roleNotInForce, told: false } : undefined,
  );
}
