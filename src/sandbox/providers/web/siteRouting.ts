import type { Json, JsonObject } from '../../../core/resources/json';
import { objectOf } from '../../bodies';

/** Since this version one object tells which traffic goes through the virtual network; before, a flag for each kind did. */
const ONE_OBJECT_SINCE = '2024-11-01';

const FLAGS = {
  applicationTraffic: 'vnetRouteAllEnabled',
  contentShareTraffic: 'vnetContentShareEnabled',
  imagePullTraffic: 'vnetImagePullEnabled',
  backupRestoreTraffic: 'vnetBackupRestoreEnabled',
} as const;

const SWITCHES = ['allTraffic', ...Object.keys(FLAGS)] as const;

/** What a write leaves of `outboundVnetRouting`. Properties of the other age of api-versions are ignored. */
export function writtenRouting(sent: JsonObject, apiVersion: string, before: Json | undefined): JsonObject {
  const routing = objectOf(before);
  const wanted: JsonObject =
    apiVersion >= ONE_OBJECT_SINCE
      ? objectOf(sent['outboundVnetRouting'])
      : Object.fromEntries(Object.entries(FLAGS).map(([name, flag]) => [name, sent[flag]]));
  return Object.fromEntries(SWITCHES.map((name) => [name, wanted[name] ?? routing[name] ?? false]));
}

export function showRouting(routing: Json | undefined, apiVersion: string): JsonObject {
  const switches = objectOf(routing);
  if (apiVersion >= ONE_OBJECT_SINCE) return { outboundVnetRouting: switches };
  return Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]) => [flag, switches['allTraffic'] === true || switches[name] === true]),
  );
}

/** True where all that the app itself sends goes through the virtual network. */
export function routesAll(routing: Json | undefined): boolean {
  const switches = objectOf(routing);
  return switches['allTraffic'] === true || switches['applicationTraffic'] === true;
}
