import type { ActiveSetups } from './setups/activeSetups';
import type { Connections } from './connection/connections';
import type { ResourcesTree } from './tree/resourcesTree';
import type { SetupsTree } from './tree/setupsTree';
import type { StatusBar } from './statusBar';
import type { WizardPanels } from './wizard/wizardPanels';

/** What `activate` returns: the services, for tests inside the extension host. Not an API for other extensions. */
export interface TestApi {
  readonly connections: Connections;
  readonly setups: ActiveSetups;
  readonly resourcesTree: ResourcesTree;
  readonly setupsTree: SetupsTree;
  readonly panels: WizardPanels;
  readonly statusBar: StatusBar;
  readonly commands: readonly string[];
}
