import { renderText } from '../../../src/core/text';
import type { Setup } from '../../../src/core/setup/setup';
import type { WizardState } from '../../../src/protocol/wizardState';
import { Inventory } from '../../../src/vscode/connection/inventory';
import type { Localize } from '../../../src/vscode/localize';
import { ActiveSetup } from '../../../src/vscode/setups/activeSetup';
import { presentWizard, type WizardProblem } from '../../../src/vscode/wizard/presentWizard';
import { FakeAzure } from '../support/fakeAzure';
import { FakeProbes } from '../support/fakeProbes';
import { MemoryJournal } from '../support/memoryJournal';
import { setup as defaultSetup } from '../support/setups';
import type { World } from '../support/world';

export const english: Localize = (sentence) => renderText(sentence);

/** A setup in use over a world in memory, with everything around it in reach of the test. */
export class Desk {
  readonly azure: FakeAzure;
  readonly probes: FakeProbes;
  readonly active: ActiveSetup;
  problem: WizardProblem | undefined;
  private runs = 0;
  private revision = 0;

  constructor(
    readonly world: World,
    setup: Setup = defaultSetup(),
    readonly journal = new MemoryJournal(),
    saved: Setup | undefined = setup,
  ) {
    this.azure = new FakeAzure(world);
    this.probes = new FakeProbes(world);
    const { clock } = this.azure;
    this.active = new ActiveSetup('file:///workspace/ringfence.json', saved, setup, {
      ports: {
        azure: this.azure,
        probes: this.probes,
        journal,
        clock,
        newRunId: () => `run-${String((this.runs += 1)).padStart(3, '0')}`,
        connection: 'sandbox',
      },
      inventory: new Inventory(this.azure, () => clock.now()),
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
    const { candidate, faults, inventory, unsaved, ...state } = this.active.state;
    return presentWizard(
      {
        ...state,
        revision: (this.revision += 1),
        form: { candidate, faults, inventory, unsaved, file: 'ringfence.json' },
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
