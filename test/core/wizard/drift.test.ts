import { describe, expect, it } from 'vitest';
import { unseenDeviations } from '../../../src/core/evaluate/deviations';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { resourceEntries, deviatingSteps } from '../../../src/vscode/tree/resourceModel';
import { Looks } from '../../../src/vscode/setups/looks';
import { DEVIATION_ICON } from '../../../src/vscode/tree/row';
import { chooseRole } from '../../../src/vscode/wizard/form/roleEdits';
import { marksOf, stepRow } from '../../../src/vscode/tree/stepRow';
import { ID } from '../support/ids';
import { inventoryOf } from '../support/reading';
import { hardenedAccount } from '../support/resources';
import { setup } from '../support/setups';
import { exposedWorld, hardenedWorld } from '../support/worlds';
import { Desk, english } from './support';

const OPENED = hardenedAccount({ properties: { publicNetworkAccess: 'Enabled' } });
const STEP = 'aoai-public-access-disabled';

const deviating = ({ active }: Desk): readonly string[] => unseenDeviations(active.state.watched);

/** Somebody opens the account to the internet behind our back, and it is looked at again. */
async function openedByHand(desk: Desk): Promise<void> {
  desk.world.put(OPENED);
  await desk.azure.clock.sleep(60_000);
  await desk.active.refresh(true);
}

describe('what is watched', () => {
  it('tells a step that somebody has changed by hand, until it is compliant again', async () => {
    const desk = await Desk.open(hardenedWorld());
    expect(deviating(desk)).toEqual([]);
    await openedByHand(desk);
    expect(deviating(desk)).toContain(STEP);
    const detail = desk.show().steps[STEP];
    expect(detail?.deviation?.isNew).toBe(true);
    expect(detail?.deviation?.sentence).toMatch(/^This was compliant, and is not any more/);
    expect(
      desk
        .show()
        .groups.flatMap(({ steps }) => steps)
        .find(({ step }) => step === STEP)?.note,
    ).toBe('changed');
    desk.world.put(hardenedAccount());
    await desk.active.refresh(true);
    expect(deviating(desk)).toEqual([]);
    expect(desk.show().steps[STEP]?.deviation).toBeNull();
  });

  it('stands in the trees by icon and in words, and counts for the badge', async () => {
    const desk = await Desk.open(hardenedWorld());
    await openedByHand(desk);
    const { state } = desk.active;
    const finding = state.session.findings.find(({ step }) => step === STEP);
    if (finding === undefined) throw new Error('The step is gone.');
    const row = stepRow({ finding, state: 'todo', ...marksOf(state, STEP) }, 'parent', english);
    expect(row).toMatchObject({ description: 'changed', icon: DEVIATION_ICON });
    expect(row.spoken).toContain('no longer compliant');
    const entries = resourceEntries(inventoryOf(desk.world), [{ ...state, key: 'key' }]);
    expect(deviatingSteps(entries)).toBe(deviating(desk).length);
  });

  it('is no longer new once somebody has looked at it, and says so still', async () => {
    const desk = await Desk.open(hardenedWorld());
    await openedByHand(desk);
    for (const step of deviating(desk)) desk.active.looked(step);
    expect(deviating(desk)).toEqual([]);
    expect(desk.show().steps[STEP]?.deviation?.isNew).toBe(false);
  });

  it('blames nobody for what our own runs have done, nor for what they did not come to', async () => {
    const desk = await Desk.open(exposedWorld());
    await desk.applyAll();
    const plan = await desk.active.runs.planUndo('run-001');
    if (plan) await desk.active.runs.undo('run-001', plan);
    expect(desk.active.state.session.run?.kind).toBe('undo');
    expect(deviating(desk)).toEqual([]);
  });

  it('blames nobody for what the user means by now', async () => {
    const desk = await Desk.open(hardenedWorld());
    const compliant = (): number => desk.show().progress.compliant;
    const before = compliant();
    desk.active.edit((candidate, inventory) => chooseRole(candidate, 'privateEndpointSubnet', 'new', inventory));
    await desk.active.refresh();
    expect(compliant()).toBeLessThan(before);
    expect(deviating(desk)).toEqual([]);
    await openedByHand(desk);
    expect(deviating(desk)).toContain(STEP);
  });

  it('takes nothing that cannot be read for a deviation', async () => {
    const desk = await Desk.open(hardenedWorld());
    desk.azure.denied.add(resourceKey(ID.account));
    await desk.active.refresh(true);
    expect(deviating(desk)).toEqual([]);
    desk.azure.denied.clear();
    await openedByHand(desk);
    expect(deviating(desk)).toContain(STEP);
  });

  it('notices in the next window what was changed while none was open, and tells again what nobody has seen', async () => {
    const before = await Desk.open(hardenedWorld());
    const later = new Desk(hardenedWorld('OpenAI', OPENED), setup(), undefined, setup(), before.look);
    await later.active.start();
    expect(deviating(later)).toContain(STEP);
    const last = new Desk(hardenedWorld('OpenAI', OPENED), setup(), undefined, setup(), later.look);
    await last.active.start();
    expect(deviating(last)).toContain(STEP);
    last.active.looked(STEP);
    const next = new Desk(hardenedWorld('OpenAI', OPENED), setup(), undefined, setup(), last.look);
    await next.active.start();
    expect(deviating(next)).not.toContain(STEP);
  });

  it('is kept under the file that a draft was saved to, where the next window looks for it', async () => {
    const { look } = await Desk.open(hardenedWorld());
    if (look === undefined) throw new Error('Nothing was kept.');
    const kept = new Map<string, unknown>();
    const memory = {
      keys: () => [...kept.keys()],
      get: <T>(name: string) => kept.get(name) as T,
      update: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)),
    };
    let key = 'draft:1';
    const ofDraft = new Looks(memory).of(() => key);
    key = 'file:///workspace/ringfence.json';
    ofDraft.keep(look);
    expect(new Looks(memory).of(() => key).recall()).toEqual(look);
  });

  it('compares nothing with the look at another world', async () => {
    const { look } = await Desk.open(hardenedWorld());
    const elsewhere = look && { ...look, world: 'http://127.0.0.1:1' };
    const desk = new Desk(hardenedWorld('OpenAI', OPENED), setup(), undefined, setup(), elsewhere);
    await desk.active.start();
    expect(deviating(desk)).toEqual([]);
  });

  it('reads without a sign of it, so that nobody waits for what nobody asked for', async () => {
    const desk = await Desk.open(hardenedWorld());
    const busy = new Set<string | null>();
    const stop = desk.active.onChange.add(() => busy.add(desk.show().busy));
    await desk.active.refresh(true);
    expect([...busy]).toEqual([null]);
    await desk.active.refresh();
    stop();
    expect(busy.size).toBeGreaterThan(1);
  });
});
