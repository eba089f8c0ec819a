import {
  WebSiteManagementClient,
  type AppServicePlan,
  type Site,
  type SiteConfigResource,
  type SitePatchResource,
} from '@azure/arm-appservice';
import { readPath } from '../../core/resources/propertyPath';
import { resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import { mergePatch } from '../../core/resources/wireEquality';
import type { ResourceWrite } from '../../core/plan/change';
import type { WriteOptions } from '../../core/ports';
import type { ClientSettings } from '../clientSettings';
import {
  flatten,
  lroOptions,
  namesIn,
  unsupported,
  waitFor,
  versioned,
  type SendToArm,
  type WriteAdapter,
} from './adapter';
import { modularClientOptions } from './clientOptions';

const CONFIG = `${TYPES.webApp}/config`;
const ROUTING = 'properties.outboundVnetRouting';
const INTEGRATION = 'properties.virtualNetworkSubnetId';

/** Writes App Service plans and web apps, through @azure/arm-appservice. */
export function createAppServiceAdapter(settings: ClientSettings, send: SendToArm): WriteAdapter {
  const client = new WebSiteManagementClient(
    settings.credential,
    settings.subscriptionId,
    modularClientOptions(settings),
  );
  const { appServicePlans, webApps } = client;
  return {
    write: async (write, options) => {
      const { group, names } = namesIn(write.resource);
      const lro = lroOptions(settings, options);
      const { signal } = options;
      switch (`${resourceTypeOf(write.resource)} ${write.action}`) {
        case `${TYPES.appServicePlan} create`:
          return waitFor(
            appServicePlans.beginCreateOrUpdate(group, names[0], flatten(write.body) as AppServicePlan, lro),
            options,
          );
        case `${TYPES.appServicePlan} update`: {
          // The SDK's update leaves out the SKU.
          const present = await send('GET', versioned(write.resource), undefined, signal);
          const plan = flatten(mergePatch(present, write.body ?? {})) as AppServicePlan;
          return waitFor(appServicePlans.beginCreateOrUpdate(group, names[0], plan, lro), options);
        }
        case `${TYPES.appServicePlan} delete`:
          return appServicePlans.delete(group, names[0], { abortSignal: signal });
        case `${TYPES.webApp} create`:
          return waitFor(webApps.beginCreateOrUpdate(group, names[0], flatten(write.body) as Site, lro), options);
        case `${TYPES.webApp} update`:
          return updateSite(client, write, send, options);
        case `${TYPES.webApp} delete`:
          return webApps.delete(group, names[0], { abortSignal: signal, deleteEmptyServerFarm: false });
        case `${CONFIG} update`:
          await webApps.updateConfiguration(group, names[0], flatten(write.body) as SiteConfigResource, {
            abortSignal: signal,
          });
          return;
        default:
          throw unsupported(write);
      }
    },
  };
}

async function updateSite(
  client: WebSiteManagementClient,
  write: ResourceWrite,
  send: SendToArm,
  { signal }: WriteOptions,
): Promise<void> {
  const { group, names } = namesIn(write.resource);
  if (readPath(write.body, ROUTING) !== undefined) {
    // The SDK's model for updates does not know the property and drops it.
    await send('PATCH', versioned(write.resource), write.body, signal);
  } else if (readPath(write.body, INTEGRATION) === null) {
    await client.webApps.deleteSwiftVirtualNetwork(group, names[0], { abortSignal: signal });
  } else {
    const site = flatten(write.body) as SitePatchResource;
    await client.webApps.update(group, names[0], site, { abortSignal: signal });
  }
}
