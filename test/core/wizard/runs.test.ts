import { describe, expect, it } from 'vitest';
import { AzureError, type Holder } from '../../../src/core/ports';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { WizardState } from '../../../src/protocol/wizardState';
import { ID } from '../support/ids';
import { MemoryJournal } from '../support/memoryJournal';
import { setup } from '../support/setups';
import { exposedWorld } from '../support/worlds';
import { Desk } from './support';

const SOMEBODY: Holder = { runId: 'run-9', machine: 'build-07', machineId: 'other', since: Date.UTC(2026, 0, 1) };
const READER = [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }];
const OWNER = [{ actions: ['*'], notActions: [], dataActions: ['*'], notDataActions: [] }];

const choices = ({ run }: WizardState): readonly string[] => run?.choices.map(({ choice }) => choice) ?? [];

/** Azure refuses the private endpoint for as long as the test wants it to. */
async function deskThatFails(): Promise<{ desk: Desk; allow: () => void }> {
  const desk = await Desk.open(exposedWorld());
  desk.azure.beforeWrite = ({ resource }) => {
    if (resourceKey(resource) === resourceKey(ID.endpoint))
      throw new AzureError('RequestDisallowedByPolicy', 'The policy says no.', 403, 'correlation-1');
  };
  return { desk, allow: () => (desk.azure.beforeWrite = () => undefined) };
}

describe('after a run that failed', () => {
  it('the choice is to retry the rest, to take back what was done, or to leave it', async () => {
    const { desk } = await deskThatFails();
    await desk.applyAll();
    const state = desk.show();
    expect(state.run?.choices.map(({ label }) => label)).toEqual([
      'Retry the rest',
      'Take back what was done…',
      'Leave it',
    ]);
    expect(state.can.decide).toBe(true);
  });

  it('each error says the cause first, then what to do, and keeps codes for the details', async () => {
    const { desk } = await deskThatFails();
    await desk.applyAll();
    const error = desk.show().run?.changes.find(({ state }) => state === 'failed')?.error;
    expect(error?.message).toBe('The policy says no.');
    expect(error?.next).toMatch(/^An Azure Policy assignment denies this/);
    expect(error?.details).toBe('Code: RequestDisallowedByPolicy. Correlation id: correlation-1');
  });

  it('the rest can be retried once the cause is gone', async () => {
    const { desk, allow } = await deskThatFails();
    await desk.applyAll();
    allow();
    await desk.active.runs.resume('run-001');
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
    expect(choices(desk.show())).toEqual(['undo']);
  });

  it('nobody is asked again about one that was left, and what it did can still be taken back', async () => {
    const { desk } = await deskThatFails();
    await desk.applyAll();
    await desk.active.runs.abandon('run-001');
    const state = desk.show();
    expect(choices(state)).toEqual(['undo']);
    expect(state.run?.sentence).toMatch(/The rest was left as it is\.$/);
    const before = desk.azure.writes().length;
    await desk.active.runs.resume('run-001');
    expect(desk.azure.writes()).toHaveLength(before);
  });
});

describe('an interrupted run', () => {
  it('is shown before one that has ended since', async () => {
    const first = await Desk.open(exposedWorld());
    await first.applyAll();
    const whole = first.journal.content('run-001');
    const cut = first.journal.beginning('run-001').replaceAll('run-001', 'run-000');
    const journal = new MemoryJournal().leave('run-000', cut).leave('run-001', whole);
    const { run } = (await Desk.open(exposedWorld(), setup(), journal)).show();
    expect(run).toMatchObject({ runId: 'run-000', interrupted: true });
  });

  it('that is given up is one no longer', async () => {
    const first = await Desk.open(exposedWorld());
    await first.applyAll();
    const journal = new MemoryJournal().leave('run-001', first.journal.beginning('run-001'));
    const desk = await Desk.open(exposedWorld(), setup(), journal);
    expect(choices(desk.show())).toEqual(['resume', 'undo', 'abandon']);
    await desk.active.runs.abandon('run-001');
    expect(desk.show().run?.interrupted).toBe(false);
    expect(choices(desk.show())).toEqual(['undo']);
  });
});

describe('a run that has not ended', () => {
  async function deskWithOpenRun(): Promise<{ desk: Desk; takeUp: () => void }> {
    const first = await Desk.open(exposedWorld());
    await first.applyAll();
    const journal = new MemoryJournal().leave('run-001', first.journal.beginning('run-001'));
    const desk = await Desk.open(exposedWorld(), setup(), journal);
    return { desk, takeUp: () => desk.claims.held.set('scope', { ...SOMEBODY, runId: 'run-001' }) };
  }

  it('is not called interrupted, nor offered, while another window is at it', async () => {
    const { desk, takeUp } = await deskWithOpenRun();
    takeUp();
    await desk.active.refresh();
    const { run } = desk.show();
    expect(run).toMatchObject({ interrupted: false, tone: 'plain', choices: [] });
    expect(run?.sentence).toMatch(/^Another window or terminal of this machine is at it: \d of \d changes done\.$/);
    expect(run?.changes.map(({ state }) => state)).toContain('running');
  });

  it('is not given up where another window has taken it up meanwhile', async () => {
    const { desk, takeUp } = await deskWithOpenRun();
    const before = desk.journal.content('run-001');
    takeUp();
    await desk.active.runs.abandon('run-001');
    expect(desk.journal.content('run-001')).toBe(before);
    expect(desk.show().run?.sentence).toMatch(/^Another window/);
  });
});

describe('a run that was cancelled', () => {
  it('says of each change that had begun what may still be going on', async () => {
    const desk = await Desk.open(exposedWorld());
    const stop = desk.active.onChange.add(() => {
      if (desk.azure.writing > 0) desk.active.runs.cancel();
    });
    await desk.applyAll();
    stop();
    const { run } = desk.show();
    const notes = run?.changes.filter(({ state, note }) => state === 'cancelled' && note !== '') ?? [];
    expect(notes.length).toBeGreaterThan(0);
    for (const { name, note } of notes) expect(run?.sentence).toContain(`${name} (${note.replace(/\.$/, '')})`);
  });
});

describe('somebody else who is at it', () => {
  async function occupied(): Promise<Desk> {
    const desk = await Desk.open(exposedWorld());
    desk.claims.take = (_key, _holder, takeOver) => Promise.resolve(takeOver ? undefined : SOMEBODY);
    await desk.applyAll();
    return desk;
  }

  it('keeps a run from beginning, and is named', async () => {
    const desk = await occupied();
    expect(desk.azure.writes()).toEqual([]);
    const { obstacle, run } = desk.show();
    expect(run).toBeNull();
    expect(obstacle?.message).toMatch(/run run-9 on build-07, begun /);
  });

  it('is asked about again, or taken over from, as the user decides', async () => {
    const desk = await occupied();
    await desk.active.runs.insist({});
    expect(desk.azure.writes()).toEqual([]);
    expect(desk.show().obstacle).not.toBeNull();
    await desk.active.runs.insist({ takeOver: true });
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
    expect(desk.show().obstacle).toBeNull();
  });

  it('is nothing to decide about any more once the user has seen it', async () => {
    const desk = await occupied();
    desk.active.runs.dismiss();
    expect(desk.show().obstacle).toBeNull();
    await desk.active.runs.insist({ takeOver: true });
    expect(desk.azure.writes()).toEqual([]);
  });
});

describe('what is in the way of a plan', () => {
  async function lacking(): Promise<{ desk: Desk; planId: string }> {
    const desk = await Desk.open(exposedWorld());
    desk.azure.permissions = () => READER;
    return { desk, planId: desk.active.state.plans.all?.planId ?? '' };
  }

  it('is looked up when somebody reviews the plan, and asks for one more agreement where Azure would refuse', async () => {
    const { desk, planId } = await lacking();
    expect(desk.show().preflights).toEqual({});
    const looking = desk.active.lookAhead(planId);
    expect(desk.show().preflights[planId]).toMatchObject({ looking: true, findings: [] });
    await looking;
    const { preflights, plan } = desk.show();
    expect(preflights[planId]).toMatchObject({ looking: false, tone: 'bad' });
    expect(preflights[planId]?.findings[0]).toMatchObject({ verdict: 'blocks', label: 'In the way' });
    expect(preflights[planId]?.findings[0]?.concerns).toMatch(/^Concerns: /);
    expect(preflights[planId]?.summary).toMatch(/^It takes about \d+ min\. It costs money from then on: /);
    expect(plan?.confirmations.map(({ id }) => id)).toEqual(['lockout', 'cost', 'despitePreflight']);
    expect(await desk.active.apply(planId, ['lockout', 'cost'])).toBe('unconfirmed');
    expect(desk.azure.writes()).toEqual([]);
  });

  it('keeps a plan that nobody has reviewed from being applied, and tells of it', async () => {
    const { desk, planId } = await lacking();
    await desk.applyAll();
    const { refused, preflights, run, obstacle } = desk.show();
    expect(desk.azure.writes()).toEqual([]);
    expect({ refused, run, obstacle }).toEqual({ refused: planId, run: null, obstacle: null });
    expect(preflights[planId]?.tone).toBe('bad');
  });

  it('is told of that plan only while it was the last to be refused', async () => {
    const { desk } = await lacking();
    await desk.applyAll();
    await desk.active.runs.insist({});
    expect(desk.active.state.obstacle?.kind).toBe('preflight');
    expect(desk.show().refused).toBeNull();
  });

  it('does not keep a user from it who has seen that and insists', async () => {
    const { desk, planId } = await lacking();
    await desk.active.lookAhead(planId);
    await desk.active.apply(planId, ['lockout', 'cost', 'despitePreflight']);
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
    expect(desk.show().refused).toBeNull();
  });

  it('is forgotten when everything is read again, because it may be gone', async () => {
    const { desk, planId } = await lacking();
    await desk.active.lookAhead(planId);
    desk.azure.permissions = () => OWNER;
    await desk.active.refresh(true);
    expect(desk.show().preflights[planId]?.tone).toBe('bad');
    await desk.active.refresh();
    expect(desk.show().preflights).toEqual({});
    await desk.active.lookAhead(planId);
    expect(desk.show().preflights[planId]?.tone).not.toBe('bad');
  });

  it('is asked for once, however often the page asks', async () => {
    const { desk, planId } = await lacking();
    const asked: string[] = [];
    desk.azure.permissions = (scope) => {
      asked.push(scope);
      return READER;
    };
    await Promise.all([desk.active.lookAhead(planId), desk.active.lookAhead(planId)]);
    await desk.active.lookAhead(planId);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('says why where it could not be looked up, and stands in nobody’s way', async () => {
    const { desk, planId } = await lacking();
    desk.azure.permissions = () => {
      throw new Error('The cable is cut.');
    };
    await desk.active.lookAhead(planId);
    const { preflights, plan } = desk.show();
    expect(preflights[planId]?.sentence).toBe('What is in the way could not be looked up: The cable is cut.');
    expect(plan?.confirmations.map(({ id }) => id)).toEqual(['lockout', 'cost']);
  });

  it('is looked up before a run begins, and the page says so meanwhile', async () => {
    const desk = await Desk.open(exposedWorld());
    const before = new Set<string | null>();
    const stop = desk.active.onChange.add(() => {
      const { busy, run, can } = desk.show();
      if (run !== null || !desk.active.isRunning) return;
      before.add(busy);
      expect(can.apply).toBe(false);
    });
    await desk.applyAll();
    stop();
    expect([...before]).toEqual(['Looking whether anything is in the way…']);
  });
});

describe('one step', () => {
  const canUndo = (desk: Desk): readonly string[] =>
    Object.values(desk.show().steps).flatMap(({ step, canUndo: can }) => (can ? [step] : []));

  it('can be taken back where a run of ours made it, with what was made on the strength of it', async () => {
    const desk = await Desk.open(exposedWorld());
    expect(canUndo(desk)).toEqual([]);
    await desk.applyAll();
    const made = canUndo(desk);
    expect(made).toContain('aoai-private-dns-zone');
    expect(made).toContain('aoai-disable-local-auth');
    expect(made).not.toContain('aoai-custom-subdomain');
    const plan = await desk.active.runs.planUndo('run-001', 'aoai-private-dns-zone');
    const steps = new Set(plan?.changes.map(({ step }) => step));
    expect(steps).toContain('aoai-private-dns-zone');
    expect(steps).toContain('aoai-public-access-disabled');
    expect(steps).not.toContain('aoai-managed-identity');
    if (plan) await desk.active.runs.undo('run-001', plan);
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
    expect(canUndo(desk)).toEqual(made.filter((step) => !steps.has(step)));
    expect(desk.show().steps['aoai-private-dns-zone']?.state).toBe('todo');
  });
});
