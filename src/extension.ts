import * as vscode from 'vscode';
import { renderText } from './core/text';
import { JournalFiles } from './local/journalFiles';
import { systemClock } from './local/systemClock';
import type { TestApi } from './vscode/api';
import { CommandTargets } from './vscode/commands/commandTargets';
import { ConnectionCommands } from './vscode/commands/connectionCommands';
import { registerCommands } from './vscode/commands/registerCommands';
import { SetupCommands } from './vscode/commands/setupCommands';
import { Connections } from './vscode/connection/connections';
import { isAzureSignIn } from './vscode/connection/editorSignIn';
import { readEnvironment } from './vscode/environment';
import { HostsFileEditor } from './vscode/hosts/addToHostsFile';
import type { Localize } from './vscode/localize';
import { requestLogger } from './vscode/log';
import { RunNotices } from './vscode/runNotices';
import { ActiveSetups } from './vscode/setups/activeSetups';
import { Drafts } from './vscode/setups/drafts';
import { SetupActions } from './vscode/setups/setupActions';
import { SetupFiles } from './vscode/setups/setupFiles';
import { StatusBar } from './vscode/statusBar';
import { ResourcesTree } from './vscode/tree/resourcesTree';
import { SetupsTree } from './vscode/tree/setupsTree';
import { registerViews } from './vscode/views';
import { WizardPanels } from './vscode/wizard/wizardPanels';

/** Builds the services, passes them to each other and registers them. No SDK is loaded, and nobody is asked anything. */
export function activate(context: vscode.ExtensionContext): TestApi {
  const { workspaceState, extensionUri, globalStorageUri } = context;
  const t: Localize = (sentence) => renderText(sentence, vscode.l10n.bundle ?? {});
  const log = vscode.window.createOutputChannel('Ringfence', { log: true });
  const now = (): number => systemClock.now();

  const connections = new Connections(workspaceState, t, requestLogger(log), now);
  const files = new SetupFiles(t);
  const drafts = new Drafts(workspaceState);
  const journal = new JournalFiles(vscode.Uri.joinPath(globalStorageUri, 'runs').fsPath);
  const setups = new ActiveSetups({ connections, files, drafts, journal, clock: systemClock, t });
  const hostsFile = new HostsFileEditor(t);
  const actions = new SetupActions(connections, setups, hostsFile, t);
  const panels = new WizardPanels(setups, { extensionUri, actions, t, log });
  const resourcesTree = new ResourcesTree(connections, setups, t);
  const setupsTree = new SetupsTree(setups, files, vscode.env.language, t);
  new RunNotices(setups, panels, t);
  const statusBar = new StatusBar(connections, setups, t);

  const targets = new CommandTargets(connections, setups, panels, t);
  const connecting = new ConnectionCommands(connections, setups, panels, t);
  const reload = (): Promise<void> => resourcesTree.reload();
  const working = new SetupCommands(connections, setups, targets, panels, actions, reload, t);
  const commands = { ...connecting.table(), ...working.table(), 'ringfence.showLog': () => log.show() };

  context.subscriptions.push(
    log,
    connections,
    files,
    setups,
    hostsFile,
    panels,
    statusBar,
    ...registerViews(resourcesTree, setupsTree, connections, setups, t),
    ...registerCommands(commands, log, t),
    vscode.authentication.onDidChangeSessions(({ provider }) => {
      if (isAzureSignIn(provider.id) && connections.signInRequired) connections.signedIn();
    }),
  );
  void files.ready();
  const { sandbox } = readEnvironment(process.env);
  if (sandbox)
    void connecting.trySandbox(sandbox.target, sandbox.token).catch((error: unknown) => log.error(String(error)));
  return { connections, setups, resourcesTree, setupsTree, panels, statusBar, commands: Object.keys(commands) };
}
