import type { Principal, Setup } from '../../../core/setup/setup';
import type { SetupFault } from '../../../core/setup/setupFault';
import type { Snapshot } from '../../../core/resources/snapshot';
import type { Localize } from '../../localize';
import type { PeopleSearchState } from '../../setups/peopleSearch';
import type { ShownFaults } from './shownFaults';

/** What the setup form is made of. */
export interface FormInput {
  /** What the user has typed so far, valid or not. */
  readonly candidate: Setup;
  /** What is wrong with it. */
  readonly faults: readonly SetupFault[];
  /** What the subscription has, for the choices. */
  readonly inventory: Snapshot;
  /** Who is signed in; undefined where that is not known. */
  readonly signedIn: Principal | undefined;
  readonly search: PeopleSearchState;
  readonly file: string | null;
  readonly unsaved: boolean;
}

/** The same while the form is being made. */
export interface FormContext extends FormInput {
  readonly shown: ShownFaults;
  readonly t: Localize;
}
