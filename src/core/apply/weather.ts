import type { AzureError } from '../ports';
import { resourceName } from '../resources/resourceId';
import type { UnreadableReason } from '../resources/snapshot';
import type { Change } from '../plan/change';
import { text, type Text } from '../text';

/**
 * What an error of a write means for what comes next.
 * - `there`: what was asked for is there already, under another name
 * - `busy`, `throttled`, `replicating`, `roleOnItsWay`, `registering`: not now; the same request succeeds later
 * - `unheard`: no answer, or a server's failure: it may have been done or not, which reading tells
 * - `passing`: the operation failed for a reason that passes
 * - `signedOut`: nothing at all goes on without somebody signing in
 * - `refused`: for good
 */
export type Weather =
  | 'there'
  | 'busy'
  | 'throttled'
  | 'replicating'
  | 'roleOnItsWay'
  | 'registering'
  | 'unheard'
  | 'passing'
  | 'signedOut'
  | 'refused';

/** Codes by which Azure says that something else is being written. Source: recordings, Azure REST error references. */
const BUSY = new Set([
  'requestconflict',
  'accountprovisioningstateinvalid',
  'anotheroperationinprogress',
  'retryableerror',
  'retryableerrorduetoanotheroperation',
  'referencedresourcenotprovisioned',
  'serverbusy',
  'servicelocked',
  'storageaccountoperationinprogress',
]);

/** An operation that ended like this ends well another time. */
const PASSING = new Set([
  'internalservererror',
  'internaloperationerror',
  'operationpreempted',
  'operationtimedout',
  'retryableerror',
  'servertimeout',
  'serviceunavailable',
  'vmssgatewaydeploymentfailed',
]);

/** Codes that mean one thing, whatever the status. */
const BY_CODE: Readonly<Record<string, Weather>> = {
  roleassignmentexists: 'there',
  // An identity that was just made is not known everywhere at once. Source: Azure RBAC troubleshooting.
  principalnotfound: 'replicating',
  // A service may not use a key or a certificate yet, though it has just been given the role.
  keyvaultauthenticationfailure: 'roleOnItsWay',
  applicationgatewaykeyvaultsecretexception: 'roleOnItsWay',
  applicationgatewaykeyvaultsecretaccessdenied: 'roleOnItsWay',
  missingsubscriptionregistration: 'registering',
};

/** Some providers have one code for every conflict; only the words tell that this one passes. */
const CONFLICT_PASSES = /being provisioned|another operation|provisioning state|try again later/i;

/** The mark of a web app that has left a subnet stays there for some minutes. */
const ASSOCIATION_LEFT = /serviceAssociationLink/i;

export function weatherOf(error: AzureError): Weather {
  const code = error.code.toLowerCase();
  const known = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  if (known !== undefined) return known;
  if (error.status === 401) return 'signedOut';
  if (error.fate === 'failed') return PASSING.has(code) ? 'passing' : 'refused';
  if (BUSY.has(code) || isPassingConflict(code, error.message)) return 'busy';
  if (error.status === 429) return 'throttled';
  return error.fate === 'refused' ? 'refused' : 'unheard';
}

function isPassingConflict(code: string, message: string): boolean {
  if (code === 'inusesubnetcannotbedeleted') return ASSOCIATION_LEFT.test(message);
  return code === 'conflict' && CONFLICT_PASSES.test(message);
}

/** About ten minutes in all. */
const LONG = [5, 10, 20, 30, 30, 60, 60, 60, 60, 60, 60, 60, 60];

/** Seconds before each repetition; where Azure itself says how long, that counts. */
const WAITS: Readonly<Record<Weather, readonly number[]>> = {
  there: [],
  busy: LONG,
  throttled: LONG,
  replicating: [5, 10, 20, 30, 55],
  roleOnItsWay: LONG,
  registering: [5, 10, 20, 30, 60],
  unheard: [2, 5, 10, 20, 30, 60, 60, 60],
  passing: [10, 60],
  signedOut: [1, 5],
  refused: [],
};

/** How much longer one change is tried. Each kind of weather has a patience of its own. */
export class Patience {
  private readonly spent = new Map<Weather, number>();

  /** Seconds to wait before the next attempt; undefined where it is time to give up. */
  next(weather: Weather, askedFor?: number): number | undefined {
    const times = this.spent.get(weather) ?? 0;
    this.spent.set(weather, times + 1);
    const seconds = WAITS[weather][times];
    return seconds === undefined ? undefined : (askedFor ?? seconds);
  }
}

/** Seconds before each repetition of a read, by why it gave nothing. What else keeps it from being read does not pass. */
export function readWaits(reason: UnreadableReason): readonly number[] {
  if (reason === 'signedOut') return WAITS.signedOut;
  return reason === 'throttled' || reason === 'unreachable' ? WAITS.unheard : [];
}

/** Seconds before each look at what a role that was just given lets one see. */
export const ROLE_WAITS = WAITS.roleOnItsWay;

export const NEW_ROLE = text('Waiting until every service knows of the new role.');

/** What is waited for, in a sentence. */
export function whyWaiting(weather: Weather, { resource }: Pick<Change, 'resource'>): Text {
  switch (weather) {
    case 'throttled':
      return text('Waiting: Azure has had too many requests from this subscription.');
    case 'replicating':
      return text('Waiting until Microsoft Entra ID knows the new identity.');
    case 'roleOnItsWay':
      return NEW_ROLE;
    case 'registering':
      return text('Waiting until Azure knows that the resource provider is registered.');
    case 'unheard':
      return text('Waiting: Azure gave no clear answer. What has been done is read again first.');
    case 'passing':
      return text('Waiting: Azure failed at it, for a reason that usually passes.');
    case 'signedOut':
      return text('Waiting for a new sign-in.');
    case 'busy':
    case 'there':
    case 'refused':
      return text('Waiting: Azure is busy with {0}.', resourceName(resource));
  }
}
