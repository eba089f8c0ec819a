import { afterEach, describe, expect, it } from 'vitest';
import { summarize } from '../../src/core/evaluate/finding';
import {
  account,
  accountId,
  networkId,
  REGISTERED,
  resourceGroup,
  virtualNetwork,
} from '../../src/sandbox/worlds/builders';
import type { WorldSeed } from '../../src/sandbox/worlds/seed';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const opened: SandboxSession[] = [];

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

/** An account in one region and a network in another, with nothing between them. */
function estate(settings: Parameters<typeof account>[1]): WorldSeed {
  return {
    name: 'estate',
    registered: REGISTERED,
    steps: [
      resourceGroup('rg-ai', 'eastus'),
      resourceGroup('rg-net', 'japaneast'),
      account(accountId('rg-ai', 'contoso'), settings),
      virtualNetwork(networkId('rg-net', 'vnet'), 'japaneast', '10.8.0.0/16', { clients: '10.8.0.0/24' }),
    ],
  };
}

async function applied(seed: WorldSeed): Promise<SandboxSession> {
  const opening = await openSandboxSession({ world: seed });
  opened.push(opening);
  await opening.session.refresh(signal);
  const { plan } = opening.session.state;
  expect(plan.blocked).toEqual([]);
  const run = await opening.session.apply(plan.changes, { signal, acceptLosingAccess: false });
  expect(run.changes.flatMap(({ change, error }) => (error ? [{ id: change.id, error }] : []))).toEqual([]);
  return opening;
}

describe('other estates than those of the worlds', () => {
  it('an AIServices account gets three zones, three links and three names that resolve privately', async () => {
    const { session } = await applied(estate({ kind: 'AIServices', properties: { customSubDomainName: 'contoso' } }));
    expect(summarize(session.state.findings)).toMatchObject({ nonCompliant: 0, unknown: 0 });
    const results = await session.verify(signal);
    expect(new Set(results.map(({ host }) => host)).size).toBe(3);
    expect(results.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(new Set(session.privateHosts().map(({ address }) => address)).size).toBe(3);
  });

  it('an account without a name of its own gets one, which stays when all else is taken back', async () => {
    const { session } = await applied(estate({}));
    expect(summarize(session.state.findings)).toMatchObject({ nonCompliant: 0, unknown: 0 });
    const [record] = await session.runs();
    const plan = await session.planUndo(record?.header.runId ?? '');
    expect(plan?.kept.map(({ resource }) => resource)).toEqual([accountId('rg-ai', 'contoso')]);
    if (!plan) throw new Error('there is nothing to undo');
    expect((await session.undo(record?.header.runId ?? '', plan, { signal })).outcome).toBe('succeeded');
    const open = session.state.findings.filter(({ status }) => status === 'nonCompliant').map(({ step }) => step);
    expect(open).toContain('aoai-public-access-disabled');
    expect(open).not.toContain('aoai-custom-subdomain');
  });

  it('the private endpoint is made where the network is, not where the account is', async () => {
    const { session } = await applied(estate({ properties: { customSubDomainName: 'contoso' } }));
    const endpoint = session.state.snapshot.list('microsoft.network/privateendpoints');
    expect(endpoint).toMatchObject({ state: 'listed', resources: [{ location: 'japaneast' }] });
  });
});
