import { afterEach, describe, expect, it } from 'vitest';
import { containsPart } from '../../src/core/resources/wireEquality';
import type { Exchange } from '../../src/sandbox/http/exchange';
import type { WorldName } from '../../src/sandbox/worlds/worlds';
import { differences } from './support/differences';
import { applyAll, expectAllCompliant, undoLast, verdicts } from './support/journey';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const opened: SandboxSession[] = [];

async function open(...options: Parameters<typeof openSandboxSession>): Promise<SandboxSession> {
  const session = await openSandboxSession(...options);
  opened.push(session);
  return session;
}

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

describe.each(['empty', 'exposed', 'half', 'hardened'] satisfies WorldName[])('in the world “%s”', (world) => {
  it('applying makes every step compliant, leaves nothing to plan, and the measurements agree', async () => {
    const opening = await open({ world });
    await applyAll(opening.session);
    const { session } = opening;
    expectAllCompliant(session);
    expect(session.state.findings.filter(({ status }) => status === 'compliant').length).toBeGreaterThan(10);
    expect(verdicts(await session.verify(signal))).toEqual([
      'internet-refused/openAi: pass',
      'resolves/virtualNetwork/openAi: pass',
      'answers/virtualNetwork/openAi: pass',
    ]);
  });

  it('undoing brings every property back and deletes only what the run created', async () => {
    const opening = await open({ world });
    const before = await opening.state();
    await applyAll(opening.session);
    await undoLast(opening.session);
    expect(differences(before, await opening.state())).toEqual(LEFT_BEHIND[world]);
  });
});

/** All that differs from the world before: what Azure cannot take back. */
const LEFT_BEHIND: Readonly<Record<WorldName, readonly unknown[]>> = {
  empty: [
    expect.stringMatching(/^Microsoft\.CognitiveServices › registrationState:/),
    expect.stringMatching(/deletedAccounts\/oai-ringfence-[0-9a-f]+: added$/),
    expect.stringMatching(/^Microsoft\.Network › registrationState:/),
  ],
  exposed: [],
  // An approved connection cannot go back to waiting, and both sides show it.
  half: [
    expect.stringMatching(
      /accounts\/contoso-openai › properties\.privateEndpointConnections\..*"Pending" → "Approved"$/,
    ),
    expect.stringMatching(/privateEndpointConnections\/pe-contoso-openai\.[0-9a-f-]+ › .*"Pending" → "Approved"$/),
    expect.stringMatching(/privateEndpoints\/pe-contoso-openai › .*"Pending" → "Approved"$/),
    expect.stringMatching(/privateEndpoints\/pe-contoso-openai › properties\.customDnsConfigs/),
  ],
  hardened: [],
};

describe('safety', () => {
  it('public access is never off, nor denied by default, while the private path does not answer', async () => {
    const exchanges: Exchange[] = [];
    const opening = await open({ world: 'exposed', onExchange: (exchange) => exchanges.push(exchange) });
    await applyAll(opening.session);
    const closing = exchanges.findIndex(
      ({ method, requestBody }) =>
        method === 'PATCH' &&
        (containsPart(requestBody, { properties: { publicNetworkAccess: 'Disabled' } }) ||
          containsPart(requestBody, {
            properties: { networkAcls: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] } },
          })),
    );
    const needed = [
      '/subnets/snet-private-endpoints',
      '/privateEndpoints/pe-contoso-openai',
      '/privateDnsZoneGroups/default',
      '/virtualNetworkLinks/',
    ];
    for (const part of needed) {
      const written = exchanges.findIndex(({ method, url }) => method === 'PUT' && url.includes(part));
      expect(written, part).toBeGreaterThanOrEqual(0);
      expect(written, part).toBeLessThan(closing);
    }
    const answersBefore = exchanges
      .slice(0, closing)
      .filter(({ method }) => method === 'GET')
      .map(({ url, responseBody }) => `${url} ${JSON.stringify(responseBody ?? null)}`);
    const shown = (url: RegExp, content: RegExp): boolean =>
      answersBefore.some((answer) => url.test(answer) && content.test(answer));
    expect(shown(/accounts\/contoso-openai\?/, /"status":"Approved"/)).toBe(true);
    expect(shown(/virtualNetworkLinks\//, /"virtualNetworkLinkState":"Completed"/)).toBe(true);
    expect(shown(/privateDnsZones\/[^/]+\/A\//, /"ipv4Address":"10\.3\.1\.4"/)).toBe(true);
  });

  it('a client that cannot reach the endpoint keeps the public way in open, unless losing access is accepted', async () => {
    const opening = await open({ world: 'exposed' });
    const { session, connection } = opening;
    await session.refresh(signal);
    const measure = connection.probes.measure.bind(connection.probes);
    connection.probes.measure = async (host, position, abort) => {
      const { https: _unreachable, ...rest } = await measure(host, position, abort);
      return { ...rest, https: { address: rest.addresses[0] ?? '', error: 'ETIMEDOUT' } };
    };
    const run = await session.apply(session.state.plan.changes, { signal, acceptLosingAccess: false });
    expect(run.outcome).toBe('partial');
    const refused = run.changes.filter(({ error }) => error?.code === 'GuardNotMet').map(({ change }) => change.step);
    expect(refused).toContain('aoai-network-default-deny');
    expect(summaryOf(opening, 'aoai-public-access-disabled')).toBe('nonCompliant');
    await session.apply(session.state.plan.changes, { signal, acceptLosingAccess: true });
    expect(summaryOf(opening, 'aoai-public-access-disabled')).toBe('compliant');
  });

  it('a 403 on a read is unknown and never green, and what needs it is not planned', async () => {
    const opening = await open({ world: 'hardened' });
    const zone = Object.keys(await opening.state()).find((id) => /privateDnsZones\/[^/]+$/i.test(id)) ?? '';
    await opening.deny('Microsoft.Network/privateDnsZones/*', zone.slice(0, zone.indexOf('/providers/')));
    await opening.deny('Microsoft.CognitiveServices/accounts/read', zone.slice(0, zone.indexOf('/resourceGroups/')));
    await opening.session.refresh(signal);
    const { findings, plan } = opening.session.state;
    const account = findings.filter(({ step }) => step.startsWith('aoai-') && step !== 'aoai-ip-allowlist');
    expect(account.map(({ status }) => status)).toEqual(account.map(() => 'unknown'));
    expect(account.every(({ reason }) => reason !== undefined)).toBe(true);
    expect(plan.changes.filter(({ step }) => step.startsWith('aoai-'))).toEqual([]);
  });
});

function summaryOf({ session }: SandboxSession, step: string): string | undefined {
  return session.state.findings.find((finding) => finding.step === step)?.status;
}

describe('alternatives', () => {
  it('selected networks leaves the account open to the listed addresses only', async () => {
    const opening = await open({
      world: 'exposed',
      change: (setup) => ({
        ...setup,
        options: { ...setup.options, publicAccess: 'selectedNetworks', allowedAddresses: ['203.0.113.77'] },
      }),
    });
    await applyAll(opening.session);
    expect(summaryOf(opening, 'aoai-ip-allowlist')).toBe('compliant');
    expect(summaryOf(opening, 'aoai-public-access-disabled')).toBe('notApplicable');
    const [internet] = await opening.session.verify(signal);
    expect(internet?.verdict).toBe('pass');
  });

  it('keeping keys is respected', async () => {
    const opening = await open({
      world: 'exposed',
      change: (setup) => ({ ...setup, options: { ...setup.options, apiKeys: 'keep' } }),
    });
    await applyAll(opening.session);
    expect(summaryOf(opening, 'aoai-disable-local-auth')).toBe('notApplicable');
  });
});
