import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '../../../src/vscode/api';
import type { Services } from '../../../src/vscode/services';
import type { ResourceNode } from '../../../src/vscode/tree/resourcesTree';

const ID = 'ringfence.ringfence';

async function until<T>(what: string, look: () => T | undefined | false, milliseconds = 20_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Timed out waiting for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the extension in a real extension host', () => {
  let api: Services;
  let manifest: { contributes: { commands: { command: string }[] } };

  before(async () => {
    const extension = vscode.extensions.getExtension<TestApi>(ID);
    assert.ok(extension, `${ID} is not installed`);
    manifest = extension.packageJSON as typeof manifest;
    api = await (await extension.activate()).services();
  });

  /** Bundles of the extension that Node.js has loaded so far. */
  function loadedBundles(): readonly string[] {
    const dist = path.join(vscode.extensions.getExtension(ID)?.extensionPath ?? '', 'dist');
    return Object.keys(require.cache).flatMap((file) => (file.startsWith(dist) ? path.basename(file) : []));
  }

  it('loads no SDK and no sandbox when it activates on a workspace with a setup', () => {
    assert.deepEqual([...loadedBundles()].sort(), ['extension.js', 'services.js']);
  });

  it('registers exactly the commands that the manifest declares', async () => {
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('ringfence.') && api.commands.includes(id),
    );
    assert.deepEqual(registered.sort(), declared);
    assert.deepEqual([...api.commands].sort(), declared);
  });

  it('shows no rows, and asks nobody, before it is connected', async () => {
    assert.equal(api.connections.state.kind, 'none');
    assert.deepEqual(await api.resourcesTree.getChildren(), []);
  });

  it('marks a broken ringfence.json where it is broken', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'broken', 'ringfence.json');
    const [diagnostic] = await until('the diagnostic', () => {
      const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Ringfence');
      return found.length > 0 && found;
    });
    assert.match(diagnostic?.message ?? '', /“subscription” must be a GUID/);
    assert.equal(diagnostic?.range.start.line, 3);
    assert.equal(diagnostic?.range.start.character, 18);
  });

  it('marks what is wrong while it is being typed, and takes the mark away when it is right', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'contoso', 'ringfence.json');
    const document = await vscode.workspace.openTextDocument(uri);
    const marks = (): number =>
      vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Ringfence').length;
    const insert = new vscode.WorkspaceEdit();
    insert.insert(uri, new vscode.Position(1, 0), '  "nme": "x",\n');
    await vscode.workspace.applyEdit(insert);
    await until('a mark', () => marks() === 1);
    const remove = new vscode.WorkspaceEdit();
    remove.delete(uri, new vscode.Range(1, 0, 2, 0));
    await vscode.workspace.applyEdit(remove);
    await until('no mark', () => marks() === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert', document.uri);
  });

  it('opens the wizard on the sandbox, and the page answers', async () => {
    await vscode.commands.executeCommand('ringfence.trySandbox');
    const panel = await until('the wizard', () => api.panels.current);
    await until('the page to say that it is ready', () => panel.ready);
    assert.equal(api.connections.state.kind, 'sandbox');
    const state = await until('the findings', () => panel.state.progress.total === 14 && panel.state);
    assert.equal(state.connection.kind, 'sandbox');
    assert.equal(state.progress.compliant, 5);
    assert.ok(state.plan && state.plan.changes.length === 9);
    assert.ok(loadedBundles().includes('sandbox.js'));
  });

  it('fills the trees from the sandbox, and says in the status bar that it is one', async () => {
    const [subscription] = await api.resourcesTree.getChildren();
    assert.equal(subscription?.row.label, 'Sandbox');
    const resources = await api.resourcesTree.getChildren(subscription);
    const account = resources.find(
      (node): node is ResourceNode & { kind: 'resource' } =>
        node.kind === 'resource' && node.row.label === 'contoso-openai',
    );
    assert.ok(account);
    assert.equal(account.row.description, '2 of 10');
    const steps = await api.resourcesTree.getChildren(account);
    assert.ok(steps.some(({ row }) => row.label === 'Public access disabled' && row.tokens.includes('canApply')));
    assert.equal(api.resourcesTree.getTreeItem(account).accessibilityInformation?.label, account.row.spoken);
    assert.match(api.statusBar.text, /5\/14 Sandbox/);
  });

  it('keeps the ids of its rows over a refresh, so that what is expanded stays so', async () => {
    const ids = async (): Promise<readonly string[]> => {
      const [root] = await api.resourcesTree.getChildren();
      return (await api.resourcesTree.getChildren(root)).map(({ row }) => row.id);
    };
    const before = await ids();
    await vscode.commands.executeCommand('ringfence.refresh');
    assert.deepEqual(await ids(), before);
  });

  it('refuses a plan that it did not issue, and one whose confirmations are missing', async () => {
    const [active] = api.setups.all();
    assert.ok(active);
    assert.equal(await active.apply('made-up', []), 'outdated');
    const planId = active.state.plans.all?.planId ?? '';
    assert.equal(await active.apply(planId, []), 'unconfirmed');
    assert.equal(active.isRunning, false);
  });

  it('gives a wizard that was open before a reload its setup back', async () => {
    const [active] = api.setups.all();
    assert.ok(active);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the panel to close', () => api.panels.current === undefined);
    const panel = vscode.window.createWebviewPanel('ringfence.wizard', 'restored', vscode.ViewColumn.One);
    await api.panels.deserializeWebviewPanel(panel, {
      setupUri: active.key,
      view: '',
      foldedGroups: [],
      logOpen: false,
    });
    const restored = await until('the wizard', () => api.panels.current);
    await until('the page to say that it is ready', () => restored.ready);
    assert.equal(restored.state.title, active.state.candidate.name);
  });

  it('closes a wizard whose setup is gone', async () => {
    const panel = vscode.window.createWebviewPanel('ringfence.wizard', 'gone', vscode.ViewColumn.One);
    const closed = new Promise<void>((resolve) => panel.onDidDispose(() => resolve()));
    await api.panels.deserializeWebviewPanel(panel, { setupUri: 'file:///nowhere/ringfence.json' });
    await closed;
  });

  it('ships every bundle that it loads later', () => {
    const { extensionPath } = vscode.extensions.getExtension(ID) ?? { extensionPath: '' };
    const loadedLater = (bundle: string): readonly string[] => {
      const code = readFileSync(path.join(extensionPath, 'dist', bundle), 'utf8');
      return [...code.matchAll(/import\("\.\/([\w-]+\.js)"\)/g)].map(([, name]) => name ?? '');
    };
    assert.deepEqual(loadedLater('extension.js'), ['services.js']);
    assert.ok(loadedLater('services.js').includes('sandbox.js'));
    for (const name of loadedLater('services.js'))
      assert.ok(readFileSync(path.join(extensionPath, 'dist', name)).length > 0, name);
  });
});
