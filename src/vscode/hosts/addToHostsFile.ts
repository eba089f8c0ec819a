import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { HOSTS_FILES } from '../../core/snippets/hostsBlock';
import type { PrivateHost } from '../../core/steps/privateLink';
import { text } from '../../core/text';
import type { Localize } from '../localize';
import { shellFor } from './elevation';
import { hostsFileWithBlock, hostsPlatform, isWritable, prepareElevation, writeIfUnchanged } from './hostsFile';

const SCHEME = 'ringfence-hosts';

/** Shows what the hosts file would become, and writes it only after being told to. */
export class HostsFileEditor implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly contents = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly t: Localize) {}

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.contents.get(uri.path) ?? '';
  }

  /** @param isSandbox Its addresses lead nowhere, so the comparison is all that there is. */
  async add(setupName: string, hosts: readonly PrivateHost[], isSandbox: boolean): Promise<void> {
    const platform = hostsPlatform();
    const { path, flushCommand } = HOSTS_FILES[platform];
    const before = await readFile(path, 'utf8');
    const after = hostsFileWithBlock(before, setupName, hosts, platform);
    if (!after.ok) {
      await vscode.window.showErrorMessage(this.t(after.problem));
      return;
    }
    await this.preview(path, before, after.content);
    if (isSandbox) return this.explainSandbox();
    const writable = await isWritable(path);
    const write = writable ? this.t(text('Write the File')) : this.t(text('Prepare in a Terminal'));
    const answer = await vscode.window.showInformationMessage(
      this.t(text('Add the block to {0}?', path)),
      { modal: true, detail: this.explain(writable, flushCommand) },
      write,
    );
    if (answer !== write) return;
    if (writable) await this.write(path, before, after.content, flushCommand);
    else this.openTerminal(await prepareElevation(before, after.content, platform), shellFor(platform));
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async explainSandbox(): Promise<void> {
    const detail = text('The addresses of a sandbox lead nowhere, so the hosts file of this machine stays as it is.');
    const message = text('This is only a preview, because you are on the sandbox.');
    await vscode.window.showInformationMessage(this.t(message), { modal: true, detail: this.t(detail) });
  }

  private explain(writable: boolean, flushCommand: string): string {
    const effect = text(
      'The comparison behind this message shows every line that changes. Afterwards, make it take effect with: {0}',
      flushCommand,
    );
    if (writable) return this.t(effect);
    return this.t(
      text(
        'The hosts file belongs to the system, so writing it needs administrator rights, which Ringfence does not have. A terminal opens with the one command that copies the new file into place; nothing happens until you run it there and confirm with your system. {0}',
        effect,
      ),
    );
  }

  private async preview(path: string, before: string, after: string): Promise<void> {
    this.contents.set('/before', before);
    this.contents.set('/after', after);
    const stamp = `?${Date.now()}`;
    const at = (name: string): vscode.Uri => vscode.Uri.parse(`${SCHEME}:/${name}${stamp}`);
    const title = this.t(text('{0}: now, and with the block', path));
    await vscode.commands.executeCommand('vscode.diff', at('before'), at('after'), title);
  }

  private async write(path: string, before: string, after: string, flushCommand: string): Promise<void> {
    const written = await writeIfUnchanged(path, before, after);
    const message = written
      ? text('{0} is written. Make it take effect with: {1}', path, flushCommand)
      : text('{0} has changed meanwhile, so nothing was written. Try again.', path);
    await vscode.window.showInformationMessage(this.t(message));
  }

  private openTerminal(command: string, shellPath: string): void {
    const terminal = vscode.window.createTerminal({ name: this.t(text('Ringfence: hosts file')), shellPath });
    terminal.show();
    terminal.sendText(command, false);
  }
}
