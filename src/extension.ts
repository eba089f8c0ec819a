import * as vscode from 'vscode';
import { hasUnfinishedRun } from './local/unfinishedRuns';
import type { TestApi } from './vscode/api';
import { readEnvironment } from './vscode/environment';
import { runsFolderIn } from './vscode/runsFolder';
import { LazyServices } from './vscode/shell/lazyServices';
import { registerShell } from './vscode/shell/registerShell';

/**
 * Tells VS Code what there is: commands, views, the wizard's type. What does the work is in a bundle of its own, which
 * is loaded when a view is looked at, a command runs, a wizard comes back, the workspace has a setup, or a run of the last
 * window did not come to its end.
 */
export function activate(context: vscode.ExtensionContext): TestApi {
  const log = vscode.window.createOutputChannel('Ringfence', { log: true });
  context.subscriptions.push(log);
  const services = new LazyServices(async () => {
    const { startServices } = await import('./vscode/services');
    return startServices(context, views, log);
  });
  const views = registerShell(context, services);
  if (readEnvironment(process.env).sandbox !== undefined) services.loadNow(log);
  void vscode.workspace.findFiles('**/ringfence.json', '**/node_modules/**', 1).then(([file]) => {
    if (file !== undefined) services.loadNow(log);
  });
  void hasUnfinishedRun(runsFolderIn(context.globalStorageUri)).then((found) => {
    if (found) services.loadNow(log);
  });
  return { services: () => services.get() };
}
