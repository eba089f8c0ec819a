import { text, type Text } from '../text';

const NO_CERTIFICATE = text(
  'The gateway does not get at its certificate. Give its identity a role on the vault, and let trusted services through the vault’s firewall.',
);

/** For everything that goes on only once somebody has signed in. */
export const SIGN_IN = text('Sign in again and continue the run.');
const NOT_REACHED = text('Azure was not reached. Look at the network connection of this machine, then retry.');
const LATER = text('Azure has had too many requests from this subscription. Wait some minutes, then retry.');

/** What a user can do next about an error code of Azure Resource Manager. Source: Azure REST error references. */
const ADVICE: Readonly<Record<string, Text>> = {
  authorizationfailed: text('Ask an owner of the scope for the missing role, sign in again, and retry.'),
  linkedauthorizationfailed: text(
    'A role is missing on a linked resource: the subnet, the DNS zone or the account. Ask its owner for it and retry.',
  ),
  requestdisallowedbypolicy: text(
    'An Azure Policy assignment denies this. Ask for an exemption, or change the setup to what the policy allows.',
  ),
  scopelocked: text('A resource lock is in the way. Remove it for the time of the change and retry.'),
  missingsubscriptionregistration: text('Register the resource provider in the subscription and retry.'),
  customdomaininuse: text(
    'Another account has this subdomain, perhaps a deleted one. Choose another name in the setup, or purge the deleted account.',
  ),
  flagmustbesetforrestore: text(
    'A deleted account of this name is still kept. Restore or purge it, or choose another name.',
  ),
  netcfgsubnetrangesoverlap: text('Choose a range that no other subnet uses.'),
  netcfgsubnetrangeoutsidevnet: text('Choose a range inside the address space of the virtual network.'),
  subnetisfull: text('Choose a larger subnet, or another one.'),
  inusesubnetcannotbedeleted: text('Something else uses the subnet now. Remove it first, or leave the subnet.'),
  privateendpointcannotbecreatedinsubnetthathasnetworkpoliciesenabled: text(
    'This cloud wants network policies off in the endpoint’s subnet. Choose a subnet without them.',
  ),
  conflictingnetworklink: text(
    'The virtual network is linked to another zone of the same name. Use that zone, or remove its link.',
  ),
  principalnotfound: text(
    'Microsoft Entra ID does not know the principal. A new identity can take some minutes; an object id may also be mistyped.',
  ),
  roleassignmentupdatenotpermitted: text(
    'An assignment of this name exists for another principal. Check again and make a new plan.',
  ),
  nonazskusnotallowedforvpngateway: text(
    'Gateways of this size can no longer be created. Choose a size that ends in AZ.',
  ),
  vmssvpngatewaypublicipsmusthavezonesconfigured: text(
    'The gateway’s public IP address has to be in availability zones, and that cannot be changed later. Create another one.',
  ),
  servicemodeldeprecated: text(
    'Azure no longer offers this model. Deploy one that it does offer, or leave the proofs out of the setup.',
  ),
  deploymentmodelnotsupported: text(
    'Azure does not offer this model in the account’s region. Deploy one that it does offer, or leave the proofs out of the setup.',
  ),
  insufficientquota: text(
    'The subscription has no quota left for the model in this region. Ask for more, or lower another deployment.',
  ),
  subnetmissingrequireddelegation: text(
    'Something still uses the subnet’s delegation. Take the web app out of it first.',
  ),
  keyvaultauthenticationfailure: text(
    'The service may not use the key. Look at its role or access policy on the key vault, and at the vault’s firewall.',
  ),
  applicationgatewaykeyvaultsecretexception: NO_CERTIFICATE,
  applicationgatewaykeyvaultsecretaccessdenied: NO_CERTIFICATE,
  applicationgatewaysubnetinboundtrafficblockedbynetworksecuritygroup: text(
    'Azure manages the gateway on ports 65200 to 65535. Let GatewayManager in there, before every rule that denies.',
  ),
  dnsrecordinuse: text('Somebody else in the region has this label. Name the host of the gateway in the setup.'),
  activationfailed: text(
    'API Management did not come up inside of the network. Look at the rules of its subnet’s security group and at its DNS servers, then retry.',
  ),
  networksecuritygroupnotfound: text('Put a network security group on the subnet of API Management first.'),
  managementapirequestfailed: text(
    'Azure does not reach the management endpoint of API Management. Let the tag ApiManagement in on port 3443.',
  ),
  servicealreadyexistsinsoftdeletedstate: text(
    'A deleted API Management service of this name is still kept. Restore or purge it, or choose another name.',
  ),
  vaultalreadyexists: text(
    'The name of the vault is taken, perhaps by a deleted one. Choose another name in the setup.',
  ),
  expiredauthenticationtoken: SIGN_IN,
  invalidauthenticationtoken: SIGN_IN,
  authenticationfailed: SIGN_IN,
  signinrequired: SIGN_IN,
  unreachable: NOT_REACHED,
  // How Node.js and the SDKs call it.
  request_send_error: NOT_REACHED,
  enotfound: NOT_REACHED,
  eai_again: NOT_REACHED,
  econnreset: NOT_REACHED,
  econnrefused: NOT_REACHED,
  etimedout: NOT_REACHED,
  toomanyrequests: LATER,
  subscriptionrequeststhrottled: LATER,
};

/** The next action for an error; undefined where there is nothing better to say than the error itself. */
export function adviceFor(code: string, message: string): Text | undefined {
  if (/overlapping namespaces/i.test(message)) return ADVICE['conflictingnetworklink'];
  const known = code.toLowerCase();
  return Object.hasOwn(ADVICE, known) ? ADVICE[known] : undefined;
}
