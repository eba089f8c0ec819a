import { describe, expect, it } from 'vitest';
import { chooseRole, LEFT_OUT, setRoleField } from '../../../src/vscode/wizard/form/roleEdits';
import { skipStep } from '../../../src/vscode/wizard/form/setupEdits';
import { emptySetup } from '../../../src/vscode/setups/proposeRoles';
import { searchService } from '../support/dataResources';
import { dataWorld } from '../support/dataWorlds';
import { DATA, ID, SUBSCRIPTION } from '../support/ids';
import { dataSetup, setup } from '../support/setups';
import { exposedWorld, hardenedWorld } from '../support/worlds';
import { DANA, Desk } from './support';

describe('a setup in use', () => {
  it('fills in what the subscription has only one candidate for, and says that this is not saved', async () => {
    const empty = emptySetup({ cloud: 'public', subscription: SUBSCRIPTION });
    const { active } = await Desk.open(exposedWorld(), empty, undefined, empty);
    expect(active.state.candidate.roles.openAi).toEqual({ id: ID.account });
    expect(active.state.candidate.name).toBe('contoso-openai');
    expect(active.state.unsaved).toBe(true);
  });

  it('is read once when it is opened, also where somebody waits for it to be read', async () => {
    const { azure } = await Desk.open(exposedWorld());
    const desk = new Desk(exposedWorld());
    void desk.active.start();
    await desk.active.onceRead();
    expect(desk.active.state.session.checkedAt).toBeDefined();
    expect(desk.azure.asked).toHaveLength(azure.asked.length);
  });

  it('never changes a role that somebody has decided', async () => {
    const decided = setup({ roles: { resourceGroup: { id: ID.hubGroup } } });
    const { active } = await Desk.open(exposedWorld(), decided);
    expect(active.state.candidate.roles.resourceGroup).toEqual({ id: ID.hubGroup });
  });

  it('brings all that a new scenario needs, without overlap, and offers who is signed in as a developer', async () => {
    const { active } = await Desk.open(exposedWorld());
    active.toggleScenario('on-your-data', true);
    const { candidate, faults } = active.state;
    expect(faults).toEqual([]);
    expect(candidate.scenarios).toEqual(['private-access', 'on-your-data']);
    expect(Object.keys(candidate.roles).sort()).toEqual(Object.keys(dataSetup().roles).sort());
    expect(candidate.roles.openAi).toEqual({ id: ID.account });
    expect(candidate.options.developers).toEqual([DANA]);
    expect(candidate.options.vpnClientAddressPool).toBeDefined();
  });

  it('takes what is there for a scenario, where there is one of a kind', async () => {
    const { active } = await Desk.open(dataWorld(), setup());
    active.toggleScenario('on-your-data', true);
    expect(active.state.candidate.roles).toEqual(dataSetup().roles);
  });

  it('leaves a role open, and what depends on it, where several could be meant; all others it fills', async () => {
    const second = searchService({ id: `${DATA.search}2`, name: 'contoso-search2' });
    const { active } = await Desk.open(dataWorld(second), setup());
    active.toggleScenario('on-your-data', true);
    const { search, ...others } = dataSetup().roles;
    expect(search).toBeDefined();
    expect(active.state.candidate.roles).toEqual(others);
  });

  it('does not bring back what was left out', async () => {
    const { active } = await Desk.open(dataWorld(), dataSetup());
    active.edit((candidate, inventory) => chooseRole(candidate, 'webApp', LEFT_OUT, inventory));
    active.propose();
    await active.start();
    expect(active.state.candidate.roles.webApp).toBeUndefined();
    expect(active.state.candidate.roles.vpnGateway).toEqual({ id: DATA.gateway });
  });

  it('keeps an edit that is not valid in the form, and works on with the last valid setup', async () => {
    const { active } = await Desk.open(exposedWorld());
    active.edit((candidate, inventory) => chooseRole(candidate, 'privateEndpointSubnet', 'new', inventory));
    const before = active.state.session.setup;
    active.edit((candidate, inventory) =>
      setRoleField(candidate, 'privateEndpointSubnet', 'addressPrefix', 'nonsense', inventory),
    );
    expect(active.state.candidate.roles.privateEndpointSubnet?.create?.addressPrefix).toBe('nonsense');
    expect(active.state.faults.map(({ path }) => path.join('.'))).toContain(
      'roles.privateEndpointSubnet.create.addressPrefix',
    );
    expect(active.state.session.setup).toBe(before);
  });

  it('refuses a plan that it did not issue, and one that is no longer current', async () => {
    const { active } = await Desk.open(exposedWorld());
    const former = active.state.plans.all?.planId ?? '';
    active.edit((candidate) => skipStep(candidate, 'aoai-disable-local-auth', 'keys are needed until May'));
    expect(await active.apply('made-up', [])).toBe('outdated');
    expect(await active.apply(former, ['lockout', 'cost', 'irreversible'])).toBe('outdated');
  });

  it('refuses a plan whose confirmations are not all given', async () => {
    const { active, azure } = await Desk.open(exposedWorld());
    const planId = active.state.plans.all?.planId ?? '';
    expect(await active.apply(planId, ['cost'])).toBe('unconfirmed');
    expect(azure.writes()).toEqual([]);
  });

  it('applies everything, and then has nothing left to apply', async () => {
    const desk = await Desk.open(exposedWorld());
    await desk.applyAll();
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
    expect(desk.active.state.plans.all).toBeUndefined();
    expect(desk.active.state.pastRuns.map(({ outcome }) => outcome)).toEqual(['succeeded']);
  });

  it('asks for one more agreement after the private path was seen not to answer, and goes on with it', async () => {
    const desk = await Desk.open(exposedWorld());
    desk.probes.kinds = ['internet'];
    await desk.applyAll();
    const { session, plans } = desk.active.state;
    expect(session.run?.changes.some(({ error }) => error?.code === 'GuardNotMet')).toBe(true);
    expect(plans.all?.confirmations.map(({ id }) => id)).toContain('losingAccess');
    await desk.applyAll();
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
  });

  it('can be cancelled, reads again by itself, and can be continued', async () => {
    const desk = await Desk.open(exposedWorld());
    const stop = desk.active.onChange.add(() => {
      if (desk.active.state.session.run?.changes.some(({ status }) => status === 'succeeded'))
        desk.active.runs.cancel();
    });
    await desk.applyAll();
    stop();
    expect(desk.active.state.session.run?.outcome).toBe('cancelled');
    expect(desk.show().run?.choices.map(({ choice }) => choice)).toEqual(['resume', 'undo', 'abandon']);
    await desk.active.runs.resume('run-001');
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
  });

  it('takes a run back to what was before', async () => {
    const desk = await Desk.open(exposedWorld());
    const before = desk.show().progress.compliant;
    await desk.applyAll();
    const plan = await desk.active.runs.planUndo('run-001');
    expect(plan).toBeDefined();
    if (plan) await desk.active.runs.undo('run-001', plan);
    expect(desk.show().progress.compliant).toBe(before);
    expect(desk.show().can.undo).toBe(false);
  });

  it('takes over what the file says while nothing was typed, and keeps what was typed where something was', async () => {
    const { active } = await Desk.open(hardenedWorld());
    active.fileChanged(setup({ name: 'renamed' }));
    expect(active.state.candidate.name).toBe('renamed');
    active.edit((candidate) => skipStep(candidate, 'aoai-disable-local-auth', 'later'));
    active.fileChanged(setup({ name: 'renamed again' }));
    expect(active.state.candidate.name).toBe('renamed');
    expect(active.state.unsaved).toBe(true);
  });

  it('tells in its log what a run did, change by change', async () => {
    const desk = await Desk.open(exposedWorld());
    await desk.applyAll();
    const messages = desk.active.state.log.map(({ message }) => message.message);
    expect(messages[0]).toBe('Run {0} began.');
    expect(messages.at(-1)).toBe('Run {0} ended: {1}.');
    const { length } = desk.active.state.session.run?.changes ?? [];
    expect(messages.filter((message) => message === '{0} ({1}): done.')).toHaveLength(length);
  });
});
