import * as vscode from 'vscode';
import type { Intent } from '../../protocol/messages';
import type { ProblemCommand } from '../../protocol/wizardState';
import type { ActiveSetup } from '../setups/activeSetup';
import { isDraftKey } from '../setups/drafts';
import type { SetupActions } from '../setups/setupActions';
import { addPerson, removePerson, setOption } from './form/optionEdits';
import { chooseRole, setRoleField } from './form/roleEdits';
import { unskipStep } from './form/setupEdits';
import { addressOfLink } from './sources';

/** Does what the page asks for. The promise settles when that is under way or done; it rejects where it cannot be. */
export type IntentHandler = (intent: Intent, active: ActiveSetup) => Promise<void>;

const PROBLEM_COMMANDS: Readonly<Record<ProblemCommand, string>> = {
  signIn: 'ringfence.signIn',
  openSetupFile: 'ringfence.openSetupFile',
  showLog: 'ringfence.showLog',
  refresh: 'ringfence.refresh',
  chooseSubscription: 'ringfence.chooseSubscription',
};

/** Answers the page: each intent is either an edit of the setup, or something that the commands can do as well. */
export function createIntentHandler(actions: SetupActions): IntentHandler {
  return async (intent, active) => {
    if (edit(intent, active)) return;
    switch (intent.type) {
      case 'refresh':
        return active.refresh();
      case 'saveSetup':
        return actions.save(active);
      case 'openSetupFile':
        if (!isDraftKey(active.key)) await vscode.window.showTextDocument(vscode.Uri.parse(active.key));
        return;
      case 'findPeople':
        return actions.findPeople(active, intent.option, intent.search);
      case 'skipStep':
        return actions.skip(active, intent.step);
      case 'apply':
        // A run takes minutes and tells of itself; only whether it could begin is an answer to the page.
        return actions.runs.apply(active, intent.planId, intent.confirmed);
      case 'cancelRun':
        return active.runs.cancel();
      case 'resumeRun':
        return actions.runs.resume(active, intent.runId);
      case 'undoRun':
        return actions.runs.undo(active, intent.runId);
      case 'abandonRun':
        return actions.runs.abandon(active, intent.runId);
      case 'undoStep':
        return actions.runs.undoStep(active, intent.step);
      case 'lookAhead':
        return actions.runs.lookAhead(active, intent.planId);
      case 'looked':
        return active.looked(intent.step);
      case 'answerObstacle':
        return actions.runs.answerObstacle(active, intent.answer);
      case 'copyError':
        return actions.runs.copyError(active, intent.change);
      case 'verify':
        return actions.verify(active);
      case 'copy':
        return actions.copy(active, intent.what, intent.step);
      case 'addToHostsFile':
        return actions.addToHostsFile(active);
      case 'downloadVpnClient':
        return actions.downloadVpnClient(active);
      case 'openLink':
        return openLink(intent.linkId, active);
      case 'problemAction':
        await vscode.commands.executeCommand(PROBLEM_COMMANDS[intent.command]);
        return;
      case 'showLog':
        await vscode.commands.executeCommand('ringfence.showLog');
        return;
      default:
        return;
    }
  };
}

/** Edits of the setup form. @returns whether the intent was one. */
function edit(intent: Intent, active: ActiveSetup): boolean {
  switch (intent.type) {
    case 'toggleScenario':
      active.toggleScenario(intent.scenario, intent.chosen);
      return true;
    case 'chooseRole':
      active.edit((candidate, inventory) => chooseRole(candidate, intent.role, intent.value, inventory));
      active.propose();
      return true;
    case 'setRoleField':
      active.edit((candidate, inventory) => setRoleField(candidate, intent.role, intent.name, intent.value, inventory));
      return true;
    case 'setOption':
      active.edit((candidate) => setOption(candidate, intent.option, intent.value));
      return true;
    case 'addPerson': {
      const { option, id, kind, name } = intent;
      const person = { id, type: kind, ...(name === '' || name === id ? {} : { name }) };
      active.edit((candidate) => addPerson(candidate, option, person));
      return true;
    }
    case 'removePerson':
      active.edit((candidate) => removePerson(candidate, intent.option, intent.id));
      return true;
    case 'unskipStep':
      active.edit((candidate) => unskipStep(candidate, intent.step));
      return true;
    default:
      return false;
  }
}

async function openLink(linkId: string, active: ActiveSetup): Promise<void> {
  const address = addressOfLink(linkId, active.state.session.setup.cloud);
  if (address !== undefined) await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
