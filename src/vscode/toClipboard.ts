import * as vscode from 'vscode';
import type { Text } from '../core/text';
import type { Localize } from './localize';

const SHOWN_MS = 5000;

/** Puts something on the clipboard, and says so for a moment. */
export async function toClipboard(content: string, message: Text, t: Localize): Promise<void> {
  await vscode.env.clipboard.writeText(content);
  vscode.window.setStatusBarMessage(t(message), SHOWN_MS);
}
