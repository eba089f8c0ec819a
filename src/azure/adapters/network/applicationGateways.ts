import type { ApplicationGateway, WebApplicationFirewallPolicy } from '@azure/arm-network';
import { flatten, lroOptions, namesIn, waitFor } from '../adapter';
import { wholeBody, type Writer } from './writer';

/** A PUT replaces a gateway, so an update starts from what is there; what it is made of may stay in Azure. */
export const writeApplicationGateway: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  const { applicationGateways: gateways } = client;
  if (write.action === 'delete') return waitFor(gateways.beginDelete(group, names[0], lro), options);
  const body = await wholeBody(write, options, (read) => gateways.get(group, names[0], read));
  return waitFor(gateways.beginCreateOrUpdate(group, names[0], flatten(body) as ApplicationGateway, lro), options);
};

/** A policy is written at once, and as a whole. */
export const writeFirewallPolicy: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const { webApplicationFirewallPolicies: policies } = client;
  if (write.action === 'delete') {
    return waitFor(policies.beginDelete(group, names[0], lroOptions(settings, options)), options);
  }
  const body = await wholeBody(write, options, (read) => policies.get(group, names[0], read));
  const policy = flatten(body) as WebApplicationFirewallPolicy;
  await policies.createOrUpdate(group, names[0], policy, { abortSignal: options.signal });
};
