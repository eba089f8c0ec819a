import * as vscode from 'vscode';
import { checkSetup } from '../../core/setup/checkSetup';
import { formatSetupFile } from '../../core/setup/setupFile';
import { text } from '../../core/text';
import type { Localize } from '../localize';
import type { ActiveSetup } from './activeSetup';
import type { ActiveSetups } from './activeSetups';
import { isDraftKey } from './drafts';

/** Writes a setup to its file, or to one that the user chooses. Nothing that is in the file is lost unasked. */
export async function saveSetup(active: ActiveSetup, setups: ActiveSetups, t: Localize): Promise<void> {
  const checked = checkSetup(active.state.candidate);
  if (!checked.ok) {
    const faults = checked.faults.map(({ message }) => t(message)).join(' ');
    await vscode.window.showErrorMessage(t(text('This cannot be saved yet. {0}', faults)));
    return;
  }
  const uri = isDraftKey(active.key) ? await chooseFile(t) : vscode.Uri.parse(active.key);
  if (uri === undefined || !(await mayReplace(uri, isDraftKey(active.key), t))) return;
  await write(uri, formatSetupFile(checked.setup));
  await setups.saved(active, uri.toString(), checked.setup);
}

async function chooseFile(t: Localize): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.window.showSaveDialog({
    title: t(text('Save the setup as')),
    filters: { JSON: ['json'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, 'ringfence.json') } : {}),
  });
}

/** Text that nobody has saved, or a broken file that nobody has read, is not replaced without being asked about. */
async function mayReplace(uri: vscode.Uri, isNew: boolean, t: Localize): Promise<boolean> {
  const document = openDocument(uri);
  if (document?.isDirty !== true || isNew) return true;
  const replace = t(text('Replace them'));
  const show = t(text('Show the file'));
  const answer = await vscode.window.showWarningMessage(
    t(text('The file has edits in an editor that are not saved.')),
    {
      modal: true,
      detail: t(text('Saving the setup replaces them. They can be brought back with Undo in the editor.')),
    },
    replace,
    show,
  );
  if (answer === show) await vscode.window.showTextDocument(document);
  return answer === replace;
}

/** Goes through the editor where the file is open, so that its undo history keeps what was there. */
async function write(uri: vscode.Uri, content: string): Promise<void> {
  const document = openDocument(uri);
  if (document === undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), content);
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}
