import type { AzureAnswer, AzurePort, AzureQuestion, PermissionSet } from '../ports';
import { resourceKey } from '../resources/resourceId';
import type { SnapshotEntry } from '../resources/snapshot';

/** Requests that a preflight makes at the same time: more would be throttled rather than faster. */
const AT_ONCE = 8;

/** What a preflight asks of Azure: everything once, so many at a time. */
export class Questions {
  private free = AT_ONCE;
  private readonly waiting: (() => void)[] = [];
  private readonly reads = new Map<string, Promise<SnapshotEntry>>();
  private readonly permissions = new Map<string, Promise<PermissionSet | undefined>>();

  constructor(
    private readonly azure: Pick<AzurePort, 'read' | 'allowedActions' | 'ask'>,
    private readonly signal: AbortSignal,
  ) {}

  read(id: string): Promise<SnapshotEntry> {
    return once(this.reads, resourceKey(id), () => this.inTurn(() => this.azure.read(id, this.signal)));
  }

  allowedActions(scope: string): Promise<PermissionSet | undefined> {
    return once(this.permissions, resourceKey(scope), () =>
      this.inTurn(() => this.azure.allowedActions(scope, this.signal)),
    );
  }

  ask(question: AzureQuestion): Promise<AzureAnswer> {
    return this.inTurn(() => this.azure.ask(question, this.signal));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((begin) => this.waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}
