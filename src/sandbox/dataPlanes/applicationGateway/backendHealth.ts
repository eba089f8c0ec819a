import type { JsonObject } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { partId, partsOf } from '../../providers/network/applicationGatewayParts';
import { Tokens } from '../../tokens';
import { forwardIn } from '../answerService';
import { backendsBehind, probe } from './backend';

/** What POST …/backendhealth leads to: every server behind a rule, as a probe finds it now. */
export function backendHealth(azure: Azure, gateway: StoredResource): JsonObject {
  // A probe brings no token, so nobody's has to be known.
  const forward = forwardIn({ azure, tokens: new Tokens('', 0) });
  const pools = partsOf(gateway, 'requestRoutingRules').map((rule) => {
    const backends = backendsBehind(gateway, rule);
    const [first] = backends;
    return {
      backendAddressPool: { id: partId(gateway.id, 'backendAddressPools', first?.pool.name ?? '') },
      backendHttpSettingsCollection: [
        {
          backendHttpSettings: {
            id: partId(gateway.id, 'backendHttpSettingsCollection', first?.settings.name ?? ''),
          },
          servers: backends.map((backend) => {
            const { health, log } = probe(forward, backend);
            return { address: backend.address, health, healthProbeLog: log };
          }),
        },
      ],
    };
  });
  return { backendAddressPools: pools };
}
