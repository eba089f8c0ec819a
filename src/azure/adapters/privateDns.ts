import {
  PrivateDnsManagementClient,
  type PrivateZone,
  type RecordSet,
  type VirtualNetworkLink,
} from '@azure/arm-privatedns';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import type { ClientSettings } from '../clientSettings';
import { flatten, lroOptions, namesIn, unsupported, waitFor, wholeBody, type WriteAdapter } from './adapter';
import { clientOptions } from './clientOptions';

/** Writes private DNS zones, their records and their links to virtual networks, through @azure/arm-privatedns. */
export function createPrivateDnsAdapter(settings: ClientSettings): WriteAdapter {
  const client = new PrivateDnsManagementClient(settings.credential, settings.subscriptionId, clientOptions(settings));
  const { privateZones, recordSets, virtualNetworkLinks } = client;
  return {
    write: async (write, options) => {
      const { group, names } = namesIn(write.resource);
      const lro = lroOptions(settings, options);
      switch (`${resourceTypeOf(write.resource)} ${write.action}`) {
        case `${TYPES.privateDnsZone} create`:
          return waitFor(
            privateZones.beginCreateOrUpdate(group, names[0], flatten(write.body) as PrivateZone, lro),
            options,
          );
        case `${TYPES.privateDnsZone} delete`:
          return waitFor(privateZones.beginDelete(group, names[0], lro), options);
        case `${TYPES.virtualNetworkLink} create`: {
          const link = flatten(write.body) as VirtualNetworkLink;
          return waitFor(virtualNetworkLinks.beginCreateOrUpdate(group, names[0], names[1], link, lro), options);
        }
        case `${TYPES.virtualNetworkLink} update`: {
          const link = flatten(write.body) as VirtualNetworkLink;
          return waitFor(virtualNetworkLinks.beginUpdate(group, names[0], names[1], link, lro), options);
        }
        case `${TYPES.virtualNetworkLink} delete`:
          return waitFor(virtualNetworkLinks.beginDelete(group, names[0], names[1], lro), options);
        case `${TYPES.privateDnsRecord} create`:
        case `${TYPES.privateDnsRecord} update`: {
          const abortSignal = options.signal;
          const body = await wholeBody(write, options, (read) => recordSets.get(group, names[0], 'A', names[1], read));
          await recordSets.createOrUpdate(group, names[0], 'A', names[1], flatten(body) as RecordSet, { abortSignal });
          return;
        }
        case `${TYPES.privateDnsRecord} delete`:
          await recordSets.delete(group, names[0], 'A', names[1], { abortSignal: options.signal });
          return;
        default:
          throw unsupported(write);
      }
    },
  };
}
