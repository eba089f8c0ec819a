import * as vscode from 'vscode';
import { text } from '../core/text';
import type { Connections } from './connection/connections';
import { ContextKeySetter } from './contextKeys';
import type { Localize } from './localize';
import type { ActiveSetups } from './setups/activeSetups';
import type { ResourcesTree } from './tree/resourcesTree';
import type { SetupsTree } from './tree/setupsTree';

/** Puts the trees into their views, and keeps the badge, the message and the context keys right. */
export function registerViews(
  resources: ResourcesTree,
  checklists: SetupsTree,
  connections: Connections,
  setups: ActiveSetups,
  t: Localize,
): readonly vscode.Disposable[] {
  const resourcesView = vscode.window.createTreeView('ringfence.resources', {
    treeDataProvider: resources,
    showCollapseAll: true,
  });
  const setupsView = vscode.window.createTreeView('ringfence.setups', { treeDataProvider: checklists });
  const keys = new ContextKeySetter();
  const update = (): void => {
    const { failing } = resources;
    resourcesView.badge =
      failing === 0 ? undefined : { value: failing, tooltip: t(text('Steps that are not compliant: {0}', failing)) };
    resourcesView.description = connections.state.kind === 'sandbox' ? t(text('Sandbox')) : '';
    setupsView.description = resourcesView.description;
    setKeys(keys, connections, setups);
  };
  const stop = [connections.onChange.add(update), setups.onChange.add(update)];
  setKeys(keys, connections, setups);
  return [resourcesView, setupsView, ...stop.map((dispose) => new vscode.Disposable(dispose))];
}

function setKeys(keys: ContextKeySetter, connections: Connections, setups: ActiveSetups): void {
  const { state } = connections;
  const none = state.kind === 'none' && state.signedIn ? 'noSubscription' : 'signedOut';
  keys.set('ringfence.connection', state.kind === 'none' ? none : state.kind);
  keys.set('ringfence.signInRequired', connections.signInRequired);
  keys.set(
    'ringfence.running',
    setups.all().some(({ isRunning }) => isRunning),
  );
  const applied = setups.all().some((active) => active.state.session.run?.outcome === 'succeeded');
  if (applied) keys.set('ringfence.applied', true);
}
