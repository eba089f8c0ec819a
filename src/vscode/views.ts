import * as vscode from 'vscode';
import { text } from '../core/text';
import type { Connections } from './connection/connections';
import { ContextKeySetter } from './contextKeys';
import type { Localize } from './localize';
import type { ActiveSetups } from './setups/activeSetups';
import type { ShellViews } from './shell/registerShell';
import type { ResourcesTree } from './tree/resourcesTree';

/** Keeps the views' badge and descriptions and the context keys as the services are. */
export function keepViewsRight(
  views: ShellViews,
  resources: ResourcesTree,
  connections: Connections,
  setups: ActiveSetups,
  t: Localize,
): vscode.Disposable {
  const keys = new ContextKeySetter();
  const update = (): void => {
    views.resources.badge = badgeOf(resources.counts, t);
    views.resources.description = connections.state.kind === 'sandbox' ? t(text('Sandbox')) : '';
    views.setups.description = views.resources.description;
    setKeys(keys, connections, setups);
  };
  const stop = [connections.onChange.add(update), setups.onChange.add(update)];
  setKeys(keys, connections, setups);
  return new vscode.Disposable(() => stop.forEach((dispose) => dispose()));
}

function badgeOf({ failing, deviating }: ResourcesTree['counts'], t: Localize): vscode.ViewBadge | undefined {
  if (failing === 0) return undefined;
  const sentence =
    deviating === 0
      ? text('Steps that are not compliant: {0}', failing)
      : text('Steps that are not compliant: {0}. No longer compliant: {1}', failing, deviating);
  return { value: failing, tooltip: t(sentence) };
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
