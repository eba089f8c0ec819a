import { renderText } from '../../../src/core/text';
import type { Principal, Setup } from '../../../src/core/setup/setup';
import type { WizardState } from '../../../src/protocol/wizardState';
import { Inventory } from '../../../src/vscode/connection/inventory';
import type { Localize } from '../../../src/vscode/localize';
import { ActiveSetup } from '../../../src/vscode/setups/activeSetup';
import type { KeptLook } from '../../../src/vscode/setups/lookBack';
import { presentWizard, type WizardProblem } from '../../../src/vscode/wizard/presentWizard';
import { FakeAzure } from '../support/fakeAzure';
import { FakeProbes } from '../support/fakeProbes';
import { MemoryClaims } from '../support/memoryClaims';
import { MemoryJournal } from '../support/memoryJournal';
import { setup as defaultSetup } from '../support/setups';
import type { World } from '../support/world';

export const english: Localize = (sentence) => renderText(sentence);

export const DANA = { id: '11111111-0000-4000-8000-000000000001', type: 'User', name: 'Dana Contoso' } as const;
export const BUILDERS = { id: '11111111-0000-4000-8000-000000000002', type: 'Group', name: 'AI builders' } as const;

/** A setup in use over a world in memory, with everything around it in reach of the test. */
export class Desk {
  readonly azure: FakeAzure;
  readonly probes: FakeProbes;
  readonly active: ActiveSetup;
  /** Who is signed in, and who is found by name. */
  readonly directory = {
    signedIn: (): Promise<Principal | undefined> => Promise.resolve(DANA),
    find: (name: string): Promise<readonly Principal[]> =>
      Promise.resolve([DANA, BUILDERS].filter((one) => one.name.toLowerCase().startsWith(name.toLowerCase()))),
  };
  readonly claims = new MemoryClaims();
  problem: WizardProblem | undefined;
  private runs = 0;
  private revision = 0;

  constructor(
    readonly world: World,
    setup: Setup = defaultSetup(),
    readonly journal = new MemoryJournal(),
    saved: Setup | undefined = setup,
    /** What the last window left behind. */
    public look?: KeptLook,
  ) {
    this.azure = new FakeAzure(world);
    this.probes = new FakeProbes(world);
    const { clock } = this.azure;
    this.active = new ActiveSetup('file:///workspace/ringfence.json', saved, setup, {
      ports: {
        azure: this.azure,
        probes: this.probes,
        journal,
        claims: this.claims,
        clock,
        newRunId: () => `run-${String((this.runs += 1)).padStart(3, '0')}`,
        connection: 'sandbox',
      },
      directory: this.directory,
      inventory: new Inventory(this.azure, () => clock.now()),
      looks: { recall: () => this.look, keep: (look) => (this.look = look) },
      problem: () => this.problem,
    });
  }

  /** A desk whose setup was read once. */
  static async open(...parts: ConstructorParameters<typeof Desk>): Promise<Desk> {
    const desk = new Desk(...parts);
    await desk.active.start();
    return desk;
  }

  /** What the page would show now. */
  show(): WizardState {
    const { candidate, faults, inventory, signedIn, search, unsaved, ...state } = this.active.state;
    return presentWizard(
      {
        ...state,
        revision: (this.revision += 1),
        form: { candidate, faults, inventory, signedIn, search, unsaved, file: 'ringfence.json' },
        log: [],
        now: this.azure.clock.now(),
      },
      english,
    );
  }

  /** Applies everything that is left, as somebody who agrees to all of it. */
  async applyAll(): Promise<void> {
    const { all } = this.active.state.plans;
    if (all === undefined) throw new Error('There is nothing to apply.');
    const refusal = await this.active.apply(
      all.planId,
      all.confirmations.map(({ id }) => id),
    );
    if (refusal !== undefined) throw new Error(refusal);
  }
}
