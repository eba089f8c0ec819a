import type { StoredResource } from '../../arm/resourceStore';
import { inForce, isInService } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { privateLinkName } from './privateLinkService';

/** A public host name, whose it is, and which of the resource's groups answers there. */
export interface ServedHost {
  readonly host: string;
  /** As the service already acts by it. */
  readonly resource: StoredResource;
  readonly groupId: string;
}

/** What answers under a public host name. */
export function servedAt(azure: Azure, host: string): ServedHost | undefined {
  const wanted = host.toLowerCase();
  return find(azure, (served) => served === wanted);
}

/** What answers behind an alias such as `x.privatelink.openai.azure.com`. */
export function servedBehind(azure: Azure, alias: string): ServedHost | undefined {
  const wanted = alias.toLowerCase();
  return find(azure, (served) => privateLinkName(served) === wanted);
}

function find(azure: Azure, isWanted: (host: string) => boolean): ServedHost | undefined {
  for (const service of azure.privateLink.all()) {
    for (const resource of azure.store.ofType(service.type).filter(isInService).map(inForce)) {
      for (const { id: groupId, members } of service.groups(resource)) {
        const host = members.flatMap(({ hosts }) => hosts).find((each) => isWanted(each.toLowerCase()));
        if (host !== undefined) return { host, resource, groupId };
      }
    }
  }
  return undefined;
}
