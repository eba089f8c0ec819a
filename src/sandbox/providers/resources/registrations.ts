import type { VirtualClock } from '../../clock';
import { DURATIONS } from '../../durations';
import { keepMap } from '../../keep';

export type RegistrationState = 'NotRegistered' | 'Registering' | 'Registered' | 'Unregistering';

interface Change {
  readonly during: RegistrationState;
  readonly then: RegistrationState;
  readonly endsAt: number;
}

/** Which resource providers the subscription may use. */
export class Registrations {
  private readonly changes = new Map<string, Change>();

  constructor(private readonly clock: VirtualClock) {}

  /** Keeps all of it. @returns brings it back. */
  keep(): () => void {
    return keepMap(this.changes);
  }

  stateOf(namespace: string): RegistrationState {
    const change = this.changes.get(namespace.toLowerCase());
    if (change === undefined) return 'NotRegistered';
    return this.clock.now() < change.endsAt ? change.during : change.then;
  }

  isRegistered(namespace: string): boolean {
    return this.stateOf(namespace) === 'Registered';
  }

  /** Registered from the start. */
  assume(namespace: string): void {
    this.changes.set(namespace.toLowerCase(), { during: 'Registered', then: 'Registered', endsAt: 0 });
  }

  register(namespace: string): void {
    if (this.stateOf(namespace) === 'Registered' || this.stateOf(namespace) === 'Registering') return;
    this.begin(namespace, 'Registering', 'Registered', DURATIONS.providerRegistration);
  }

  unregister(namespace: string): void {
    if (this.stateOf(namespace) === 'NotRegistered') return;
    this.begin(namespace, 'Unregistering', 'NotRegistered', DURATIONS.providerUnregistration);
  }

  private begin(namespace: string, during: RegistrationState, then: RegistrationState, seconds: number): void {
    this.changes.set(namespace.toLowerCase(), { during, then, endsAt: this.clock.now() + seconds * 1000 });
  }
}
