import * as vscode from 'vscode';
import { renderText } from '../core/text';
import { ClaimFiles } from '../local/claimFiles';
import { JournalFiles } from '../local/journalFiles';
import { systemClock } from '../local/systemClock';
import { CommandTargets } from './commands/commandTargets';
import { ConnectionCommands } from './commands/connectionCommands';
import { commandRunner, type CommandRunner } from './commands/runCommand';
import { SetupCommands } from './commands/setupCommands';
import { Connections } from './connection/connections';
import { isAzureSignIn } from './connection/editorSignIn';
import { readEnvironment } from './environment';
import { DeviationNotices } from './deviationNotices';
import { HostsFileEditor } from './hosts/addToHostsFile';
import { InterruptedRuns } from './interruptedRuns';
import { KeyRotations } from './keys/keyRotations';
import type { Localize } from './localize';
import { requestLogger } from './log';
import { RunNotices } from './runNotices';
import { runsFolderIn } from './runsFolder';
import { ActiveSetups } from './setups/activeSetups';
import { Drafts } from './setups/drafts';
import { Looks } from './setups/looks';
import { SetupActions } from './setups/setupActions';
import { SetupFiles } from './setups/setupFiles';
import type { ShellViews } from './shell/registerShell';
import { StatusBar } from './statusBar';
import { ResourcesTree } from './tree/resourcesTree';
import { SetupsTree } from './tree/setupsTree';
import { keepViewsRight } from './views';
import { watchWindow } from './watchWindow';
import { WizardPanels } from './wizard/wizardPanels';

/** Everything that works behind the commands and the views. */
export interface Services {
  readonly connections: Connections;
  readonly setups: ActiveSetups;
  readonly resourcesTree: ResourcesTree;
  readonly setupsTree: SetupsTree;
  readonly panels: WizardPanels;
  readonly statusBar: StatusBar;
  /** Ids of the commands that can be run. */
  readonly commands: readonly string[];
  readonly runCommand: CommandRunner;
}

/** Builds the services and passes them to each other. No SDK is loaded, and nobody is asked anything. */
export function startServices(
  { workspaceState, extensionUri, globalStorageUri, subscriptions }: vscode.ExtensionContext,
  views: ShellViews,
  log: vscode.LogOutputChannel,
): Services {
  const t: Localize = (sentence) => renderText(sentence, vscode.l10n.bundle ?? {});
  const now = (): number => systemClock.now();

  const connections = new Connections(workspaceState, t, requestLogger(log), now);
  const files = new SetupFiles(t);
  const drafts = new Drafts(workspaceState);
  const runsFolder = runsFolderIn(globalStorageUri);
  const journal = new JournalFiles(runsFolder);
  const claims = new ClaimFiles(runsFolder);
  const looks = new Looks(workspaceState);
  const setups = new ActiveSetups({ connections, files, drafts, looks, journal, claims, clock: systemClock, t });
  const hostsFile = new HostsFileEditor(t);
  const rotations = new KeyRotations(connections, setups, workspaceState, t);
  const actions = new SetupActions(connections, setups, hostsFile, rotations, t);
  const panels = new WizardPanels(setups, { extensionUri, actions, t, log });
  const resourcesTree = new ResourcesTree(connections, setups, t);
  const setupsTree = new SetupsTree(setups, files, vscode.env.language, t);
  const failed = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  new RunNotices(setups, panels, actions.runs, failed, t);
  new DeviationNotices(setups, panels, t);
  const interrupted = new InterruptedRuns({
    connections,
    setups,
    journal,
    underWay: () => claims.underWay(),
    panels,
    actions: actions.runs,
    locale: vscode.env.language,
    failed,
    t,
  });
  const statusBar = new StatusBar(connections, setups, t);

  const targets = new CommandTargets(connections, setups, panels, t);
  const connecting = new ConnectionCommands(connections, setups, panels, t);
  const reload = (): Promise<void> => resourcesTree.reload();
  const working = new SetupCommands(connections, setups, targets, panels, actions, reload, t);
  const commands = { ...connecting.table(), ...working.table(), 'ringfence.showLog': () => log.show() };

  subscriptions.push(
    connections,
    files,
    setups,
    hostsFile,
    panels,
    statusBar,
    watchWindow(setups, panels, views, now),
    keepViewsRight(views, resourcesTree, connections, setups, t),
    vscode.authentication.onDidChangeSessions(({ provider }) => {
      if (isAzureSignIn(provider.id) && connections.signInRequired) connections.signedIn();
    }),
  );
  void files.ready();
  interrupted.look();
  const { sandbox } = readEnvironment(process.env);
  if (sandbox) void connecting.trySandbox(sandbox.target, sandbox.token).catch(failed);
  return {
    connections,
    setups,
    resourcesTree,
    setupsTree,
    panels,
    statusBar,
    commands: Object.keys(commands),
    runCommand: commandRunner(commands, log, t),
  };
}
