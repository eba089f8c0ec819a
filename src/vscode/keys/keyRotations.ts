import * as vscode from 'vscode';
import { KEY_SLOTS } from '../../core/keys/keySlots';
import { withRotation, type Rotation } from '../../core/keys/rotation';
import { resourceKey, resourceName } from '../../core/resources/resourceId';
import type { KeyRotation } from '../../core/session/keyRotation';
import { ROLE_TITLES } from '../../core/setup/roles';
import { KEYED_ROLES, type KeyedRole } from '../../core/setup/setup';
import { text } from '../../core/text';
import type { Connections } from '../connection/connections';
import type { Localize } from '../localize';
import type { ActiveSetup } from '../setups/activeSetup';
import type { ActiveSetups } from '../setups/activeSetups';
import { isDraftKey } from '../setups/drafts';
import { saveSetup } from '../setups/saveSetup';
import { toClipboard } from '../toClipboard';

/** What is replaced: one of the two keys of a service, or a key of AI Search that may only query. */
interface Choice {
  readonly queryKey?: string;
}

const MEMORY_KEY = 'ringfence.rotations';

/**
 * Replaces keys with the questions that it takes. Between the two halves, the workspace remembers which key the callers
 * are moving to: its name, never the key. A key leaves for the clipboard alone, and only on a click that says so.
 */
export class KeyRotations {
  constructor(
    private readonly connections: Connections,
    private readonly setups: ActiveSetups,
    private readonly memory: vscode.Memento,
    private readonly t: Localize,
  ) {}

  async rotate(active: ActiveSetup): Promise<void> {
    const rotation = active.tools.keyRotation();
    const role = await this.chooseRole(active);
    if (role === undefined) return;
    await this.connections.duringGesture(async () => {
      const obstacle = await rotation.obstacle(role, NEVER);
      if (obstacle !== undefined) return this.tell(this.t(obstacle));
      const choice = role === 'search' ? await this.chooseKind(rotation) : {};
      if (choice?.queryKey !== undefined) await this.rotateQueryKey(active, rotation, choice.queryKey);
      else if (choice !== undefined) await this.rotateSlot(active, rotation, role);
    });
  }

  private async rotateSlot(active: ActiveSetup, rotation: KeyRotation, role: KeyedRole): Promise<void> {
    const service = await rotation.keyHolder(role, NEVER);
    const movedTo = await this.movedTo(service.id);
    if (movedTo === undefined) return;
    const next = await this.decide(rotation, role, movedTo);
    if (next === undefined) return;
    const replace = this.t(text('Make It Anew'));
    const question = text('Make the key “{0}” of {1} anew?', next.renew, service.name);
    const detail = text('Whoever uses it is refused from then on. Callers of “{0}” notice nothing.', next.keep);
    if ((await this.ask(this.t(question), this.t(detail), replace)) !== replace) return;
    await rotation.renew(role, next.renew, NEVER);
    await this.remember(service.id, next.kind === 'begin' ? next.renew : undefined);
    if (next.kind === 'begin') await this.handOver(rotation, role, next.renew, service.name);
    else await this.finished(active, rotation, role, service.name);
  }

  /** Which key to make anew; asks where neither the setup’s web app nor an earlier half tells. */
  private async decide(rotation: KeyRotation, role: KeyedRole, movedTo: string): Promise<Decided | undefined> {
    const wish = movedTo === '' ? { role } : { role, movedTo };
    const next = await rotation.next(wish, NEVER);
    if (next.kind === 'ask') {
      const title = this.t(text('Which key do the callers use now?'));
      const inUse = await vscode.window.showQuickPick([...next.slots], { title });
      return inUse === undefined ? undefined : this.settled(await rotation.next({ role, inUse }, NEVER));
    }
    return this.settled(next);
  }

  private settled(next: Rotation): Decided | undefined {
    if (next.kind === 'refused') this.tell(this.t(next.reason));
    return next.kind === 'begin' || next.kind === 'finish' ? next : undefined;
  }

  /** The key goes to the clipboard where somebody clicks for it, and nowhere else. */
  private async handOver(rotation: KeyRotation, role: KeyedRole, slot: string, name: string): Promise<void> {
    const copy = this.t(text('Copy the New Key'));
    const message = text(
      'The key “{0}” of {1} is new. Let every caller use it, then run this command again: it makes the other one anew.',
      slot,
      name,
    );
    if ((await vscode.window.showInformationMessage(this.t(message), copy)) !== copy) return;
    await toClipboard(await rotation.copy(role, slot, NEVER), text('The new key is on the clipboard.'), this.t);
  }

  /** Writes the day into the setup, and into its file where nothing else in it is unsaved. */
  private async finished(active: ActiveSetup, rotation: KeyRotation, role: KeyedRole, name: string): Promise<void> {
    const saves = !active.state.unsaved && !isDraftKey(active.key);
    active.edit((candidate) => withRotation(candidate, role, rotation.today));
    if (saves) await saveSetup(active, this.setups, this.t);
    this.tell(this.t(text('Both keys of {0} are new, and the setup knows since when.', name)));
  }

  private async rotateQueryKey(active: ActiveSetup, rotation: KeyRotation, old: string): Promise<void> {
    const service = await rotation.keyHolder('search', NEVER);
    const memory = `${service.id}/queryKeys/${old}`;
    const movedTo = await this.movedTo(memory);
    if (movedTo === undefined) return;
    const label = this.queryKeyLabel(old);
    if (movedTo === '') {
      const made = await rotation.replaceQueryKey(old, NEVER);
      await this.remember(memory, made);
      const message = text(
        'The query key “{0}” is new. Copy it in the portal, let every caller use it, then run this command again: it deletes “{1}”.',
        made,
        label,
      );
      return this.tell(this.t(message));
    }
    const remove = this.t(text('Delete It'));
    const detail = this.t(text('Whoever uses it is refused from then on.'));
    if ((await this.ask(this.t(text('Delete the query key “{0}”?', label)), detail, remove)) !== remove) return;
    await rotation.deleteQueryKey(old, NEVER);
    await this.remember(memory, undefined);
  }

  /** The key that callers were to move to and have; empty for a rotation that begins, undefined where somebody gave up. */
  private async movedTo(memory: string): Promise<string | undefined> {
    const slot = this.remembered()[resourceKey(memory)];
    if (slot === undefined) return '';
    const moved = { label: this.t(text('Every caller uses “{0}” by now', slot)), slot };
    const again = { label: this.t(text('Begin anew')), slot: '' };
    const title = this.t(text('The key “{0}” was made anew. How far are the callers?', slot));
    return (await vscode.window.showQuickPick([moved, again], { title }))?.slot;
  }

  private async chooseRole({ state }: ActiveSetup): Promise<KeyedRole | undefined> {
    const { roles } = state.session.setup;
    const choices = KEYED_ROLES.flatMap((role) => {
      const id = roles[role]?.id;
      return id === undefined
        ? []
        : [
            {
              label: resourceName(id),
              description: this.t(ROLE_TITLES[role]),
              detail: KEY_SLOTS[role].join(', '),
              role,
            },
          ];
    });
    return (await vscode.window.showQuickPick(choices, { title: this.t(text('Whose key is to be replaced?')) }))?.role;
  }

  private async chooseKind(rotation: KeyRotation): Promise<Choice | undefined> {
    const admin = { label: this.t(text('A key that may do everything')), choice: {} };
    const query = (await rotation.queryKeys(NEVER)).map((queryKey) => ({
      label: this.t(text('The query key “{0}”', this.queryKeyLabel(queryKey))),
      choice: { queryKey },
    }));
    const title = this.t(text('Which kind of key?'));
    return (await vscode.window.showQuickPick([admin, ...query], { title }))?.choice;
  }

  private queryKeyLabel(name: string): string {
    return name === '' ? this.t(text('without a name')) : name;
  }

  private remembered(): Readonly<Record<string, string>> {
    return this.memory.get<Record<string, string>>(MEMORY_KEY) ?? {};
  }

  private async remember(memory: string, slot: string | undefined): Promise<void> {
    const { [resourceKey(memory)]: _former, ...others } = this.remembered();
    await this.memory.update(MEMORY_KEY, slot === undefined ? others : { ...others, [resourceKey(memory)]: slot });
  }

  private ask(question: string, detail: string, answer: string): Thenable<string | undefined> {
    return vscode.window.showWarningMessage(question, { modal: true, detail }, answer);
  }

  private tell(message: string): void {
    void vscode.window.showInformationMessage(message);
  }
}

type Decided = Extract<Rotation, { readonly renew: string }>;

/** A key that is being made anew is waited for: to give up would not stop it. */
const NEVER = new AbortController().signal;
