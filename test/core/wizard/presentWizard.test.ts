import { describe, expect, it } from 'vitest';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { WizardState } from '../../../src/protocol/wizardState';
import { skipStep } from '../../../src/vscode/wizard/form/setupEdits';
import { dataWorld } from '../support/dataWorlds';
import { ID } from '../support/ids';
import { MemoryJournal } from '../support/memoryJournal';
import { dataSetup, setup } from '../support/setups';
import { exposedWorld, hardenedWorld } from '../support/worlds';
import { Desk } from './support';

function stateOf(state: WizardState, step: string): string | undefined {
  return state.groups.flatMap(({ steps }) => steps).find((row) => row.step === step)?.state;
}

describe('what the wizard shows', () => {
  it('counts what holds, leaves out what does not apply, and says both in one sentence', async () => {
    const { progress, groups } = (await Desk.open(exposedWorld())).show();
    expect(progress.total).toBe(14);
    expect(progress.sentence).toMatch(/^\d+ of 14 steps compliant · checked just now · about \d+ min left/);
    const rows = groups.flatMap(({ steps }) => steps);
    expect(rows.filter(({ state }) => state === 'notApplicable')).toHaveLength(1);
    expect(rows).toHaveLength(15);
  });

  it('shows what may not be read as unknown, with the reason, and never as compliant', async () => {
    const desk = new Desk(hardenedWorld());
    desk.azure.denied.add(resourceKey(ID.account));
    await desk.active.start();
    const state = desk.show();
    expect(stateOf(state, 'aoai-public-access-disabled')).toBe('unknown');
    expect(state.steps['aoai-public-access-disabled']?.reason).toMatch(/^You may not read contoso-openai/);
    expect(state.progress.unknown).toBeGreaterThan(0);
  });

  it('describes every change that a step’s plan names, so that nothing hidden can be applied', async () => {
    const state = (await Desk.open(exposedWorld())).show();
    const described = new Set(
      [...Object.values(state.steps), state.plan].flatMap((part) => part?.changes ?? []).map(({ id }) => id),
    );
    const named = Object.values(state.steps).flatMap(({ planChangeIds }) => planChangeIds);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !described.has(id))).toEqual([]);
  });

  it('gives a plan the same name as long as its content is the same, and another when it differs', async () => {
    const desk = await Desk.open(exposedWorld());
    const first = desk.show().plan?.planId;
    await desk.active.refresh();
    expect(desk.show().plan?.planId).toBe(first);
    desk.active.edit((candidate) => skipStep(candidate, 'aoai-disable-local-auth', 'later'));
    expect(desk.show().plan?.planId).not.toBe(first);
  });

  it('asks to agree to losing access and to cost, in sentences', async () => {
    const { plan } = (await Desk.open(exposedWorld())).show();
    expect(plan?.confirmations.map(({ id }) => id)).toEqual(['lockout', 'cost']);
    expect(plan?.confirmations[0]?.label).toBe('I accept that access changes.');
    expect(plan?.confirmations[0]?.notes[0]).toMatch(/^Callers from the internet/);
    expect(plan?.facts.map(({ label }) => label)).not.toContain('Risk');
  });

  it('names the smallest role, and says that you have it, that you lack it, or that nobody can tell', async () => {
    const verdict = async (permissions: Desk['azure']['permissions']): Promise<string | undefined> => {
      const desk = new Desk(exposedWorld());
      desk.azure.permissions = permissions;
      await desk.active.start();
      await desk.active.refresh();
      return desk.show().steps['aoai-disable-local-auth']?.facts.find(({ label }) => label === 'Needs')?.value;
    };
    const role = 'Cognitive Services Contributor on contoso-openai';
    expect(await verdict(() => [{ actions: ['*'], notActions: [] }])).toBe(`${role}: you have it`);
    expect(await verdict(() => [{ actions: ['*/read'], notActions: [] }])).toBe(`${role}: you lack it`);
    expect(await verdict(() => undefined)).toBe(`${role}: cannot tell whether you have it`);
  });

  it('names a role and what it is on, where Azure has but a GUID for it', async () => {
    const world = dataWorld();
    for (const { id } of world.list('microsoft.authorization/roleassignments')) world.remove(id);
    const { steps } = (await Desk.open(world, dataSetup())).show();
    const step = steps['rbac-aoai-search-index-reader'];
    expect(step?.changes[0]?.name).toBe('contoso-search');
    expect(step?.changes[0]?.heading).toMatch(/^Search Index Data Reader · Microsoft\.Authorization\/roleAssignments/);
    expect(step?.evidence[0]?.property).toBe('Role assignment on contoso-search');
  });

  it('can do nothing while it measures, says so, and measures once however often it is asked', async () => {
    const desk = await Desk.open(hardenedWorld());
    const { signal } = new AbortController();
    const both = Promise.all([desk.active.verify(signal), desk.active.verify(signal)]);
    expect(desk.show()).toMatchObject({ busy: 'Measuring from every position…', can: { verify: false, apply: false } });
    await both;
    expect(desk.show().busy).toBeNull();
    expect(new Set(desk.probes.measured).size).toBe(desk.probes.measured.length);
  });

  it('shows a skipped step with its reason, as not applicable', async () => {
    const desk = await Desk.open(exposedWorld());
    desk.active.edit((candidate) => skipStep(candidate, 'aoai-disable-local-auth', 'keys until May'));
    const step = desk.show().steps['aoai-disable-local-auth'];
    expect(step?.state).toBe('notApplicable');
    expect(step?.skipped).toBe('keys until May');
    expect(step?.planId).toBeNull();
  });

  it('shows each step of a run as it is: being changed, done, and then as it was found again', async () => {
    const desk = await Desk.open(exposedWorld());
    const seen = new Set<string | undefined>();
    const stop = desk.active.onChange.add(() => seen.add(stateOf(desk.show(), 'aoai-private-endpoint')));
    await desk.applyAll();
    stop();
    expect([...seen]).toEqual(['todo', 'running', 'done']);
    expect(desk.show().run?.sentence).toMatch(/^All \d+ changes are done\.$/);
  });

  it('shows Azure’s own words and the next action for a change that failed', async () => {
    const desk = await Desk.open(exposedWorld());
    desk.probes.kinds = ['internet'];
    await desk.applyAll();
    const { run, steps } = desk.show();
    const failed = run?.changes.find(({ state }) => state === 'failed');
    expect(failed?.error?.message).toMatch(/not reached through its private endpoint/);
    expect(failed?.error?.details).toBe('Code: GuardNotMet');
    expect(steps['aoai-network-default-deny']?.state).toBe('failed');
  });

  it('finds an interrupted run in the journal, says so, and offers to continue it', async () => {
    const desk = await Desk.open(exposedWorld());
    await desk.applyAll();
    const cut = desk.journal.beginning('run-001');
    const later = await Desk.open(exposedWorld(), setup(), new MemoryJournal().leave('run-001', `${cut}{"type":"beg`));
    const { run, can } = later.show();
    expect(run?.sentence).toMatch(/^Interrupted: \d of \d+ changes done/);
    expect(run?.active).toBe(false);
    expect(run?.choices.map(({ label }) => label)).toEqual(['Resume', 'Take back…', 'Abandon']);
    expect(can.decide).toBe(true);
  });

  it('can do nothing but explain itself while there is no connection', async () => {
    const desk = await Desk.open(exposedWorld());
    desk.problem = { message: { message: 'No.', args: [] }, next: { message: 'Sign in.', args: [] } };
    const { can, problem } = desk.show();
    expect(problem?.next).toBe('Sign in.');
    expect(Object.values(can)).toEqual(Object.values(can).map(() => false));
  });

  it('groups the steps by family, in the order in which they are made, and counts each family by itself', async () => {
    const { groups, progress } = (await Desk.open(dataWorld(), dataSetup())).show();
    expect(groups.map(({ label }) => label)).toEqual([
      'Foundation',
      'Azure OpenAI',
      'Azure AI Search',
      'Storage',
      'Roles',
      'Private network',
      'VPN',
      'Web app',
      'Governance',
    ]);
    expect(groups.map(({ state }) => state)).toEqual(groups.map(() => 'done'));
    const inGroups = groups.flatMap(({ steps }) => steps).filter(({ state }) => state === 'done');
    expect(inGroups).toHaveLength(progress.compliant);
  });

  it('shows beside a judgement what is worth knowing about it', async () => {
    const { steps } = (await Desk.open(dataWorld(), dataSetup())).show();
    expect(steps['rbac-search-blob-reader']?.notes[0]).toMatch(/^The documents disagree: /);
  });

  it('ends with the proof: nothing before the first verification, then each position with its count', async () => {
    const desk = await Desk.open(hardenedWorld());
    expect(desk.show().proof).toMatchObject({ state: 'todo', rows: [] });
    await desk.active.verify(new AbortController().signal);
    const { proof, verification } = desk.show();
    const positions = new Set(verification?.rows.map(({ position }) => position));
    expect(proof.rows.map(({ position }) => position)).toEqual([...positions]);
    expect(proof.count).toBe(`${verification?.rows.length ?? 0} of ${verification?.rows.length ?? 0}`);
    expect(proof.state).toBe('done');
  });

  it('rises its revision with every state, so that an older one can be told', async () => {
    const desk = await Desk.open(exposedWorld());
    expect(desk.show().revision).toBeLessThan(desk.show().revision);
  });
});
