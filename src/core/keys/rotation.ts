import { resourceName } from '../resources/resourceId';
import type { KeyedRole, Setup } from '../setup/setup';
import { text, type Text } from '../text';
import { findSlot, KEY_SLOTS, otherSlot } from './keySlots';

/**
 * Keys are replaced in two halves, with people at work in between: the key that nobody uses is made anew, the callers
 * move to it, and then the other one is made anew as well.
 */

/** What somebody says about a rotation that they want to begin, or to finish. */
export interface RotationWish {
  readonly role: KeyedRole;
  /** The slot that the callers use now, where somebody knows. */
  readonly inUse?: string | undefined;
  /** The slot that the callers have moved to: the second half. */
  readonly movedTo?: string | undefined;
}

/** What is to be done next. */
export type Rotation =
  | {
      readonly kind: 'begin' | 'finish';
      /** The slot that is made anew. */
      readonly renew: string;
      /** The slot that callers go on with until they move, or have moved to. */
      readonly keep: string;
    }
  /** Nobody has said, and no setting shows, which key the callers use. */
  | { readonly kind: 'ask'; readonly slots: readonly [string, string] }
  | { readonly kind: 'refused'; readonly reason: Text };

/**
 * @param seen The slots whose keys stand in the settings of the setup's web app.
 * @param app What that app is called.
 */
export function nextRotation(wish: RotationWish, seen: readonly string[], app: string): Rotation {
  const { role } = wish;
  const said = wish.movedTo ?? wish.inUse;
  const slots = KEY_SLOTS[role];
  const slot = said === undefined ? undefined : findSlot(role, said);
  if (said !== undefined && slot === undefined) return refused(text('The keys are called {0}.', slots.join(', ')));
  if (seen.length > 1) {
    return refused(text('{0} uses both keys, so neither can be replaced. Let it use one of them first.', app));
  }
  const [found] = seen;
  if (slot !== undefined && found !== undefined && found !== slot) {
    return refused(text('{0} still uses the key “{1}”. Let it use “{2}” first.', app, found, slot));
  }
  const keep = slot ?? found;
  if (keep === undefined) return { kind: 'ask', slots };
  return { kind: wish.movedTo === undefined ? 'begin' : 'finish', renew: otherSlot(role, keep), keep };
}

const refused = (reason: Text): Rotation => ({ kind: 'refused', reason });

/** The setup that knows that both keys of a role are new. */
export function withRotation(setup: Setup, role: KeyedRole, today: string): Setup {
  const { options } = setup;
  return { ...setup, options: { ...options, keysRotated: { ...options.keysRotated, [role]: today } } };
}

/** What the next one of a query key is called: its name with the day, in place of an older day. */
export function nextQueryKeyName(name: string, today: string): string {
  const stem = name.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return `${stem === '' ? 'query' : stem}-${today}`;
}

/** Why the keys of a role cannot be replaced; undefined where they can. */
export function rotationObstacle({ roles }: Setup, role: KeyedRole, keysAreOff: boolean): Text | undefined {
  const id = roles[role]?.id;
  if (id === undefined) return text('This setup has no such service.');
  return keysAreOff ? text('{0} accepts no key, so there is none to replace.', resourceName(id)) : undefined;
}
