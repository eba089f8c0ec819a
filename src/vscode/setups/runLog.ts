import type { ChangeProgress, RunState } from '../../core/apply/runState';
import { OUTCOME_WORDS } from '../../core/apply/runWords';
import { text, type Text } from '../../core/text';
import type { LogLine } from '../../protocol/wizardState';
import { nameForPeople } from '../nameForPeople';

export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly level: LogLine['level'];
  readonly message: Text;
}

const LOG_LINES = 200;

/** What happened in one window on one setup, the newest last. */
export class RunLog {
  private lines: readonly LogEntry[] = [];
  private followed: RunState | undefined;

  constructor(private readonly now: () => number) {}

  get entries(): readonly LogEntry[] {
    return this.lines;
  }

  /** Takes note of what is new in a run. */
  follow(run: RunState | undefined): void {
    if (run !== undefined && run !== this.followed) this.append(runLogEntries(this.followed, run, this.now()));
    this.followed = run;
  }

  fail(error: unknown): void {
    const message = text('{0}', error instanceof Error ? error.message : String(error));
    this.append([{ at: this.now(), level: 'error', message }]);
  }

  private append(entries: readonly LogEntry[]): void {
    if (entries.length > 0) this.lines = [...this.lines, ...entries].slice(-LOG_LINES);
  }
}

/** What is new in a run: which changes began, ended or failed, and how the run itself ended. */
function runLogEntries(before: RunState | undefined, after: RunState, now: number): readonly LogEntry[] {
  const known = before?.runId === after.runId ? before : undefined;
  const entries = after.changes.flatMap((item) => {
    const former = known?.changes.find(({ change }) => change.id === item.change.id);
    return former?.status === item.status ? [] : changeEntry(item, now);
  });
  const start: readonly LogEntry[] =
    known === undefined ? [{ at: now, level: 'info', message: text('Run {0} began.', after.runId) }] : [];
  const end: readonly LogEntry[] =
    after.outcome !== undefined && known?.outcome === undefined
      ? [
          {
            at: now,
            level: levelOf(after),
            message: text('Run {0} ended: {1}.', after.runId, OUTCOME_WORDS[after.outcome]),
          },
        ]
      : [];
  return [...start, ...entries, ...end];
}

function levelOf({ outcome }: RunState): LogEntry['level'] {
  if (outcome === 'succeeded') return 'info';
  return outcome === 'cancelled' ? 'warning' : 'error';
}

function changeEntry({ change, status, error }: ChangeProgress, now: number): readonly LogEntry[] {
  const name = nameForPeople(change.resource);
  const line = (level: LogEntry['level'], message: Text): readonly LogEntry[] => [{ at: now, level, message }];
  switch (status) {
    case 'pending':
      return [];
    case 'running':
      return line('info', text('{0} ({1}): began.', change.title, name));
    case 'succeeded':
      return line('info', text('{0} ({1}): done.', change.title, name));
    case 'unchanged':
      return line('info', text('{0} ({1}): already so.', change.title, name));
    case 'skipped':
      return line('warning', text('{0} ({1}): not tried.', change.title, name));
    case 'cancelled':
      return line('warning', text('{0} ({1}): cancelled.', change.title, name));
    case 'failed':
    case 'drifted':
      return line('error', text('{0} ({1}): {2} {3}', change.title, name, error?.code ?? '', error?.detail ?? ''));
  }
}
