import * as vscode from 'vscode';
import { resourceKey } from '../../core/resources/resourceId';
import { text } from '../../core/text';
import type { Connections, OpenConnection } from '../connection/connections';
import type { Localize } from '../localize';
import type { ActiveSetups } from '../setups/activeSetups';
import {
  deviatingSteps,
  failingSteps,
  JudgementsAlone,
  resourceEntries,
  resourceRow,
  type ResourceEntry,
  type ResourceStep,
} from './resourceModel';
import { countSteps, describeCounts, speakCounts } from '../stepCounts';
import { type Row } from './row';
import { stepRow } from './stepRow';
import { treeItem, withTooltip } from './treeItem';

/** A row of the Resources view, with what its commands work on. */
export type ResourceNode =
  | { readonly kind: 'subscription'; readonly row: Row }
  | { readonly kind: 'failure'; readonly row: Row }
  | { readonly kind: 'resource'; readonly row: Row; readonly entry: ResourceEntry }
  | { readonly kind: 'step'; readonly row: Row; readonly entry: ResourceEntry; readonly step: ResourceStep };

/** Subscription, its resources, and the steps of each. */
export class ResourcesTree implements vscode.TreeDataProvider<ResourceNode> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private pending: NodeJS.Timeout | undefined;
  private readonly alone = new JudgementsAlone();

  constructor(
    private readonly connections: Connections,
    private readonly setups: ActiveSetups,
    private readonly t: Localize,
  ) {
    connections.onChange.add(() => this.refreshSoon());
    setups.onChange.add(() => this.refreshSoon());
  }

  /** Reads the subscription again. */
  async reload(): Promise<void> {
    const open = this.connections.active();
    if (!open) return;
    await open.inventory.refresh(new AbortController().signal);
    this.refreshSoon();
  }

  get entries(): readonly ResourceEntry[] {
    const open = this.connections.active();
    if (open === undefined) return [];
    const judged = this.setups
      .all()
      .filter(({ isConnected }) => isConnected)
      .map(({ key, state }) => ({ key, session: state.session, watched: state.watched, madeBy: state.madeBy }));
    return resourceEntries(open.inventory.state.snapshot, judged, this.alone);
  }

  /** Over all resources: steps that are not compliant, and steps that were compliant and are not any more. */
  get counts(): { readonly failing: number; readonly deviating: number } {
    const { entries } = this;
    return { failing: failingSteps(entries), deviating: deviatingSteps(entries) };
  }

  getTreeItem(node: ResourceNode): vscode.TreeItem {
    return treeItem(node.row, this.commandFor(node));
  }

  resolveTreeItem(item: vscode.TreeItem, node: ResourceNode): vscode.TreeItem {
    return withTooltip(item, node.row);
  }

  async getChildren(node?: ResourceNode): Promise<ResourceNode[]> {
    if (node === undefined) return this.roots();
    if (node.kind === 'subscription') {
      return this.entries.map((entry) => ({ kind: 'resource', row: resourceRow(entry, this.t), entry }));
    }
    if (node.kind !== 'resource') return [];
    const entry =
      this.entries.find(({ resource }) => resourceKey(resource.id) === resourceKey(node.entry.resource.id)) ??
      node.entry;
    return entry.steps.map((step) => ({
      kind: 'step',
      row: stepRow(step, node.row.id, this.t),
      entry,
      step,
    }));
  }

  getParent(): undefined {
    return undefined;
  }

  private async roots(): Promise<ResourceNode[]> {
    await this.connections.restore();
    const open = this.connections.active();
    if (open === undefined || this.connections.signInRequired) return [];
    await open.inventory.ensure(new AbortController().signal);
    const { failure } = open.inventory.state;
    if (this.connections.signInRequired) return [];
    if (failure !== undefined) return [{ kind: 'failure', row: this.failureRow(failure) }];
    return this.entries.length === 0 ? [] : [{ kind: 'subscription', row: this.subscriptionRow(open) }];
  }

  private subscriptionRow({ connection }: OpenConnection): Row {
    const { state } = this.connections;
    const sandbox = state.kind === 'sandbox';
    const label = state.kind === 'azure' ? state.subscription.name : this.t(text('Sandbox'));
    const counts = countSteps(this.entries.flatMap(({ steps }) => steps.map((step) => step.state)));
    return {
      id: `subscription/${connection.subscriptionId}`,
      label,
      description: this.t(describeCounts(counts)),
      icon: { icon: sandbox ? 'beaker' : 'key' },
      tooltip: [
        this.t(text('Subscription {0}', connection.subscriptionId)),
        ...(sandbox ? [this.t(text('A simulated Azure on this machine. Nothing here reaches a real cloud.'))] : []),
      ],
      spoken: this.t(speakCounts(label, counts)),
      tokens: ['ringfence.subscription', sandbox ? 'sandbox' : 'azure'],
      children: 'expanded',
    };
  }

  private failureRow(cause: string): Row {
    const label = this.t(text('The resources could not be listed'));
    return {
      id: 'failure',
      label,
      description: cause,
      icon: { icon: 'error', color: 'testing.iconFailed' },
      tooltip: [cause, this.t(text('Refresh to try again; the log has the details.'))],
      spoken: this.t(text('{0}: {1}', label, cause)),
      tokens: ['ringfence.failure', 'canRetry'],
      children: 'none',
    };
  }

  /** What Enter does on a row. */
  private commandFor(node: ResourceNode): vscode.Command | undefined {
    if (node.kind === 'step') {
      return { command: 'ringfence.showStep', title: this.t(text('Show Step')), arguments: [node] };
    }
    return node.kind === 'failure' ? { command: 'ringfence.refresh', title: this.t(text('Refresh')) } : undefined;
  }

  private refreshSoon(): void {
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.changed.fire(undefined);
    }, 100);
  }
}
