import type { Assertion } from './matcher';

/** That a resource has its system-assigned identity, beside any other. Written alike by every provider. */
export const systemIdentityOn: Assertion = {
  at: 'identity.type',
  absentMeans: 'None',
  must: { kind: 'includesWord', word: 'SystemAssigned', insteadOf: ['None'] },
  within: { at: 'identity', absentMeans: { type: 'None' }, readOnly: ['principalId', 'tenantId'] },
};
