import * as vscode from 'vscode';

/** A tree whose rows come from a provider that is loaded when the view is first looked at. */
export class DeferredTree<Node> implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<Node | Node[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private provider: Promise<vscode.TreeDataProvider<Node>> | undefined;

  constructor(private readonly load: () => Promise<vscode.TreeDataProvider<Node>>) {}

  async getChildren(node?: Node): Promise<Node[]> {
    return (await (await this.ready()).getChildren(node)) ?? [];
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    return (await this.ready()).getTreeItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Node, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    const provider = await this.ready();
    return (await provider.resolveTreeItem?.(item, node, token)) ?? item;
  }

  private ready(): Promise<vscode.TreeDataProvider<Node>> {
    this.provider ??= this.load().then(
      (provider) => {
        provider.onDidChangeTreeData?.((node) => this.changed.fire(node ?? undefined));
        return provider;
      },
      (error: unknown) => {
        this.provider = undefined;
        throw error;
      },
    );
    return this.provider;
  }
}
