import { describe, expect, it } from 'vitest';
import { privateServicesTo } from '../../../src/core/steps/privateServices';
import { STEPS } from '../../../src/core/steps/registry';
import type { NetworkPicture, PictureCall } from '../../../src/protocol/networkPicture';
import { chooseRole, LEFT_OUT } from '../../../src/vscode/wizard/form/roleEdits';
import { skipStep } from '../../../src/vscode/wizard/form/setupEdits';
import {
  GATEWAY_STEPS,
  INTEGRATION_STEPS,
  OUTSIDE_STEPS,
  PUBLIC_STEPS,
  SERVICE_CALLS,
  SERVICE_ROLES,
  stepsOfEndpoint,
  stepsOfService,
  TO_API_MANAGEMENT_STEPS,
  TO_OPENAI_STEPS,
  VPN_STEPS,
  WEB_APP_ROLE_STEP,
} from '../../../src/vscode/wizard/picture/pictureSteps';
import { dataWorld } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { dataSetup, setup } from '../support/setups';
import type { World } from '../support/world';
import { exposedWorld } from '../support/worlds';
import { Desk } from './support';

async function drawn(world: World, given = dataSetup()): Promise<NetworkPicture> {
  const { network } = (await Desk.open(world, given)).show();
  if (network === null) throw new Error('There is no picture.');
  return network;
}

function itemsOf({ virtualNetwork }: NetworkPicture) {
  return virtualNetwork.subnets.flatMap(({ items }) => items);
}

/** "contoso-openai → contoso-search", with the state. */
function callsOf({ services, calls }: NetworkPicture): Readonly<Record<string, PictureCall['state']>> {
  return Object.fromEntries(
    calls.map(({ from, to, state }) => [`${services[from]?.label} → ${services[to]?.label}`, state]),
  );
}

describe('the picture of the network', () => {
  it('goes by steps that there are', () => {
    const named = [
      ...Object.values(PUBLIC_STEPS).flat(),
      ...SERVICE_CALLS.flatMap(({ steps }) => steps),
      ...SERVICE_ROLES.flatMap((role) => [
        ...stepsOfService(role),
        ...privateServicesTo(role).flatMap(stepsOfEndpoint),
      ]),
      ...VPN_STEPS,
      ...GATEWAY_STEPS,
      ...INTEGRATION_STEPS,
      ...OUTSIDE_STEPS,
      ...TO_API_MANAGEMENT_STEPS,
      ...TO_OPENAI_STEPS,
      WEB_APP_ROLE_STEP,
    ];
    const known = STEPS.map(({ id }) => id);
    expect(named.filter((step) => !known.includes(step))).toEqual([]);
  });

  it('draws the way from the internet as open before, and as closed with an endpoint after', async () => {
    const desk = await Desk.open(exposedWorld());
    const before = desk.show().network;
    expect(before?.services[0]?.reachable).toBe('open');
    expect(before && itemsOf(before)).toMatchObject([{ label: 'pe-contoso-openai', state: 'planned', service: 0 }]);
    await desk.applyAll();
    await desk.active.refresh();
    const after = desk.show().network;
    expect(after?.services[0]?.reachable).toBe('closed');
    expect(after && itemsOf(after)).toMatchObject([{ label: 'pe-contoso-openai', state: 'present', service: 0 }]);
    expect(after?.facts).toContain('The internet does not reach contoso-openai.');
  });

  it('fills in while a run goes on: what Azure has confirmed is there', async () => {
    const desk = await Desk.open(exposedWorld());
    const seen: (string | undefined)[] = [];
    const stop = desk.active.onChange.add(() => {
      const { network } = desk.show();
      seen.push(network === null ? undefined : itemsOf(network)[0]?.state);
    });
    await desk.applyAll();
    stop();
    expect([...new Set(seen)]).toEqual(['planned', 'present']);
    expect(desk.active.state.session.run?.outcome).toBe('succeeded');
  });

  it('has every service, endpoint, caller and permission of On Your Data, all there where all is done', async () => {
    const network = await drawn(dataWorld());
    expect(network.services.map(({ label, reachable }) => [label, reachable])).toEqual([
      ['contoso-openai', 'closed'],
      ['contoso-search', 'closed'],
      ['contosodata', 'closed'],
    ]);
    expect(network.callers.map(({ label, way }) => [label, way.state])).toEqual([
      ['Developers', 'present'],
      ['contoso-app', 'present'],
    ]);
    expect(callsOf(network)).toEqual({
      'contoso-openai → contoso-search': 'present',
      'contoso-search → contoso-openai': 'present',
      'contoso-search → contosodata': 'present',
      'contoso-openai → contosodata': 'present',
    });
    const inSubnets = network.virtualNetwork.subnets.flatMap(({ label, items }) =>
      items.map((item) => [label, item.label]),
    );
    expect(inSubnets).toEqual([
      ['GatewaySubnet', 'vpngw-contoso'],
      ['snet-endpoints', 'pe-contoso-openai'],
      ['snet-endpoints', 'pe-contoso-search'],
      ['snet-endpoints', 'pe-contosodata-blob'],
    ]);
  });

  it('tells every fact that it draws as a sentence as well', async () => {
    const network = await drawn(dataWorld());
    expect(network.facts).toEqual(
      expect.arrayContaining([
        'The internet does not reach contosodata.',
        'pe-contoso-search in snet-endpoints leads to contoso-search.',
        'Developers can come into vnet-contoso.',
        'contoso-openai may call contoso-search.',
        'contoso-app may call contoso-openai.',
      ]),
    );
  });

  it('draws a permission as planned while one of the roles or exceptions that it takes is missing', async () => {
    const world = dataWorld({
      ...(dataWorld().get(DATA.search) ?? { id: DATA.search }),
      properties: { ...properties(dataWorld(), DATA.search), networkRuleSet: { ipRules: [], bypass: 'None' } },
    });
    expect(callsOf(await drawn(world))).toMatchObject({
      'contoso-openai → contoso-search': 'planned',
      'contoso-search → contosodata': 'present',
    });
  });

  it('never draws as there what cannot be read, or what was skipped', async () => {
    const desk = new Desk(dataWorld(), dataSetup());
    desk.azure.denied.add(DATA.storage.toLowerCase());
    await desk.active.start();
    const network = desk.show().network;
    expect(network?.services[2]).toMatchObject({ label: 'contosodata', state: 'unknown', reachable: 'unknown' });
    expect(network && callsOf(network)).toMatchObject({ 'contoso-search → contosodata': 'unknown' });
    const skipped = skipStep(dataSetup(), 'rbac-search-blob-reader', 'given elsewhere');
    expect(callsOf(await drawn(dataWorld(), skipped))).toMatchObject({ 'contoso-search → contosodata': 'unknown' });
  });

  it('leaves out who is left out', async () => {
    const desk = await Desk.open(dataWorld(), dataSetup());
    desk.active.edit((candidate, inventory) => chooseRole(candidate, 'vpnGateway', LEFT_OUT, inventory));
    desk.active.edit((candidate, inventory) => chooseRole(candidate, 'webApp', LEFT_OUT, inventory));
    await desk.active.refresh();
    expect(desk.show().network?.callers).toEqual([]);
  });

  it('has only the account of a setup for private access, though others are in its file', async () => {
    const network = await drawn(dataWorld(), setup({ roles: dataSetup().roles }));
    expect(network.services.map(({ label }) => label)).toEqual(['contoso-openai']);
    expect(network.calls).toEqual([]);
  });

  it('leads from each part to steps of the checklist', async () => {
    const desk = await Desk.open(dataWorld(), dataSetup());
    const { network, steps } = desk.show();
    const parts =
      network === null ? [] : [network.virtualNetwork, ...itemsOf(network), ...network.services, ...network.calls];
    for (const part of parts) {
      expect(part.steps.length).toBeGreaterThan(0);
      expect(part.steps.filter((step) => steps[step] === undefined)).toEqual([]);
    }
    expect(network?.virtualNetwork.label).toBe(ID.network.split('/').at(-1));
  });
});

function properties(world: World, id: string): object {
  const value = world.get(id)?.['properties'];
  return typeof value === 'object' && value !== null ? value : {};
}
