import { asArray, asString } from '../../../core/resources/json';
import { readPath } from '../../../core/resources/propertyPath';
import type { WireResource } from '../../../core/resources/snapshot';
import { text, type Text } from '../../../core/text';
import type { PartState, PictureService } from '../../../protocol/networkPicture';

/** Whether the internet reaches a service, by the service's own properties. */
export interface Reach {
  readonly reachable: PictureService['reachable'];
  readonly label: Text;
  readonly fact: (service: string) => Text;
}

export function reachOf(service: WireResource | undefined, state: PartState): Reach {
  if (service === undefined) {
    return {
      reachable: 'unknown',
      label: state === 'planned' ? text('planned') : text('not known'),
      fact: (name) => text('Whether the internet reaches {0} is not known.', name),
    };
  }
  const access = asString(readPath(service, 'properties.publicNetworkAccess'))?.toLowerCase();
  if (access === 'disabled') {
    return {
      reachable: 'closed',
      label: text('public access off'),
      fact: (name) => text('The internet does not reach {0}.', name),
    };
  }
  if (access === 'securedbyperimeter') {
    return {
      reachable: 'unknown',
      label: text('network security perimeter'),
      fact: (name) => text('A network security perimeter decides who reaches {0}.', name),
    };
  }
  const rules = rulesOf(service);
  if (rules !== undefined) {
    return {
      reachable: 'limited',
      label: text('selected networks: {0}', rules),
      fact: (name) => text('Only listed addresses reach {0} from the internet.', name),
    };
  }
  return {
    reachable: 'open',
    label: text('public access on'),
    fact: (name) => text('The whole internet reaches {0}.', name),
  };
}

/** How many addresses are listed; undefined where everybody may come. Search has rules without a default action. */
function rulesOf(service: WireResource): number | undefined {
  const denies = asString(readPath(service, 'properties.networkAcls.defaultAction'))?.toLowerCase() === 'deny';
  if (denies) return asArray(readPath(service, 'properties.networkAcls.ipRules')).length;
  const rules = asArray(readPath(service, 'properties.networkRuleSet.ipRules')).length;
  return rules > 0 ? rules : undefined;
}

/** What the internet as a whole gets to. */
export function internetNote(reaches: readonly Reach[]): Text {
  const [only] = reaches;
  if (only === undefined || reaches.every(({ reachable }) => reachable === 'unknown')) return text('cannot tell');
  const open = reaches.filter(({ reachable }) => reachable === 'open').length;
  const limited = reaches.some(({ reachable }) => reachable === 'limited');
  if (open > 0)
    return reaches.length === 1 ? text('reaches it today') : text('reaches {0} of {1}', open, reaches.length);
  return limited ? text('listed addresses only') : text('is refused');
}
