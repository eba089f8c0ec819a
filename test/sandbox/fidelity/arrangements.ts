import { accountArrangements } from './arrangements/accounts';
import { authorizationArrangements } from './arrangements/authorization';
import { gatewayArrangements } from './arrangements/gateway';
import { networkArrangements } from './arrangements/network';
import { privateDnsArrangements } from './arrangements/privateDns';
import { privateEndpointArrangements } from './arrangements/privateEndpoints';
import { searchArrangements } from './arrangements/search';
import { storageArrangements } from './arrangements/storage';
import type { Arrangement } from './arrangement';

/** How each record is played, by the record's name. */
export const ARRANGEMENTS: Readonly<Record<string, Arrangement>> = {
  ...gatewayArrangements,
  ...authorizationArrangements,
  ...accountArrangements,
  ...networkArrangements,
  ...privateEndpointArrangements,
  ...privateDnsArrangements,
  ...searchArrangements,
  ...storageArrangements,
};

/** Records of these resource types that the sandbox does not serve, and why. */
export const NOT_SERVED: Readonly<Record<string, string>> = {
  'error.gateway.GatewayTimeout':
    'Nothing times out in the sandbox. Faults that are scheduled with a seed come with a later version.',
  'network.operation.failed':
    'An accepted operation of Microsoft.Network never fails in the sandbox. Faults come with a later version; a failed operation is told the same way by private DNS, where it happens.',
  'network.publicIP.delete.inUse':
    'What holds a public IP address, an application gateway or a VPN gateway, is not simulated yet.',
};
