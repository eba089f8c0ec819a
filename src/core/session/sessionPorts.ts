import type { AzurePort, ClaimStore, Clock, JournalStore, ProbePort } from '../ports';

/** The outside world of a session. */
export interface SessionPorts {
  readonly azure: AzurePort;
  readonly probes: ProbePort;
  readonly journal: JournalStore;
  readonly claims: ClaimStore;
  readonly clock: Clock;
  /** Sortable by time, unique on this machine. */
  readonly newRunId: () => string;
  readonly connection: 'azure' | 'sandbox';
  /** Where the sandbox listens: each one is a world of its own, with runs of its own. */
  readonly endpoint?: string | undefined;
}
