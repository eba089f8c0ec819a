import { sameResource } from '../../../core/resources/resourceId';
import type { Wait } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { TENANT_ID } from '../../azure';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { PATIENCE } from '../../durations';
import { usesRoles, vaultGrant } from '../../providers/keyVault/vaultAccess';
import { letsTrustedServicesIn, VAULT_TYPE } from '../../providers/keyVault/vaultState';
import { bearerOf, ServiceRefusal, type Approach, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { isListed, isSetTo } from '../networkRules';

/** Key Vault's data plane: the token first, then the network rules, then access. Keys and secrets can be listed only. */
export function answerVault({ azure, tokens, request, resource, approach, path }: DataPlaneCall): ServiceAnswer {
  const holder = tokens.holderOf(bearerOf(request) ?? '');
  if (holder === undefined) throw unauthorized();
  checkNetwork(resource, approach);
  const [, kind] = /^\/(keys|secrets)\/?$/.exec(path) ?? [];
  if (request.method !== 'GET' || (kind !== 'keys' && kind !== 'secrets')) {
    throw refusal(400, 'NotSimulated', `The sandbox does not simulate ${request.method} ${path} of Azure Key Vault.`);
  }
  const grant = vaultGrant(azure, resource, holder, kind, ['list']);
  if (grant !== 'granted') {
    const wait: Wait = { seconds: PATIENCE.roleNotInForce, told: false };
    throw forbidden(
      usesRoles(resource) ? 'ForbiddenByRbac' : 'AccessDenied',
      'Caller is not authorized to perform action on resource.',
      grant === 'onItsWay' ? wait : undefined,
    );
  }
  const value = azure.store.children(resource.id, `${VAULT_TYPE}/${kind}`).map((each) => {
    const { attributes, keyUri, secretUri } = propertiesOf(each);
    return { [kind === 'keys' ? 'kid' : 'id']: keyUri ?? secretUri, attributes };
  });
  return { status: 200, body: { value, nextLink: null } };
}

function checkNetwork(vault: StoredResource, approach: Approach): void {
  if (approach.kind === 'private') {
    if (!sameResource(approach.targetId, vault.id)) throw closed();
    return;
  }
  if (approach.kind === 'service' && principalOf(approach.from) && letsTrustedServicesIn(vault)) return;
  const { publicNetworkAccess, networkAcls } = propertiesOf(vault);
  if (isSetTo(publicNetworkAccess, 'Disabled')) throw closed();
  const { defaultAction, ipRules } = objectOf(networkAcls);
  if (!isSetTo(defaultAction, 'Deny')) return;
  if (approach.kind === 'service' || !isListed(ipRules, approach.caller)) {
    throw forbidden('ForbiddenByFirewall', 'Client address is not authorized and caller is not a trusted service.');
  }
}

/** Reported wording. */
const closed = (): ServiceRefusal =>
  forbidden(
    'ForbiddenByConnection',
    'Public network access is disabled and request is not from a trusted service nor via an approved private link.',
  );

/** Reported shape: the inner code tells why. */
function forbidden(inner: string, message: string, wait?: Wait): ServiceRefusal {
  const error = { code: 'Forbidden', message, innererror: { code: inner } };
  return new ServiceRefusal({ status: 403, body: { error }, ...(wait === undefined ? {} : { wait }) });
}

/** Documented challenge: clients read the tenant and the audience from it. */
function unauthorized(): ServiceRefusal {
  const challenge = `Bearer authorization="https://login.microsoftonline.com/${TENANT_ID}", resource="https://vault.azure.net"`;
  const error = { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' };
  return new ServiceRefusal({ status: 401, headers: { 'www-authenticate': challenge }, body: { error } });
}

function refusal(status: number, code: string, message: string): ServiceRefusal {
  return new ServiceRefusal({ status, body: { error: { code, message } } });
}
