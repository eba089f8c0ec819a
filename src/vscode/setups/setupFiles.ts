import * as vscode from 'vscode';
import type { Setup } from '../../core/setup/setup';
import { parseSetupFile, type SetupProblem } from '../../core/setup/setupFile';
import { Listeners } from '../listeners';
import type { Localize } from '../localize';

/** A `ringfence.json` of the workspace. A broken one has no setup, and says where it is broken. */
export interface SetupFile {
  readonly uri: vscode.Uri;
  readonly setup: Setup | undefined;
  readonly problems: readonly SetupProblem[];
}

const PATTERN = '**/ringfence.json';
const MOST_FILES = 50;

/** The setup files of the workspace: found, watched, read, and marked where they are wrong. */
export class SetupFiles implements vscode.Disposable {
  readonly onChange = new Listeners<SetupFile | undefined>();
  private readonly files = new Map<string, SetupFile>();
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('ringfence');
  private readonly disposables: vscode.Disposable[] = [this.diagnostics];
  private finding: Promise<void> | undefined;

  constructor(private readonly t: Localize) {
    const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
    this.disposables.push(
      watcher,
      watcher.onDidCreate((uri) => void this.read(uri)),
      watcher.onDidChange((uri) => void this.read(uri)),
      watcher.onDidDelete((uri) => this.forget(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.findAll()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.mark(document)),
    );
  }

  list(): readonly SetupFile[] {
    return [...this.files.values()].sort((left, right) => left.uri.path.localeCompare(right.uri.path));
  }

  get(key: string): SetupFile | undefined {
    return this.files.get(key);
  }

  /** Looks for the files, once. */
  ready(): Promise<void> {
    this.finding ??= this.findAll();
    return this.finding;
  }

  /** Reads one file again. A file that is gone is forgotten; one that cannot be read keeps what was known. */
  async read(uri: vscode.Uri): Promise<SetupFile | undefined> {
    try {
      const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      const parsed = parseSetupFile(content);
      const file = parsed.ok
        ? { uri, setup: parsed.setup, problems: [] }
        : { uri, setup: undefined, problems: parsed.problems };
      this.files.set(uri.toString(), file);
      this.diagnostics.set(uri, this.diagnosticsFor(file.problems));
      this.onChange.emit(file);
      return file;
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') this.forget(uri);
      return this.files.get(uri.toString());
    }
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async findAll(): Promise<void> {
    const found = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**', MOST_FILES);
    await Promise.all(found.map((uri) => this.read(uri)));
    const present = new Set(found.map((uri) => uri.toString()));
    for (const { uri } of this.list()) if (!present.has(uri.toString())) this.forget(uri);
    this.onChange.emit(undefined);
  }

  private forget(uri: vscode.Uri): void {
    this.files.delete(uri.toString());
    this.diagnostics.delete(uri);
    this.onChange.emit(undefined);
  }

  /** Marks what is wrong in the text as it is being typed; the setup itself changes with the file only. */
  private mark(document: vscode.TextDocument): void {
    if (!document.uri.path.endsWith('/ringfence.json')) return;
    const parsed = parseSetupFile(document.getText());
    this.diagnostics.set(document.uri, parsed.ok ? [] : this.diagnosticsFor(parsed.problems));
  }

  private diagnosticsFor(problems: readonly SetupProblem[]): vscode.Diagnostic[] {
    return problems.map(({ line, column, message }) => {
      const start = new vscode.Position(line - 1, column - 1);
      const diagnostic = new vscode.Diagnostic(new vscode.Range(start, start.translate(0, 1)), this.t(message));
      diagnostic.source = 'Ringfence';
      return diagnostic;
    });
  }
}
