import { accountArrangements } from './arrangements/accounts';
import { authorizationArrangements } from './arrangements/authorization';
import { edgeArrangements } from './arrangements/edge';
import { gatewayArrangements } from './arrangements/gateway';
import { governanceArrangements } from './arrangements/governance';
import { networkArrangements } from './arrangements/network';
import { privateDnsArrangements } from './arrangements/privateDns';
import { privateEndpointArrangements } from './arrangements/privateEndpoints';
import { searchArrangements } from './arrangements/search';
import { storageArrangements } from './arrangements/storage';
import { securityArrangements } from './arrangements/security';
import { vpnGatewayArrangements } from './arrangements/vpnGateways';
import { webArrangements } from './arrangements/web';
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
  ...vpnGatewayArrangements,
  ...edgeArrangements,
  ...webArrangements,
  ...securityArrangements,
  ...governanceArrangements,
};

/** Records of these resource types that the sandbox does not serve, and why. */
export const NOT_SERVED: Readonly<Record<string, string>> = {
  'error.gateway.GatewayTimeout':
    'Only a fault makes an answer time out, and it answers with this record: `test/sandbox/faults.test.ts` compares them.',
  'web.site.put.conflict':
    'The recorder made the app while its request for the plan was still unanswered. The sandbox answers one request after the other, so nobody meets a plan in the making.',
};
