import * as vscode from 'vscode';
import type { ResourceNode } from '../tree/resourcesTree';
import type { SetupNode } from '../tree/setupsTree';
import { WIZARD_VIEW_TYPE } from '../wizard/viewType';
import { DeferredTree } from './deferredTree';
import type { LazyServices } from './lazyServices';

/** The views of the activity bar; the services write their badge and their descriptions. */
export interface ShellViews {
  readonly resources: vscode.TreeView<ResourceNode>;
  readonly setups: vscode.TreeView<SetupNode>;
}

/** Registers everything that VS Code may call: each call loads the services if it is the first, and goes to them. */
export function registerShell(context: vscode.ExtensionContext, services: LazyServices): ShellViews {
  const resources = vscode.window.createTreeView('ringfence.resources', {
    treeDataProvider: new DeferredTree(async () => (await services.get()).resourcesTree),
    showCollapseAll: true,
  });
  const setups = vscode.window.createTreeView('ringfence.setups', {
    treeDataProvider: new DeferredTree(async () => (await services.get()).setupsTree),
  });
  const wizards = vscode.window.registerWebviewPanelSerializer(WIZARD_VIEW_TYPE, {
    deserializeWebviewPanel: async (panel, memory: unknown) =>
      (await services.get()).panels.deserializeWebviewPanel(panel, memory),
  });
  const commands = declaredCommands(context).map((id) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => (await services.get()).runCommand(id, argument)),
  );
  context.subscriptions.push(resources, setups, wizards, ...commands);
  return { resources, setups };
}

/** The manifest is the one list of what there is. */
function declaredCommands({ extension }: vscode.ExtensionContext): readonly string[] {
  const { contributes } = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
  return contributes.commands.map(({ command }) => command);
}
