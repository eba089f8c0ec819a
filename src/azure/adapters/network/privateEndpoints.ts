import type { PrivateDnsZoneGroup, PrivateEndpoint } from '@azure/arm-network';
import { flatten, lroOptions, namesIn, unsupported, waitFor } from '../adapter';
import { wholeBody, type Writer } from './writer';

export const writePrivateEndpoint: Writer = (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  switch (write.action) {
    case 'create':
      return waitFor(
        client.privateEndpoints.beginCreateOrUpdate(group, names[0], flatten(write.body) as PrivateEndpoint, lro),
        options,
      );
    case 'delete':
      return waitFor(client.privateEndpoints.beginDelete(group, names[0], lro), options);
    default:
      throw unsupported(write);
  }
};

export const writeZoneGroup: Writer = async (client, settings, write, options) => {
  const { group, names } = namesIn(write.resource);
  const lro = lroOptions(settings, options);
  if (write.action === 'delete') {
    return waitFor(client.privateDnsZoneGroups.beginDelete(group, names[0], names[1], lro), options);
  }
  const body = await wholeBody(write, options, (read) =>
    client.privateDnsZoneGroups.get(group, names[0], names[1], read),
  );
  return waitFor(
    client.privateDnsZoneGroups.beginCreateOrUpdate(
      group,
      names[0],
      names[1],
      flatten(body) as PrivateDnsZoneGroup,
      lro,
    ),
    options,
  );
};
