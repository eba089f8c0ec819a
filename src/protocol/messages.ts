import type { PersonType } from './setupForm';
import type { ProblemCommand, WizardState } from './wizardState';

/** Rises when host and page would no longer understand each other. */
export const PROTOCOL_VERSION = 4;

/** What the page asks of the host. It names what the host issued; it cannot describe a change of its own. */
export type Intent =
  | { readonly type: 'ready'; readonly protocol: number }
  | { readonly type: 'refresh' }
  | { readonly type: 'toggleScenario'; readonly scenario: string; readonly chosen: boolean }
  | { readonly type: 'chooseRole'; readonly role: string; readonly value: string }
  | { readonly type: 'setRoleField'; readonly role: string; readonly name: string; readonly value: string }
  | { readonly type: 'setOption'; readonly option: string; readonly value: string }
  | { readonly type: 'findPeople'; readonly option: string; readonly search: string }
  | {
      readonly type: 'addPerson';
      readonly option: string;
      readonly id: string;
      readonly kind: PersonType;
      readonly name: string;
    }
  | { readonly type: 'removePerson'; readonly option: string; readonly id: string }
  | { readonly type: 'saveSetup' }
  | { readonly type: 'openSetupFile' }
  | { readonly type: 'skipStep'; readonly step: string }
  | { readonly type: 'unskipStep'; readonly step: string }
  | { readonly type: 'apply'; readonly planId: string; readonly confirmed: readonly string[] }
  | { readonly type: 'cancelRun'; readonly runId: string }
  | { readonly type: 'resumeRun'; readonly runId: string }
  | { readonly type: 'undoRun'; readonly runId: string }
  | { readonly type: 'abandonRun'; readonly runId: string }
  | { readonly type: 'undoStep'; readonly step: string }
  /** Asks what is in the way of a plan that the user is looking at. */
  | { readonly type: 'lookAhead'; readonly planId: string }
  /** The user has looked at a step that is no longer compliant. */
  | { readonly type: 'looked'; readonly step: string }
  | { readonly type: 'answerObstacle'; readonly answer: ObstacleAnswer }
  | { readonly type: 'copyError'; readonly change: string }
  | { readonly type: 'verify' }
  | { readonly type: 'openLink'; readonly linkId: string }
  | { readonly type: 'copy'; readonly what: CopyKind; readonly step?: string }
  | { readonly type: 'addToHostsFile' }
  | { readonly type: 'downloadVpnClient' }
  | { readonly type: 'problemAction'; readonly command: ProblemCommand }
  | { readonly type: 'showLog' };

/** What the user wants of a run that did not begin, because somebody else is at it. */
export type ObstacleAnswer = 'tryAgain' | 'goOn' | 'dismiss';

export type CopyKind = 'hosts' | 'findings' | 'plan' | 'inferenceRequest' | 'documentFilter';

/** What the host tells the page. */
export type Notice =
  | { readonly type: 'state'; readonly state: WizardState }
  /** Show this view, by its name as in `PageMemory`; the page moves the focus to its heading. */
  | { readonly type: 'showView'; readonly view: string };

/** The page's side: the window's message bus also carries other people's messages. */
export function isNotice(message: unknown): message is Notice {
  if (typeof message !== 'object' || message === null) return false;
  const { type, state, view } = message as { type?: unknown; state?: { revision?: unknown } | null; view?: unknown };
  return (type === 'state' && typeof state?.revision === 'number') || (type === 'showView' && typeof view === 'string');
}

/** What a reload may lose nothing of: kept by the page through `setState`. Never resource data. */
export interface PageMemory {
  readonly setupUri: string;
  /** `setup`, `review`, `review/<step id>` (what one step needs), `run`, `verify`, `verify/<position>`, or a step id. */
  readonly view: string;
  /** What the user has folded (true) or unfolded (false), by the name of the fold. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** Only steps that are not done are listed. */
  readonly onlyToDo: boolean;
  readonly logOpen: boolean;
}

/** What stands in the page's inert JSON block when it loads. */
export interface PageBootstrap {
  readonly protocol: number;
  readonly setupUri: string;
  /** Translations of the page's own labels, by English message. */
  readonly bundle: Readonly<Record<string, string>>;
  readonly locale: string;
}
