import * as vscode from 'vscode';

/** Where the journals of the runs are kept. */
export function runsFolderIn(globalStorage: vscode.Uri): string {
  return vscode.Uri.joinPath(globalStorage, 'runs').fsPath;
}
