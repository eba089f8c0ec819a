import { describe, expect, it } from 'vitest';
import type { ScenarioId } from '../../../src/core/setup/scenarios';
import type { Setup } from '../../../src/core/setup/setup';
import type { NetworkPicture, PictureHop } from '../../../src/protocol/networkPicture';
import { allRoles, withProposals } from '../../../src/vscode/setups/proposeRoles';
import { skipStep } from '../../../src/vscode/wizard/form/setupEdits';
import { DATA, ID } from '../support/ids';
import { inventoryOf } from '../support/reading';
import { provider } from '../support/resources';
import { setup } from '../support/setups';
import type { World } from '../support/world';
import { exposedWorld } from '../support/worlds';
import { Desk } from './support';

const NAMESPACES = [
  'ApiManagement',
  'ManagedIdentity',
  'KeyVault',
  'OperationalInsights',
  'Insights',
  'PolicyInsights',
  'Security',
  'Search',
  'Storage',
];

/** The exposed account, in a subscription that takes gateways. */
function openWorld(): World {
  return exposedWorld(
    { id: ID.subscription, tenantId: DATA.tenant },
    ...NAMESPACES.map((namespace) => provider(`Microsoft.${namespace}`)),
  );
}

const inventory = inventoryOf(openWorld());

function proposed(...scenarios: readonly ScenarioId[]): Setup {
  return withProposals(setup({ scenarios, roles: {} }), inventory, allRoles(scenarios));
}

async function drawn(given: Setup): Promise<NetworkPicture> {
  const { network } = (await Desk.open(openWorld(), given)).show();
  if (network === null) throw new Error('There is no picture.');
  return network;
}

/** "agw → apim", with the state. */
function hopsOf({ virtualNetwork, hops }: NetworkPicture): readonly (readonly [string, PictureHop['state']])[] {
  const nameAt = ({ subnet, item }: PictureHop['from']) => virtualNetwork.subnets[subnet]?.items[item]?.label;
  return hops.map(({ from, to, state }) => [`${nameAt(from)} → ${nameAt(to)}`, state]);
}

describe('the picture of a gateway in front', () => {
  it('leads callers outside through both gateways to the endpoint of Azure OpenAI', async () => {
    const picture = await drawn(proposed('api-gateway'));
    const names = picture.virtualNetwork.subnets.map(({ label, items }) => [label, ...items.map((item) => item.label)]);
    expect(names.at(-3)).toEqual(['snet-appgw', 'agw-vnet-contoso']);
    expect(names.at(-2)).toEqual(['snet-apim', 'apim-ringfence-111111']);
    expect(hopsOf(picture).map(([way]) => way)).toEqual([
      'agw-vnet-contoso → apim-ringfence-111111',
      'apim-ringfence-111111 → pe-contoso-openai',
    ]);
    const [outside] = picture.callers;
    expect(outside).toMatchObject({ label: 'Callers outside', note: 'internet' });
    expect(picture.virtualNetwork.subnets[outside?.subnet ?? -1]?.label).toBe('snet-appgw');
  });

  it('draws nothing as if it were there before it is, and says the same in sentences', async () => {
    const picture = await drawn(proposed('api-gateway'));
    expect(hopsOf(picture).filter(([, state]) => state === 'present')).toEqual([]);
    expect(picture.callers[0]?.way.state).not.toBe('present');
    expect(picture.facts).toContain('agw-vnet-contoso is to pass calls on to apim-ringfence-111111.');
    expect(picture.facts.join('\n')).not.toContain('agw-vnet-contoso passes calls on');
  });

  it('does not know of a way whose steps were skipped', async () => {
    const picture = await drawn(skipStep(proposed('api-gateway'), 'appgw-health-probe', 'later'));
    expect(hopsOf(picture)[0]?.[1]).toBe('unknown');
  });

  it('says before a run begins that it takes as long as API Management takes, and what costs money', async () => {
    const { plan } = (await Desk.open(openWorld(), proposed('api-gateway'))).show();
    expect(plan?.blocked).toEqual([]);
    expect(plan?.summary).toMatch(/about (4\d|[5-9]\d|1\d\d) min|hour/);
    const cost = plan?.confirmations.find(({ id }) => id === 'cost');
    expect(cost?.notes.join(' ')).toMatch(/API Management/);
    expect(cost?.notes.join(' ')).toMatch(/gateway/);
  });

  it('shows the name that callers use', async () => {
    const named = proposed('api-gateway');
    const options = { ...named.options, gatewayHostName: 'openai.contoso.com' };
    expect((await drawn({ ...named, options })).callers[0]?.note).toBe('openai.contoso.com');
  });

  it('names for every part steps that the checklist has', async () => {
    const desk = await Desk.open(openWorld(), proposed('api-gateway'));
    const { network, steps } = desk.show();
    const parts =
      network === null
        ? []
        : [
            ...network.hops,
            ...network.callers.map(({ way }) => way),
            ...network.virtualNetwork.subnets.flatMap(({ items }) => items),
          ];
    expect(parts.length).toBeGreaterThanOrEqual(6);
    for (const part of parts) {
      expect(part.steps.length).toBeGreaterThan(0);
      expect(part.steps.filter((step) => steps[step] === undefined)).toEqual([]);
    }
  });

  it('is there for AI Search without Azure OpenAI as well', async () => {
    const candidate = proposed('ai-search');
    const { openAi: _account, ...roles } = candidate.roles;
    const picture = await drawn({ ...candidate, roles });
    expect(picture.services.map(({ label }) => label)).toEqual(['srch-ringfence-111111']);
    expect(picture.hops).toEqual([]);
  });
});
