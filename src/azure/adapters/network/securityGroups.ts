import type { NetworkSecurityGroup, SecurityRule } from '@azure/arm-network';
import { flatten, lroOptions, namesIn, unsupported, waitFor } from '../adapter';
import { wholeBody, type Writer } from './writer';

/** An existing group is never written whole: its rules are somebody's, and each can be written by itself. */
export const writeSecurityGroup: Writer = (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  switch (write.action) {
    case 'create':
      return waitFor(
        client.networkSecurityGroups.beginCreateOrUpdate(
          group,
          names[0],
          flatten(write.body) as NetworkSecurityGroup,
          lro,
        ),
        options,
      );
    case 'delete':
      return waitFor(client.networkSecurityGroups.beginDelete(group, names[0], lro), options);
    default:
      throw unsupported(write);
  }
};

export const writeSecurityRule: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  const { securityRules: rules } = client;
  if (write.action === 'delete') return waitFor(rules.beginDelete(group, names[0], names[1], lro), options);
  const body = await wholeBody(write, options, (read) => rules.get(group, names[0], names[1], read));
  return waitFor(rules.beginCreateOrUpdate(group, names[0], names[1], flatten(body) as SecurityRule, lro), options);
};
