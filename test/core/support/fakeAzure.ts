import type { ResourceWrite } from '../../../src/core/plan/change';
import type {
  AzureAnswer,
  AzurePort,
  AzureQuestion,
  KeyPort,
  PermissionSet,
  SuppliedCertificate,
  WriteOptions,
} from '../../../src/core/ports';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { SnapshotEntry, SnapshotListing } from '../../../src/core/resources/snapshot';
import { entryOf, unreadable } from './reading';
import { FakeTags, isTags } from './fakeTags';
import { VirtualClock } from './virtualClock';
import type { World } from './world';
import { writeTo } from './worldWrites';

/** One thing that was asked of Azure, in order. */
export interface Asked {
  readonly kind: 'read' | 'list' | 'write' | 'written';
  readonly what: string;
  readonly at: number;
}

/** Azure over a world in memory. Every hook can be replaced by a test. */
export class FakeAzure implements AzurePort {
  readonly asked: Asked[] = [];
  /** Writes that are under way, and the most there ever were. */
  writing = 0;
  mostAtOnce = 0;
  /** Seconds that a write takes. */
  latency = 1;
  /** Ids and types that may not be read. */
  readonly denied = new Set<string>();
  /** Looks at a write before it is made; what it throws is what Azure answers. */
  beforeWrite: (write: ResourceWrite, attempt: number) => void = () => undefined;
  /** The operation ends like this, though the write took effect. */
  afterWrite: (write: ResourceWrite) => void = () => undefined;
  /** Changes what a read sees. */
  onRead: (id: string, seen: SnapshotEntry) => SnapshotEntry = (_, seen) => seen;
  permissions: (scope: string) => PermissionSet | undefined = () => [
    { actions: ['*'], notActions: [], dataActions: ['*'], notDataActions: [] },
  ];
  /** What is answered to questions that change nothing. */
  answer: (question: AzureQuestion) => AzureAnswer = () => unreadable();
  readonly questions: AzureQuestion[] = [];
  /** Tags by scope. What is asked of them is not noted: no step is about them. */
  readonly tags = new FakeTags();
  private readonly attempts = new Map<string, number>();

  constructor(
    readonly world: World,
    readonly clock = new VirtualClock(),
  ) {}

  async read(id: string, signal: AbortSignal): Promise<SnapshotEntry> {
    signal.throwIfAborted();
    if (isTags(id)) return this.tags.read(id);
    this.note('read', id);
    await Promise.resolve();
    return this.onRead(id, this.denied.has(resourceKey(id)) ? unreadable() : entryOf(this.world, id));
  }

  async list(types: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, SnapshotListing>> {
    signal.throwIfAborted();
    await Promise.resolve();
    return new Map(
      types.map((type): [string, SnapshotListing] => {
        this.note('list', type);
        return [type, this.denied.has(type) ? unreadable() : { state: 'listed', resources: this.world.list(type) }];
      }),
    );
  }

  /** Keys in the settings of the web app, and what was made anew, in order. */
  readonly keysInUse: string[] = [];
  readonly renewed: string[] = [];
  /** Whose they were. */
  readonly renewedOf: string[] = [];
  readonly keys: KeyPort = {
    slotsInUse: () => Promise.resolve(this.keysInUse),
    regenerate: ({ id }, slot) => {
      this.renewed.push(slot);
      this.renewedOf.push(id);
      return Promise.resolve();
    },
    copy: (_, slot) => Promise.resolve(`secret-${slot}`),
    queryKeys: () => Promise.resolve(['']),
    createQueryKey: (_, name) => Promise.resolve(void this.renewed.push(name)),
    deleteQueryKey: () => Promise.resolve(),
  };

  /** What was imported, and what becomes of it in the world. */
  readonly imported: { readonly id: string; readonly supplied: SuppliedCertificate }[] = [];
  onImport: (id: string) => void = () => undefined;

  importCertificate(id: string, supplied: SuppliedCertificate): Promise<void> {
    this.imported.push({ id, supplied });
    return Promise.resolve().then(() => this.onImport(id));
  }

  vpnClientPackage(): Promise<string> {
    return Promise.resolve('https://store.invalid/package.zip');
  }

  async write(write: ResourceWrite, { signal, onStatus }: WriteOptions): Promise<void> {
    signal.throwIfAborted();
    if (isTags(write.resource)) return this.tags.write(write);
    this.note('write', write.resource);
    const attempt = (this.attempts.get(resourceKey(write.resource)) ?? 0) + 1;
    this.attempts.set(resourceKey(write.resource), attempt);
    this.beforeWrite(write, attempt);
    this.writing += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.writing);
    try {
      onStatus?.('Updating');
      await this.clock.sleep(this.latency * 1000, signal);
      writeTo(this.world, write);
      this.note('written', write.resource);
      this.afterWrite(write);
    } finally {
      this.writing -= 1;
    }
  }

  allowedActions(scope: string): Promise<PermissionSet | undefined> {
    return Promise.resolve(this.permissions(scope));
  }

  async ask(question: AzureQuestion, signal: AbortSignal): Promise<AzureAnswer> {
    signal.throwIfAborted();
    this.questions.push(question);
    await Promise.resolve();
    return this.answer(question);
  }

  /** Names of what was written, in the order in which the writes began. */
  writes(): readonly string[] {
    return this.asked.filter(({ kind }) => kind === 'write').map(({ what }) => what);
  }

  private note(kind: Asked['kind'], what: string): void {
    this.asked.push({ kind, what, at: this.clock.now() });
  }
}
