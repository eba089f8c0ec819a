import * as vscode from 'vscode';
import { readSettings } from './settings';
import type { ActiveSetups } from './setups/activeSetups';
import type { ShellViews } from './shell/registerShell';
import { Watch } from './watch';
import type { WizardPanels } from './wizard/wizardPanels';

const TICK_MS = 15_000;

/** Watches the setups in use for as long as the window is open. */
export function watchWindow(
  setups: ActiveSetups,
  panels: WizardPanels,
  views: ShellViews,
  now: () => number,
): vscode.Disposable {
  const watch = new Watch({
    setups: () => setups.all(),
    now,
    minutes: () => readSettings().refreshMinutes,
    isWatched: () =>
      vscode.window.state.focused ||
      views.resources.visible ||
      views.setups.visible ||
      setups.all().some((active) => panels.isVisible(active)),
  });
  const timer = setInterval(() => watch.tick(), TICK_MS);
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearInterval(timer)),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) watch.focused();
    }),
  );
}
