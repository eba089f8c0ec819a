import type { Text } from '../../src/core/text';
import type { Intent } from '../../src/protocol/messages';
import type { WizardState } from '../../src/protocol/wizardState';
import type { PageState } from '../state/pageState';
import type { View } from '../state/view';

/** What every view is drawn from, and what it can cause. */
export interface ViewContext {
  readonly page: PageState;
  readonly wizard: WizardState;
  /** Writes one of the page's own sentences in the user's language. */
  readonly t: (sentence: Text) => string;
  /** Asks the host. */
  readonly send: (intent: Intent) => void;
  readonly act: PageActions;
}

/** What the user can do to the page itself. */
export interface PageActions {
  /** Shows a view and moves the focus to its heading. */
  show(view: View): void;
  leaveReview(): void;
  /** Asks for something that starts a run, and follows the run when it starts. */
  startRun(intent: Intent): void;
  /** Asks for a verification and shows it. */
  verify(): void;
  /** Puts the Tab stop of the step list on an entry. */
  moveListCursor(entry: string): void;
  setFold(fold: string, folded: boolean): void;
  setOnlyToDo(onlyToDo: boolean): void;
  setLogOpen(open: boolean): void;
  /** Opens a menu, or closes the one that is open. */
  setMenu(menu: string | null): void;
  agree(planId: string, confirmation: string, agreed: boolean): void;
}
