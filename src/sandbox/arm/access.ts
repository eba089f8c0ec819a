import { resourceKey } from '../../core/resources/resourceId';

/** An action that the principal may not do at a scope and below. `*` stands for any characters. */
export interface Denial {
  readonly action: string;
  readonly scope: string;
}

/** Azure RBAC permissions, as `Microsoft.Authorization/permissions` lists them. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** What the signed-in principal may do: an Owner of the subscription, except for what a test denies. */
export class Access {
  private denials: readonly Denial[] = [];

  /** Keeps all of it. @returns brings it back. */
  keep(): () => void {
    const { denials } = this;
    return () => {
      this.denials = denials;
    };
  }

  deny(denial: Denial): void {
    this.denials = [...this.denials, denial];
  }

  allowEverything(): void {
    this.denials = [];
  }

  allows(action: string, scope: string): boolean {
    return !this.deniedAt(scope).some((denial) => matches(denial.action, action));
  }

  permissions(scope: string): readonly Permission[] {
    return [{ actions: ['*'], notActions: this.deniedAt(scope).map((denial) => denial.action) }];
  }

  private deniedAt(scope: string): readonly Denial[] {
    const key = `${resourceKey(scope)}/`;
    return this.denials.filter((denial) => key.startsWith(`${resourceKey(denial.scope)}/`));
  }
}

/** True where an action is one of those that a pattern with `*` stands for. */
export function matches(pattern: string, action: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i').test(action);
}
