import { sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { PATIENCE } from '../../durations';
import { usesRoles, vaultGrant, type VaultObject } from '../../providers/keyVault/vaultAccess';
import { letsTrustedServicesIn, VAULT_TYPE } from '../../providers/keyVault/vaultState';
import { bearerOf, type Approach, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { isListed, isSetTo } from '../networkRules';
import {
  createCertificate,
  deleteCertificate,
  getCertificate,
  getPending,
  listCertificates,
  recoverCertificate,
} from './certificates';
import { importCertificate } from './importing';
import { closed, forbidden, unauthorized, vaultRefusal } from './vaultRefusals';

interface Operation {
  readonly method: string;
  readonly path: RegExp;
  readonly object: VaultObject;
  readonly permission: string;
  readonly answer: (call: DataPlaneCall, name: string) => ServiceAnswer;
}

const OPERATIONS: readonly Operation[] = [
  operation('GET', /^\/keys\/?$/, 'keys', 'list', (call) => listObjects(call, 'keys', 'kid', 'keyUri')),
  operation('GET', /^\/secrets\/?$/, 'secrets', 'list', (call) => listObjects(call, 'secrets', 'id', 'secretUri')),
  operation('GET', /^\/certificates\/?$/, 'certificates', 'list', listCertificates),
  operation('GET', /^\/certificates\/([^/]+)\/?$/, 'certificates', 'get', getCertificate),
  operation('POST', /^\/certificates\/([^/]+)\/create$/, 'certificates', 'create', createCertificate),
  operation('POST', /^\/certificates\/([^/]+)\/import$/, 'certificates', 'import', importCertificate),
  operation('GET', /^\/certificates\/([^/]+)\/pending$/, 'certificates', 'get', getPending),
  operation('DELETE', /^\/certificates\/([^/]+)$/, 'certificates', 'delete', deleteCertificate),
  operation('POST', /^\/deletedcertificates\/([^/]+)\/recover$/, 'certificates', 'recover', recoverCertificate),
];

function operation(
  method: string,
  path: RegExp,
  object: VaultObject,
  permission: string,
  answer: Operation['answer'],
): Operation {
  return { method, path, object, permission, answer };
}

/**
 * Key Vault's data plane: the token first, then the network rules, then access. Keys and secrets can be listed only;
 * certificates can be made and imported, too.
 */
export function answerVault(call: DataPlaneCall): ServiceAnswer {
  const { azure, tokens, request, resource, approach, path } = call;
  const holder = tokens.holderOf(bearerOf(request) ?? '');
  if (holder === undefined) throw unauthorized();
  checkNetwork(resource, approach);
  const wanted = OPERATIONS.find((each) => each.method === request.method && each.path.test(path));
  if (wanted === undefined) {
    const message = `The sandbox does not simulate ${request.method} ${path} of Azure Key Vault.`;
    throw vaultRefusal(400, 'NotSimulated', message);
  }
  const grant = vaultGrant(azure, resource, holder, wanted.object, [wanted.permission]);
  if (grant !== 'granted') {
    throw forbidden(
      usesRoles(resource) ? 'ForbiddenByRbac' : 'AccessDenied',
      'Caller is not authorized to perform action on resource.',
      grant === 'onItsWay' ? { seconds: PATIENCE.roleNotInForce, told: false } : undefined,
    );
  }
  return wanted.answer(call, wanted.path.exec(path)?.[1] ?? '');
}

function listObjects(
  { azure, resource }: DataPlaneCall,
  kind: 'keys' | 'secrets',
  name: 'kid' | 'id',
  uri: 'keyUri' | 'secretUri',
): ServiceAnswer {
  const value = azure.store.children(resource.id, `${VAULT_TYPE}/${kind}`).map((each) => {
    const properties = propertiesOf(each);
    return { [name]: properties[uri], attributes: properties['attributes'] };
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
