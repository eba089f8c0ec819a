import * as vscode from 'vscode';
import type { Row } from './row';

const COLLAPSIBLE = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** A row as VS Code wants it. The tooltip comes later, when somebody points at the row. */
export function treeItem(row: Row, command?: vscode.Command): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, COLLAPSIBLE[row.children]);
  const { icon, color } = row.icon;
  item.id = row.id;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.accessibilityInformation = { label: row.spoken };
  item.contextValue = row.tokens.join(';');
  if (command) item.command = command;
  return item;
}

/** The tooltip. Names come from Azure and from files: they are appended as text, so no markup in them counts. */
export function withTooltip(item: vscode.TreeItem, { tooltip }: Row): vscode.TreeItem {
  const markdown = new vscode.MarkdownString();
  tooltip.forEach((paragraph, index) => {
    if (index > 0) markdown.appendMarkdown('\n\n');
    markdown.appendText(paragraph);
  });
  item.tooltip = markdown;
  return item;
}
