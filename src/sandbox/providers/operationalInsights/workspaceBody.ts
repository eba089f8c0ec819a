import { asString, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { compact, objectOf, pick } from '../../bodies';
import { preciseTime } from '../../time';
import { regionName } from '../resources/regions';

/** Recorded: what a workspace has that was told nothing. */
const DEFAULTS = {
  retentionInDays: 30,
  publicNetworkAccessForIngestion: 'Enabled',
  publicNetworkAccessForQuery: 'Enabled',
} as const;

const FEATURES = { legacy: 0, searchVersion: 1, enableLogAccessUsingOnlyResourcePermissions: true } as const;

/** Properties that a client may write. Everything else in a request is ignored. */
const WRITABLE = Object.keys(DEFAULTS);

/** What a PUT leaves: everything that was sent, and the default for what was not. */
export function replaced(azure: Azure, id: string, sent: JsonObject, before: JsonObject | undefined): JsonObject {
  return compact({
    location: regionName(asString(sent['location']) ?? asString(before?.['location']) ?? ''),
    tags: sent['tags'],
    properties: settings(azure, id, objectOf(sent['properties']), objectOf(before?.['properties']), {}),
  });
}

/** What a PATCH leaves: what was sent, and the rest as it was. */
export function patched(azure: Azure, id: string, sent: JsonObject, before: JsonObject): JsonObject {
  const old = objectOf(before['properties']);
  return compact({
    ...before,
    ...pick(sent, ['tags']),
    properties: settings(azure, id, objectOf(sent['properties']), old, pick(old, WRITABLE)),
  });
}

export function shownWorkspace(workspace: StoredResource): JsonObject {
  const { id, name, type, body, etag, state } = workspace;
  const { customerId, ...others } = propertiesOf(workspace);
  return {
    properties: { customerId, provisioningState: state, ...others },
    ...pick(body, ['location', 'tags']),
    id,
    name,
    type,
    etag,
  };
}

function settings(azure: Azure, id: string, sent: JsonObject, old: JsonObject, kept: JsonObject): JsonObject {
  const now = preciseTime(azure.clock.now());
  const capping = objectOf(sent['workspaceCapping']);
  return {
    customerId: old['customerId'] ?? azure.guids.next(`workspace ${id}`),
    sku: { name: skuName(sent, old), lastSkuUpdate: objectOf(old['sku'])['lastSkuUpdate'] ?? now },
    ...DEFAULTS,
    ...kept,
    ...compact(pick(sent, WRITABLE)),
    features: { ...FEATURES, ...objectOf(sent['features']) },
    workspaceCapping: {
      dailyQuotaGb: capping['dailyQuotaGb'] ?? -1,
      quotaNextResetTime: objectOf(old['workspaceCapping'])['quotaNextResetTime'] ?? now,
      dataIngestionStatus: 'RespectQuota',
    },
    createdDate: old['createdDate'] ?? now,
    modifiedDate: now,
  };
}

/** Recorded: the tiers of before 2018 are answered as the one that replaced them. */
function skuName(sent: JsonObject, old: JsonObject): string {
  const name = asString(objectOf(sent['sku'])['name']) ?? asString(objectOf(old['sku'])['name']) ?? 'PerGB2018';
  return /^(standalone|pernode|free|standard|premium)$/i.test(name) ? 'PerGB2018' : name;
}
