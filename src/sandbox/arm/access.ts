import { isWithin } from '../../core/resources/resourceId';

/** An action that the principal may not do, or may do, at a scope and below. `*` stands for any characters. */
export interface ScopedAction {
  readonly action: string;
  readonly scope: string;
}

/** Azure RBAC permissions, as `Microsoft.Authorization/permissions` lists them. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

const EVERYTHING: readonly ScopedAction[] = [{ action: '*', scope: '' }];

/** What the signed-in principal may do: an Owner of the subscription, unless a test says less, and except for what it denies. */
export class Access {
  private allowed = EVERYTHING;
  private denials: readonly ScopedAction[] = [];

  /** Keeps all of it. @returns brings it back. */
  keep(): () => void {
    const { allowed, denials } = this;
    return () => {
      Object.assign(this, { allowed, denials });
    };
  }

  deny(denial: ScopedAction): void {
    this.denials = [...this.denials, denial];
  }

  allowOnly(allowed: readonly ScopedAction[]): void {
    this.allowed = allowed;
  }

  allowEverything(): void {
    this.allowed = EVERYTHING;
    this.denials = [];
  }

  allows(action: string, scope: string): boolean {
    const covers = (one: ScopedAction): boolean => matches(one.action, action);
    return at(scope, this.allowed).some(covers) && !at(scope, this.denials).some(covers);
  }

  permissions(scope: string): readonly Permission[] {
    const actionsOf = (list: readonly ScopedAction[]): readonly string[] => at(scope, list).map(({ action }) => action);
    return [{ actions: actionsOf(this.allowed), notActions: actionsOf(this.denials) }];
  }
}

function at(scope: string, list: readonly ScopedAction[]): readonly ScopedAction[] {
  return list.filter((one) => isWithin(scope, one.scope));
}

/** True where an action is one of those that a pattern with `*` stands for. */
export function matches(pattern: string, action: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i').test(action);
}
