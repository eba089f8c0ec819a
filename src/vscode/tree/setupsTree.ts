import * as vscode from 'vscode';
import { text } from '../../core/text';
import type { Localize } from '../localize';
import type { ActiveSetups } from '../setups/activeSetups';
import type { SetupFiles } from '../setups/setupFiles';
import { groupFindings, type JudgedGroup } from '../wizard/stepGroups';
import { groupRow, runRow, runsRow, setupRow, stepRowsOf } from './setupModel';
import type { Row } from './row';
import { treeItem, withTooltip } from './treeItem';

/** A row of the Setups view, with what its commands work on. */
export type SetupNode =
  | { readonly kind: 'setup'; readonly row: Row; readonly setup: string; readonly valid: boolean }
  | { readonly kind: 'group'; readonly row: Row; readonly setup: string; readonly group: JudgedGroup['group'] }
  | { readonly kind: 'checklistStep'; readonly row: Row; readonly setup: string; readonly stepId: string }
  | { readonly kind: 'runs'; readonly row: Row; readonly setup: string }
  | { readonly kind: 'run'; readonly row: Row; readonly setup: string; readonly runId: string };

/** Each setup with its checklist and its past runs. */
export class SetupsTree implements vscode.TreeDataProvider<SetupNode> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private pending: NodeJS.Timeout | undefined;

  constructor(
    private readonly setups: ActiveSetups,
    private readonly files: SetupFiles,
    private readonly locale: string,
    private readonly t: Localize,
  ) {
    setups.onChange.add(() => this.refreshSoon());
  }

  getTreeItem(node: SetupNode): vscode.TreeItem {
    return treeItem(node.row, this.commandFor(node));
  }

  resolveTreeItem(item: vscode.TreeItem, node: SetupNode): vscode.TreeItem {
    return withTooltip(item, node.row);
  }

  async getChildren(node?: SetupNode): Promise<SetupNode[]> {
    if (node === undefined) return this.roots();
    const active = await this.setups.open(node.setup);
    if (active === undefined) return [];
    const { key, state } = active;
    switch (node.kind) {
      case 'setup': {
        const groups = groupFindings(state.session.findings, state.session.run);
        const runs: SetupNode[] =
          state.pastRuns.length === 0
            ? []
            : [{ kind: 'runs', setup: key, row: runsRow(key, state.pastRuns.length, this.t) }];
        return [
          ...groups.map((group): SetupNode => ({
            kind: 'group',
            setup: key,
            group: group.group,
            row: groupRow(key, group, this.t),
          })),
          ...runs,
        ];
      }
      case 'group': {
        const { findings, run } = state.session;
        return groupFindings(findings, run)
          .filter(({ group }) => group === node.group)
          .flatMap((group) => stepRowsOf(key, group, state, this.t))
          .map((row): SetupNode => ({ kind: 'checklistStep', setup: key, stepId: row.step, row }));
      }
      case 'runs':
        return state.pastRuns.map((run): SetupNode => {
          const running = active.isRunning && state.session.run?.runId === run.header.runId;
          const row = runRow(key, run, state.pastRuns, this.timeOf(run.header.startedAt), running, this.t);
          return { kind: 'run', setup: key, runId: row.runId, row };
        });
      default:
        return [];
    }
  }

  private async roots(): Promise<SetupNode[]> {
    await this.files.ready();
    return this.setups.known().map((known) => {
      const state = this.setups.get(known.key)?.state;
      return { kind: 'setup', setup: known.key, valid: known.valid, row: setupRow({ ...known, state }, this.t) };
    });
  }

  private commandFor(node: SetupNode): vscode.Command | undefined {
    if (node.kind === 'checklistStep') {
      return { command: 'ringfence.showStep', title: this.t(text('Show Step')), arguments: [node] };
    }
    if (node.kind === 'setup' && !node.valid) {
      return { command: 'ringfence.openSetupFile', title: this.t(text('Open Setup File')), arguments: [node] };
    }
    return undefined;
  }

  private timeOf(milliseconds: number): string {
    return new Date(milliseconds).toLocaleString(this.locale, { dateStyle: 'short', timeStyle: 'short' });
  }

  private refreshSoon(): void {
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.changed.fire(undefined);
    }, 100);
  }
}
