import { describe, expect, it } from 'vitest';
import { resourceKey } from '../../../src/core/resources/resourceId';
import type { Snapshot } from '../../../src/core/resources/snapshot';
import { setup } from '../support/setups';
import { failingSteps, JudgementsAlone, resourceEntries, resourceRow } from '../../../src/vscode/tree/resourceModel';
import { countSteps, describeCounts } from '../../../src/vscode/stepCounts';
import { iconForCounts, STATE_ICONS } from '../../../src/vscode/tree/row';
import { groupRow, runRow, setupRow, stepRowsOf } from '../../../src/vscode/tree/setupModel';
import { groupFindings } from '../../../src/vscode/wizard/stepGroups';
import { dataWorld } from '../support/dataWorlds';
import { DATA, ID, inGroup } from '../support/ids';
import { inventoryOf } from '../support/reading';
import { exposedWorld, hardenedWorld } from '../support/worlds';
import { Desk, english } from '../wizard/support';

describe('the rows of the trees', () => {
  it('say each state in words as well as by icon and colour', async () => {
    const desk = await Desk.open(exposedWorld());
    const { findings, run } = desk.active.state.session;
    const rows = groupFindings(findings, run).flatMap((group) => [
      groupRow('key', group, english),
      ...stepRowsOf('key', group, desk.active.state, english),
    ]);
    expect(rows.length).toBeGreaterThan(findings.length);
    for (const row of rows) expect(row.spoken.length).toBeGreaterThan(row.label.length);
    const icons = Object.values(STATE_ICONS).map(({ icon }) => icon);
    expect(new Set(icons).size).toBe(icons.length);
  });

  it('never count what is unknown as failing, nor what does not apply at all', () => {
    const counts = countSteps(['done', 'todo', 'unknown', 'notApplicable']);
    expect(counts).toEqual({ total: 3, done: 1, unknown: 1, failing: 1, running: 0 });
    expect(english(describeCounts(counts))).toBe('1 of 3 · 1 unknown');
  });

  it('show a whole of which something is unknown as unknown, never as passed', () => {
    expect(iconForCounts(countSteps(['done', 'unknown']))).toBe(STATE_ICONS.unknown);
    expect(iconForCounts(countSteps(['done', 'done']))).toBe(STATE_ICONS.done);
    expect(iconForCounts(countSteps([]))).toBe(STATE_ICONS.unknown);
  });

  it('judge a resource by its setup where it is in one, and by itself where it is in none', async () => {
    const world = exposedWorld();
    const desk = await Desk.open(world);
    const alone = resourceEntries(inventoryOf(world), []);
    const inSetup = resourceEntries(inventoryOf(world), [{ ...desk.active.state, key: 'key' }]);
    const account = (entries: typeof alone) => entries.find(({ resource }) => resource.id === ID.account);
    expect(account(alone)?.setup).toBeUndefined();
    expect(account(alone)?.steps.some(({ state }) => state === 'todo')).toBe(true);
    expect(account(inSetup)?.setup).toBe('key');
  });

  it('show services, gateways and web apps with their steps, and nothing that does not apply where nobody chose', () => {
    const entries = resourceEntries(inventoryOf(dataWorld()), []);
    const ids = entries.map(({ resource }) => resource.id);
    expect(ids).toEqual(expect.arrayContaining([ID.account, DATA.search, DATA.storage, DATA.site, DATA.gateway]));
    const states = entries.flatMap(({ steps }) => steps.map(({ state }) => state));
    expect(states).not.toContain('notApplicable');
  });

  it('show gateways, API Management, key vaults and workspaces by what they are', () => {
    const types = [
      'Microsoft.ApiManagement/service',
      'Microsoft.Network/applicationGateways',
      'Microsoft.KeyVault/vaults',
      'Microsoft.OperationalInsights/workspaces',
    ];
    const known = types.map((type) => ({ id: inGroup('rg-contoso', type, 'some'), location: 'japaneast' }));
    const world = known.reduce((one, resource) => one.put(resource), exposedWorld());
    const entries = resourceEntries(inventoryOf(world), []);
    for (const [at, { id }] of known.entries()) {
      const entry = entries.find(({ resource }) => resource.id === id);
      expect(entry?.steps.length, id).toBeGreaterThan(0);
      expect(entry && resourceRow(entry, english).tooltip[0]).toBe(types[at]);
    }
  });

  it('stand in families, of which those that are done start folded and keep their names', async () => {
    const desk = await Desk.open(exposedWorld());
    const rowsNow = () => {
      const { findings, run } = desk.active.state.session;
      return groupFindings(findings, run).map((group) => groupRow('key', group, english));
    };
    const before = rowsNow();
    expect(before.find(({ id }) => id === 'setup/key/group/openAi')?.children).toBe('expanded');
    await desk.applyAll();
    expect(rowsNow().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(rowsNow().every(({ children }) => children === 'collapsed')).toBe(true);
  });

  it('put a subnet’s step under its virtual network', async () => {
    const world = exposedWorld();
    const desk = await Desk.open(world);
    const entries = resourceEntries(inventoryOf(world), [{ ...desk.active.state, key: 'key' }]);
    const network = entries.find(({ resource }) => resource.id === ID.network);
    expect(network?.steps.map(({ finding }) => finding.step)).toEqual(['vnet', 'subnet-private-endpoints']);
  });

  it('are judged alone once for a reading of the subscription, and anew after the next', () => {
    const alone = new JudgementsAlone();
    const stepsOf = (inventory: Snapshot) => resourceEntries(inventory, [], alone).map(({ steps }) => steps);
    const first = inventoryOf(dataWorld());
    const before = stepsOf(first);
    stepsOf(first).forEach((steps, at) => expect(steps).toBe(before[at]));
    stepsOf(inventoryOf(dataWorld())).forEach((steps, at) => expect(steps).not.toBe(before[at]));
  });

  it('have nothing failing where everything is done', async () => {
    const world = hardenedWorld();
    const desk = await Desk.open(world);
    const entries = resourceEntries(inventoryOf(world), [{ ...desk.active.state, key: 'key' }]);
    expect(failingSteps(entries)).toBe(0);
  });

  it('are known by the resource’s id in lower case, whatever casing Azure answers in', () => {
    const world = exposedWorld();
    const [entry] = resourceEntries(inventoryOf(world), []);
    expect(entry && resourceRow(entry, english).id).toBe(`resource/${resourceKey(ID.account)}`);
  });

  it('offer to take back a run that changed something, until somebody has', async () => {
    const desk = await Desk.open(exposedWorld());
    await desk.applyAll();
    const tokens = () => {
      const { pastRuns } = desk.active.state;
      const run = pastRuns.find(({ header }) => header.runId === 'run-001');
      return run ? runRow('key', run, pastRuns, 'now', false, english).tokens : [];
    };
    expect(tokens()).toContain('canUndo');
    const plan = await desk.active.runs.planUndo('run-001');
    if (plan) await desk.active.runs.undo('run-001', plan);
    expect(tokens()).not.toContain('canUndo');
  });

  it('say of a broken file that it is one, and of a setup that was not opened that it was not checked', () => {
    const broken = setupRow({ key: 'k', name: 'a/ringfence.json', valid: false, state: undefined }, english);
    expect(broken.tokens).toEqual(['ringfence.brokenSetup']);
    expect(broken.children).toBe('none');
    const closed = setupRow({ key: 'k', name: setup().name, valid: true, state: undefined }, english);
    expect(closed.spoken).toBe('contoso, not checked yet');
  });
});
