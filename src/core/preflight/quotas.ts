import type { Change } from '../plan/change';
import { asObjects, asString, type JsonObject } from '../resources/json';
import { NETWORK_LIMITS } from '../resources/networkLimits';
import { readPath } from '../resources/propertyPath';
import { childId, resourceTypeOf, subscriptionScope } from '../resources/resourceId';
import { displayType } from '../resources/resourceTypes';
import { text } from '../text';
import { creationsIn, groupBy, idsOf, regionOf, whyUnread, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

/** Whether the regions have room for everything that the plan creates in them. */
export async function quotaFindings(input: PreflightInput): Promise<readonly PreflightFinding[]> {
  const counted = creationsIn(input.changes).filter(({ resource }) => NETWORK_LIMITS[resourceTypeOf(resource)]);
  const regions = [...groupBy(counted, regionOf)].filter(([region]) => region !== '');
  const findings = await Promise.all(regions.map(([region, changes]) => findingsIn(region, changes, input)));
  return findings.flat();
}

async function findingsIn(
  region: string,
  changes: readonly Change[],
  { setup, questions }: PreflightInput,
): Promise<readonly PreflightFinding[]> {
  const subscription = subscriptionScope(setup.subscription);
  const id = childId(subscription, 'providers', 'Microsoft.Network', 'locations', region, 'usages');
  const usages = await questions.read(id);
  if (usages.state !== 'present') {
    const title = text('How much room this subscription has in {0} could not be read.', region);
    const remedy = text('Look under “Usage + quotas” of the subscription in the Azure portal, or go on.');
    return [
      { kind: 'quota', verdict: 'unknown', title, ...whyUnread(usages), remedy, changes: idsOf(changes), resource: id },
    ];
  }
  const byType = [...groupBy(changes, ({ resource }) => resourceTypeOf(resource))];
  const findings = await Promise.all(
    byType.map(async ([type, alike]) => {
      const room = roomFor(type, usages.resource);
      if (room >= alike.length) return [];
      const entries = await Promise.all(alike.map(({ resource }) => questions.read(resource)));
      const needed = alike.filter((_, index) => entries[index]?.state !== 'present');
      return needed.length > room ? [full(region, needed, room)] : [];
    }),
  );
  return findings.flat();
}

/** How many more there may be, by the limit that is nearest. */
function roomFor(type: string, usages: JsonObject): number {
  const names = (NETWORK_LIMITS[type] ?? []).map((name) => name.toLowerCase());
  const rooms = asObjects(usages['value'])
    .filter((usage) => names.includes(asString(readPath(usage, 'name.value'))?.toLowerCase() ?? ''))
    .map(({ limit, currentValue }) => Number(limit) - Number(currentValue));
  return Math.max(0, Math.min(...rooms.filter(Number.isFinite), Infinity));
}

function full(region: string, needed: readonly Change[], room: number): PreflightFinding {
  const [{ resource } = { resource: '' }] = needed;
  return {
    kind: 'quota',
    verdict: 'blocks',
    title: text(
      'This subscription has room for {0} more of {1} in {2}, and the plan makes {3}.',
      room,
      displayType(resource),
      region,
      needed.length,
    ),
    remedy: text('Ask for more under “Quotas” in the Azure portal, delete what nobody uses, or choose another region.'),
    changes: idsOf(needed),
    resource,
  };
}
