import { describe, expect, it } from 'vitest';
import { PreflightRefusal, type PreflightFinding, type PreflightKind } from '../../src/core/preflight/report';
import type { JsonObject } from '../../src/core/resources/json';
import type { Setup } from '../../src/core/setup/setup';
import { renderText } from '../../src/core/text';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { account, accountId, groupId, put } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, EXPOSED, NETWORK, NETWORK_GROUP, OPENAI, SEARCH } from '../../src/sandbox/worlds/exposed';
import type { SeedStep, WorldSeed } from '../../src/sandbox/worlds/seed';
import { NOTHING } from './removals/estates';
import { ByHand } from './support/byHand';
import { applyAll } from './support/journey';
import { openSandboxSession, signal, type SandboxSession, type SandboxSessionOptions } from './support/sandboxSession';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const GO = { signal, acceptLosingAccess: false } as const;
const SEARCH_CLOSED = 'ee980b6d-0eca-4501-8d54-f6290fd512c3';

const lock = (scope: string, level: string): SeedStep =>
  put(`${scope}/providers/Microsoft.Authorization/locks/keep`, { properties: { level } });
const assigned = (scope: string, definition: string, effect: string): SeedStep =>
  put(`${scope}/providers/Microsoft.Authorization/policyAssignments/fence`, {
    properties: {
      policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${definition}`,
      parameters: { effect: { value: effect } },
    },
  });
const exposedWith = (...steps: readonly SeedStep[]): WorldSeed => ({ ...EXPOSED, steps: [...EXPOSED.steps, ...steps] });
const rolesChanged = (change: (roles: Setup['roles']) => Setup['roles']) => (setup: Setup) => ({
  ...setup,
  roles: change(setup.roles),
});

/** Opens, reads, and looks at the plan. */
async function look(
  options: SandboxSessionOptions,
  use: (opening: SandboxSession, findings: readonly PreflightFinding[]) => Promise<void> | void,
): Promise<void> {
  const opening = await openSandboxSession(options);
  await opening.session.refresh(signal);
  const { findings } = await opening.session.preflight(opening.session.state.plan.changes, signal);
  await use(opening, findings);
  await opening.close();
}

function blocking(findings: readonly PreflightFinding[], kind: PreflightKind): readonly PreflightFinding[] {
  expect(findings.filter(({ verdict }) => verdict !== 'blocks')).toEqual([]);
  expect(new Set(findings.map((finding) => finding.kind))).toEqual(new Set([kind]));
  return findings;
}

/** Goes on in spite of what is said, and finds that Azure refuses just those changes, or what needs them. */
async function expectRefused({ session }: SandboxSession, findings: readonly PreflightFinding[]): Promise<void> {
  const { changes } = session.state.plan;
  await expect(session.apply(changes, GO)).rejects.toThrow(PreflightRefusal);
  const run = await session.apply(changes, { ...GO, despitePreflight: true });
  const named = findings.flatMap((finding) => finding.changes);
  const ended = run.changes.map(({ change, status }) => [change.id, status] as const);
  expect(ended.filter(([id, status]) => status === 'failed' && !named.includes(id))).toEqual([]);
  expect(ended.filter(([id, status]) => named.includes(id) && ['succeeded', 'unchanged'].includes(status))).toEqual([]);
  expect(run.changes.some(({ status }) => status === 'failed')).toBe(true);
}

describe('before the first write', () => {
  it.each(['exposed', 'empty', 'half'] as const)('nothing is in the way in the world “%s”', (world) =>
    look({ world, scenario: 'on-your-data' }, (_, findings) => expect(findings).toEqual([])),
  );

  it('a lock against changes is named, and stops just what it is said to stop', () =>
    look({ world: exposedWith(lock(groupId(NETWORK_GROUP), 'ReadOnly')) }, async (opening, findings) => {
      const [finding] = blocking(findings, 'lock');
      expect(finding?.resource).toBe(`${groupId(NETWORK_GROUP)}/providers/Microsoft.Authorization/locks/keep`);
      await expectRefused(opening, findings);
    }));

  it('a lock against deletion is in nobody’s way but that of an undo', () =>
    look({ world: 'exposed' }, async ({ session, sandbox, connection }) => {
      await applyAll(session);
      const id = `${NETWORK}/providers/Microsoft.Authorization/locks/keep`;
      await new ByHand(sandbox, connection).put(id, { properties: { level: 'CanNotDelete' } });
      const [record] = await session.runs();
      const plan = await session.planUndo(record?.header.runId ?? '');
      if (!plan) throw new Error('There is nothing to undo.');
      const { findings } = await session.preflight(plan.changes, signal);
      expect(blocking(findings, 'lock').map(({ resource }) => resource)).toEqual([id]);
      await expect(session.undo(record?.header.runId ?? '', plan, { signal })).rejects.toThrow(PreflightRefusal);
    }));

  it('a policy that denies is named, and denies just what it is said to deny', () =>
    look(
      { world: exposedWith(assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Deny')), scenario: 'ai-search' },
      async (opening, findings) => {
        const [finding] = blocking(findings, 'policy');
        expect(finding?.resource).toBe(`${SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/fence`);
        expect(finding?.detail).toContain(SEARCH_CLOSED);
        const changes = opening.session.state.plan.changes.filter(({ id }) => finding?.changes.includes(id));
        expect(new Set(changes.map(({ resource }) => resource))).toEqual(new Set([SEARCH]));
        await expectRefused(opening, findings);
      },
    ));

  it('policies that only audit deny nothing', () =>
    look({ world: exposedWith(assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Audit')), scenario: 'ai-search' }, (_, findings) =>
      expect(findings).toEqual([]),
    ));

  it('what may not be asked is unknown once, and stops nobody', async () => {
    const opening = await openSandboxSession({
      world: exposedWith(assigned(SUBSCRIPTION, SEARCH_CLOSED, 'Audit')),
      scenario: 'on-your-data',
    });
    await opening.session.refresh(signal);
    for (const action of ['checkPolicyRestrictions/read', 'policyAssignments/read', 'locks/read']) {
      await opening.deny(`*/${action}`, SUBSCRIPTION);
    }
    const { findings } = await opening.session.preflight(opening.session.state.plan.changes, signal);
    expect(findings.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['lock', 'unknown'],
      ['policy', 'unknown'],
    ]);
    await opening.close();
  });

  it('a provider that nobody registers is named', () => {
    const registered = EXPOSED.registered.filter((namespace) => namespace !== 'Microsoft.Network');
    const change = (setup: Setup): Setup => ({ ...setup, skip: { 'resource-providers': 'somebody else does' } });
    return look({ world: 'exposed', change }, async ({ session, sandbox, connection }) => {
      expect(registered).not.toEqual(EXPOSED.registered);
      const { changes } = session.state.plan;
      await new ByHand(sandbox, connection).post(`${SUBSCRIPTION}/providers/Microsoft.Network`, 'unregister');
      const { findings } = await session.preflight(changes, signal);
      expect(blocking(findings, 'provider').map(({ resource }) => resource)).toEqual([
        `${SUBSCRIPTION}/providers/Microsoft.Network`,
      ]);
    });
  });

  it('a subdomain that a deleted account still has is named, and refused', () => {
    const other = accountId(AI_GROUP, 'somebody');
    const taken: JsonObject = { properties: { customSubDomainName: 'contoso-taken', publicNetworkAccess: 'Enabled' } };
    const wanted = accountId(AI_GROUP, 'contoso-taken');
    const change = rolesChanged((roles) => ({
      ...roles,
      openAi: { id: wanted, create: { location: 'eastus', kind: 'OpenAI' } },
    }));
    const world = exposedWith(account(other, taken));
    return look({ world, chosen: { openAi: OPENAI }, change }, async (opening, atFirst) => {
      expect(blocking(atFirst, 'name')).toHaveLength(1);
      await new ByHand(opening.sandbox, opening.connection).delete(other);
      const { findings } = await opening.session.preflight(opening.session.state.plan.changes, signal);
      expect(blocking(findings, 'name').map(({ resource }) => resource)).toEqual([wanted]);
      await expectRefused(opening, findings);
    });
  });

  it('a region that has no room is named, and refused', () =>
    look(
      { world: { ...EXPOSED, limits: { PublicIPAddresses: 0 } }, scenario: 'on-your-data' },
      async (opening, found) => {
        expect(blocking(found, 'quota').flatMap(({ changes }) => changes)).toEqual([
          'vpn-public-ip/pip-vpngw-vnet-app',
        ]);
        await expectRefused(opening, found);
      },
    ));

  it('a region that there is not is named', () => {
    const change = (setup: Setup): Setup => {
      const { virtualNetwork } = setup.roles;
      if (!virtualNetwork?.create) throw new Error('The network is to be created.');
      const create = { ...virtualNetwork.create, location: 'atlantis' };
      return { ...setup, roles: { ...setup.roles, virtualNetwork: { ...virtualNetwork, create } } };
    };
    return look({ ...NOTHING, scenario: 'private-access', change }, (_, findings) => {
      const [finding] = findings.filter(({ kind }) => kind === 'location');
      expect(finding && renderText(finding.title)).toBe(
        'Azure does not offer Microsoft.Network/virtualNetworks in atlantis.',
      );
    });
  });

  it('a range that lies over another subnet is named, and refused', () => {
    const change = rolesChanged((roles) => {
      const subnet = roles.privateEndpointSubnet;
      if (!subnet) throw new Error('There is no subnet.');
      return { ...roles, privateEndpointSubnet: { ...subnet, create: { addressPrefix: '10.3.0.64/27' } } };
    });
    return look({ world: 'exposed', change }, async (opening, findings) => {
      const [finding] = blocking(findings, 'address');
      expect(finding && renderText(finding.title)).toMatch(
        /10\.3\.0\.64\/27 of .* lies over 10\.3\.0\.0\/24 of snet-clients/,
      );
      await expectRefused(opening, findings);
    });
  });

  it('what blocks does not change while it is looked at: nothing is written, and it says the same again', () =>
    look({ world: exposedWith(lock(OPENAI, 'ReadOnly')) }, async ({ session, state }, findings) => {
      const before = await state();
      const again = await session.preflight(session.state.plan.changes, signal);
      expect(again.findings).toEqual(findings);
      expect(await state()).toEqual(before);
    }));
});
