import { asString, type Json, type JsonObject } from '../../../core/resources/json';
import { resourceGroupIdOf, resourceName } from '../../../core/resources/resourceId';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { StoredResource } from '../../arm/resourceStore';
import type { PutCall } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { findRegion } from '../resources/regions';
import { preciseTime } from '../../time';
import { badRequest } from './errors';

export const WEB_VERSIONS = [
  '2019-08-01',
  '2022-03-01',
  '2023-12-01',
  '2024-04-01',
  '2024-11-01',
  '2025-03-01',
  '2025-05-01',
] as const;

/** The first version that shows the tag of a site without quotes. */
const UNQUOTED_SINCE = '2025-05-01';

/** App Service's tags are the time of the last change: tenths of microseconds since 1601, in hexadecimal digits. */
export function newTicks(azure: Azure): string {
  return (BigInt(Math.trunc(azure.clock.now())) * 10_000n + 116_444_736_000_000_000n).toString(16).toUpperCase();
}

export const quotedTag = ({ etag }: StoredResource): { readonly etag: string } => ({ etag: `"${etag}"` });

/** Recorded: only a GET leaves the quotes away, and only in new versions. */
export function readTag(resource: StoredResource, apiVersion: string): { readonly etag: string } {
  return apiVersion >= UNQUOTED_SINCE ? { etag: resource.etag } : quotedTag(resource);
}

/**
 * The place of a PUT as App Service keeps it: the display name. The answer to a write echoes what was sent.
 * @throws Refusal where there is none, or it is not where the resource is.
 */
export function placeOf({ body, resource, id }: PutCall): { readonly kept: string; readonly echoed: string } {
  const echoed = asString(body['location']);
  if (echoed === undefined) throw invalidRequestContent("Required property 'location' not found in JSON");
  const kept = findRegion(echoed)?.displayName;
  if (kept === undefined) throw badRequest(`The location '${echoed}' is not available for App Service.`);
  if (resource !== undefined && resource.body['location'] !== kept) {
    throw badRequest(`The resource ${id} already exists in location '${String(resource.body['location'])}'.`);
  }
  return { kept, echoed };
}

/** `contoso-rg-WestUS3webspace`. */
export function webSpaceOf(id: string, location: string): string {
  return `${groupNameOf(id)}-${location.replaceAll(' ', '')}webspace`;
}

export function groupNameOf(id: string): string {
  return resourceName(resourceGroupIdOf(id) ?? '');
}

/** Tags stand at the top where there are any, and among the properties, where they may be null. */
export function topTags(tags: Json | undefined): JsonObject {
  return tags === undefined || tags === null ? {} : { tags };
}

/** App Service writes times without their zone. */
export function webTime(azure: Azure): string {
  return preciseTime(azure.clock.now()).replace('Z', '');
}
