import { afterEach, describe, expect, it } from 'vitest';
import { summarize } from '../../src/core/evaluate/finding';
import type { Json, JsonObject } from '../../src/core/resources/json';
import { containsPart } from '../../src/core/resources/wireEquality';
import { isJsonObject } from '../../src/core/resources/json';
import type { Exchange } from '../../src/sandbox/http/exchange';
import type { WorldName } from '../../src/sandbox/worlds/worlds';
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

async function applyAll({ session }: SandboxSession): Promise<void> {
  await session.refresh(signal);
  const run = await session.apply(session.state.plan.changes, { signal, acceptLosingAccess: false });
  const failures = run.changes.flatMap(({ change, error, status }) =>
    status === 'succeeded' ? [] : [{ id: change.id, status, error }],
  );
  expect(failures).toEqual([]);
  expect(run.outcome).toBe('succeeded');
}

/** What changes with every write, whatever is written. */
const VOLATILE = new Set([
  'etag',
  'systemData',
  'resourceGuid',
  'deletionDate',
  'scheduledPurgeDate',
  'dateCreated',
  'internalId',
]);

function stable(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => stable(item) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (VOLATILE.has(name) ? [] : [[name, stable(item)]])),
  );
}

describe.each(['empty', 'exposed', 'half', 'hardened'] satisfies WorldName[])('in the world “%s”', (world) => {
  it('applying makes every step compliant, leaves nothing to plan, and the measurements agree', async () => {
    const opening = await open(world);
    await applyAll(opening);
    const { session } = opening;
    expect(summarize(session.state.findings)).toMatchObject({ nonCompliant: 0, unknown: 0, manual: 0 });
    expect(session.state.findings.filter(({ status }) => status === 'compliant').length).toBeGreaterThan(10);
    expect(session.state.plan).toEqual({ changes: [], blocked: [] });
    const results = await session.verify(signal);
    expect(results.map(({ id, verdict }) => `${id}: ${verdict}`)).toEqual([
      expect.stringMatching(/^internet-refused\/.*: pass$/),
      expect.stringMatching(/^resolves\/virtualNetwork\/.*: pass$/),
      expect.stringMatching(/^answers\/virtualNetwork\/.*: pass$/),
    ]);
  });

  it('undoing brings every property back and deletes only what the run created', async () => {
    const opening = await open(world);
    const before = (await opening.state()) as JsonObject;
    await applyAll(opening);
    const { session } = opening;
    const [record] = await session.runs();
    const plan = await session.planUndo(record?.header.runId ?? '');
    if (!plan) throw new Error('there is nothing to undo');
    const run = await session.undo(record?.header.runId ?? '', plan, { signal });
    expect(run.outcome).toBe('succeeded');
    const after = (await opening.state()) as JsonObject;
    const kept = new Set(plan.kept.map(({ resource }) => resource.toLowerCase()));
    expect(differences(before, after, kept)).toEqual(world === 'half' ? APPROVED_FOR_GOOD : []);
  });
});

/** What an approval that stays brings with it on both sides of the connection. */
const APPROVED_FOR_GOOD = [
  expect.stringMatching(/accounts\/contoso-openai$/),
  expect.stringMatching(/privateEndpoints\/pe-contoso-openai$/),
];

/** Ids of resources that differ in more than what changes with every write. */
function differences(before: JsonObject, after: JsonObject, kept: ReadonlySet<string>): readonly string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return ids.filter((id) => {
    if (kept.has(id.toLowerCase()) || /\/deletedAccounts\//i.test(id)) return false;
    return JSON.stringify(stable(before[id])) !== JSON.stringify(stable(after[id]));
  });
}

describe('safety', () => {
  it('public access is never off, nor denied by default, while the private path does not answer', async () => {
    const exchanges: Exchange[] = [];
    const opening = await open('exposed', undefined, undefined, (exchange) => exchanges.push(exchange));
    await applyAll(opening);
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
    const opening = await open('exposed');
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
    const opening = await open('hardened');
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
    const opening = await open('exposed', (setup) => ({
      ...setup,
      options: { ...setup.options, publicAccess: 'selectedNetworks', allowedAddresses: ['203.0.113.77'] },
    }));
    await applyAll(opening);
    expect(summaryOf(opening, 'aoai-ip-allowlist')).toBe('compliant');
    expect(summaryOf(opening, 'aoai-public-access-disabled')).toBe('notApplicable');
    const [internet] = await opening.session.verify(signal);
    expect(internet?.verdict).toBe('pass');
  });

  it('keeping keys is respected', async () => {
    const opening = await open('exposed', (setup) => ({ ...setup, options: { ...setup.options, apiKeys: 'keep' } }));
    await applyAll(opening);
    expect(summaryOf(opening, 'aoai-disable-local-auth')).toBe('notApplicable');
  });
});
