// The namespace import lets the bundler drop what is not used: the named `z` keeps 400 KB of locales.
import * as z from 'zod/mini';
import type { Change } from '../plan/change';
import type { JournalStore } from '../ports';
import { isJsonObject } from '../resources/json';
import type { Setup } from '../setup/setup';
import { setupSchema } from '../setup/setupSchema';
import { text, type Text } from '../text';
import type { ChangeError, ChangeStatus, RunEnd, RunKind } from './runState';

/**
 * The journal of a run: one JSON object a line, written before Azure is asked for anything.
 * A `begin` without an `end` means "it is not known whether this happened". Nothing secret goes in: a change holds
 * the properties that it touches, and none of them is a key or a token.
 */
export const JOURNAL_SCHEMA = 'ringfence.journal/1';
const ANY_JOURNAL = 'ringfence.journal/';

export interface RunHeader {
  readonly type: 'run';
  readonly schema: typeof JOURNAL_SCHEMA;
  readonly runId: string;
  readonly kind: RunKind;
  /** For `undo`: the run that is taken back. */
  readonly of?: string | undefined;
  readonly setupName: string;
  readonly subscription: string;
  /** What the run was made for, so that it can be continued or taken back without the file. */
  readonly setup: Setup;
  readonly connection: 'azure' | 'sandbox';
  /** The address of the sandbox: each one is a world of its own. */
  readonly endpoint?: string | undefined;
  readonly startedAt: number;
  readonly changes: readonly Change[];
}

export interface ChangeRecord {
  readonly change: Change;
  /** What became of it; `uncertain` where the journal ends in the middle of it, `pending` where it never began. */
  readonly status: ChangeStatus | 'uncertain';
  /** When it last began, in milliseconds since the epoch. */
  readonly begunAt?: number;
}

/** A journal read back. */
export interface RunRecord {
  readonly header: RunHeader;
  readonly changes: readonly ChangeRecord[];
  /** Undefined for a run that was interrupted, or is going on. */
  readonly outcome: RunEnd | undefined;
  /** A process of this machine that is alive is at it. */
  readonly isUnderWay?: boolean;
}

/** What a journal says of its run, or why it says nothing. */
export type JournalReading =
  | {
      readonly state: 'read';
      readonly run: RunRecord;
      /** Lines that were cut, or are not ours. */
      readonly unclear: number;
    }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly reason: Text };

const CHANGE_STATUSES = ['succeeded', 'unchanged', 'failed', 'drifted', 'skipped', 'cancelled'] as const;
const OUTCOMES = ['succeeded', 'failed', 'cancelled', 'partial', 'abandoned'] as const;

const change = z.looseObject({
  id: z.string(),
  step: z.string(),
  title: z.object({ message: z.string(), args: z.array(z.unknown()) }),
  resource: z.string(),
  action: z.enum(['create', 'update', 'delete', 'action']),
  dependsOn: z.array(z.string()),
  locks: z.array(z.string()),
  undo: z.looseObject({ kind: z.enum(['restore', 'delete', 'none']) }),
  typicalSeconds: z.number(),
});

const line = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run'),
    schema: z.literal(JOURNAL_SCHEMA),
    runId: z.string(),
    kind: z.enum(['apply', 'undo']),
    of: z.optional(z.string()),
    setupName: z.string(),
    subscription: z.string(),
    setup: setupSchema,
    endpoint: z.optional(z.string()),
    connection: z.enum(['azure', 'sandbox']),
    startedAt: z.number(),
    changes: z.array(change),
  }),
  z.object({ type: z.literal('begin'), change: z.string(), at: z.number() }),
  z.object({ type: z.literal('end'), change: z.string(), at: z.number(), status: z.enum(CHANGE_STATUSES) }),
  z.object({ type: z.literal('finish'), at: z.number(), outcome: z.enum(OUTCOMES) }),
]);

/** Writes a run's journal, line by line; each line is on disk before the promise settles. */
export class Journal {
  constructor(
    private readonly store: JournalStore,
    private readonly runId: string,
  ) {}

  open(header: RunHeader): Promise<void> {
    return this.write(header);
  }

  begin(id: string, at: number): Promise<void> {
    return this.write({ type: 'begin', change: id, at });
  }

  end(id: string, at: number, status: ChangeStatus, error?: ChangeError): Promise<void> {
    return this.write({ type: 'end', change: id, at, status, ...(error && { error: { code: error.code } }) });
  }

  finish(at: number, outcome: RunEnd): Promise<void> {
    return this.write({ type: 'finish', at, outcome });
  }

  private write(entry: object): Promise<void> {
    return this.store.append(this.runId, JSON.stringify(entry));
  }
}

/**
 * Reads a journal back.
 * @returns undefined where there is no such run, or where its first line cannot be understood.
 */
export async function readRun(store: JournalStore, runId: string): Promise<RunRecord | undefined> {
  const reading = await readJournal(store, runId);
  return reading.state === 'read' ? reading.run : undefined;
}

/** Reads a journal back, and tells one that is not there from one that cannot be understood. */
export async function readJournal(store: JournalStore, runId: string): Promise<JournalReading> {
  const lines = await store.read(runId);
  if (lines === undefined) return { state: 'missing' };
  const entries = lines.flatMap((content) => parseLine(content) ?? []);
  const header = entries.find((entry) => entry.type === 'run');
  if (header === undefined) return { state: 'unreadable', reason: whyUnreadable(lines) };
  return { state: 'read', run: recordOf(header, entries), unclear: lines.length - entries.length };
}

type Entry = z.infer<typeof line>;

function recordOf(header: Entry & { type: 'run' }, entries: readonly Entry[]): RunRecord {
  // A run that ended and was taken up again is under way until it ends anew.
  const last = entries.at(-1);
  const told = new Map<string, Omit<ChangeRecord, 'change'>>();
  for (const entry of entries) {
    if (entry.type === 'begin') told.set(entry.change, { status: 'uncertain', begunAt: entry.at });
    if (entry.type === 'end') told.set(entry.change, { ...told.get(entry.change), status: entry.status });
  }
  // The schema checks what the run depends on; the rest of a change is data that only travels through.
  const changes = header.changes as unknown as readonly Change[];
  return {
    header: { ...header, changes },
    changes: changes.map((item) => ({ change: item, status: 'pending', ...told.get(item.id) })),
    outcome: last?.type === 'finish' ? last.outcome : undefined,
  };
}

function whyUnreadable([first]: readonly string[]): Text {
  if (first === undefined) return text('It has no whole line. A run writes one before it begins.');
  const said = parseJson(first);
  const schema = isJsonObject(said) ? said['schema'] : undefined;
  if (typeof schema !== 'string' || !schema.startsWith(ANY_JOURNAL)) {
    return text('Its first line was cut, or another program wrote it.');
  }
  if (schema !== JOURNAL_SCHEMA) {
    return text('It is of the format {0}, which this version of Ringfence does not read.', schema);
  }
  const place = line.safeParse(said).error?.issues[0]?.path.join('.') ?? '';
  return text('Its first line does not say what a run has to say, at {0}.', place);
}

/** A line that was cut or is not ours says nothing; what it would have said is then uncertain, not assumed. */
function parseLine(content: string): Entry | undefined {
  return line.safeParse(parseJson(content)).data;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
