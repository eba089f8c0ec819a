import { SUBSCRIPTION_ID } from '../../../../src/sandbox/azure';
import { put } from '../../../../src/sandbox/worlds/builders';
import type { Arrangement } from '../arrangement';

const machines = put(`/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Security/pricings/VirtualMachines`, {
  properties: {
    pricingTier: 'Standard',
    subPlan: 'P1',
    extensions: [{ name: 'MdeDesignatedSubscription', isEnabled: 'False' }],
  },
});

/** Plans of Microsoft Defender for Cloud. */
export const securityArrangements: Readonly<Record<string, Arrangement>> = {
  'security.pricings.list': { seed: [machines] },
  'security.pricings.put.standard': {},
  'security.pricings.put.free': { seed: [machines] },
};
