import { afterEach, describe, expect, it } from 'vitest';
import { asObjects } from '../../src/core/resources/json';
import { readPath } from '../../src/core/resources/propertyPath';
import { resourceName } from '../../src/core/resources/resourceId';
import type { Setup, SetupOptions } from '../../src/core/setup/setup';
import { BUILT_IN_ROLE_IDS } from '../../src/core/steps/azureRoles';
import { DEVELOPERS_ID, PIPELINE_ID } from '../../src/sandbox/directory/people';
import { searchService } from '../../src/sandbox/worlds/builders';
import { EXPOSED, INDEX, OPENAI, SEARCH, STORAGE } from '../../src/sandbox/worlds/exposed';
import type { WorldSeed } from '../../src/sandbox/worlds/seed';
import { differences } from './support/differences';
import { applyAll, byService, expectAllCompliant, statuses, undoLast, verdicts } from './support/journey';
import { openSandboxSession, signal, type SandboxSession, type SandboxSessionOptions } from './support/sandboxSession';

const opened: SandboxSession[] = [];

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

async function open(options: Partial<SandboxSessionOptions> = {}): Promise<SandboxSession> {
  const opening = await openSandboxSession({ world: 'exposed', scenario: 'on-your-data', ...options });
  opened.push(opening);
  return opening;
}

const choosing =
  (options: Partial<SetupOptions>) =>
  (setup: Setup): Setup => ({ ...setup, options: { ...setup.options, ...options } });

/** Everything holds, and every probe passes but those that are named with their verdict. */
async function expectProved({ session }: SandboxSession, ...others: readonly string[]): Promise<void> {
  expectAllCompliant(session);
  expect(verdicts(await session.verify(signal)).filter((line) => !line.endsWith(': pass'))).toEqual(others);
}

/** Steps that do not apply here, of those that begin with one of these, by name. */
function notApplicable({ session }: SandboxSession, ...prefixes: readonly string[]): readonly string[] {
  return Object.entries(statuses(session))
    .filter(([step, status]) => status === 'notApplicable' && prefixes.some((prefix) => step.startsWith(prefix)))
    .map(([step]) => step)
    .sort();
}

/** The role assignments of a principal, as `role at scope`, each with its last name. */
async function rolesOf(opening: SandboxSession, principal: string): Promise<readonly string[]> {
  const assigned = asObjects(Object.values(await opening.state()).filter((resource) => resource !== undefined));
  return assigned
    .map(({ properties }) => properties)
    .filter((properties) => readPath(properties, 'principalId') === principal)
    .map((properties) => {
      const definition = resourceName(String(readPath(properties, 'roleDefinitionId')));
      const role = Object.entries(BUILT_IN_ROLE_IDS).find(([, id]) => id === definition)?.[0];
      return `${role ?? definition} at ${resourceName(String(readPath(properties, 'scope')))}`;
    })
    .sort();
}

/** What undoing leaves behind here in any case: Azure has no way to unset a property, so it says what its absence meant. */
const SAID_OUT_LOUD = [
  'Microsoft.Search/searchServices/contoso-search › identity: absent → {"type":"None"}',
  'Microsoft.Storage/storageAccounts/contosodocs › properties.publicNetworkAccess: absent → "Enabled"',
  'Microsoft.Storage/storageAccounts/contosodocs › properties.allowSharedKeyAccess: absent → true',
];
const BYPASS = 'Microsoft.CognitiveServices/accounts/contoso-openai › properties.networkAcls.bypass: absent → "None"';

describe('a shared private link', () => {
  /** The exposed world with a search service of a tier whose shared private links carry calls of skills. */
  const standard: WorldSeed = {
    ...EXPOSED,
    steps: EXPOSED.steps.map((step) =>
      step.kind === 'put' && step.id === SEARCH ? searchService(SEARCH, { tier: 'standard' }) : step,
    ),
  };

  it('carries the calls of Search in place of the exception for trusted services, and goes again', async () => {
    const opening = await open({ world: standard, change: choosing({ sharedPrivateLink: true }) });
    const before = await opening.state();
    await applyAll(opening.session);
    expect(statuses(opening.session)).toMatchObject({
      'search-shared-private-link': 'compliant',
      'search-spl-approval': 'compliant',
      'aoai-trusted-services': 'notApplicable',
    });
    const account = (await opening.state())[OPENAI];
    expect(readPath(account, 'properties.networkAcls.bypass') ?? 'None').toBe('None');
    await expectProved(opening);
    await undoLast(opening.session);
    expect(differences(before, await opening.state())).toEqual(SAID_OUT_LOUD);
  });

  it('is made and approved where everything is new', async () => {
    const withStandard = ({ roles: { search, ...roles }, ...setup }: Setup): Setup => ({
      ...setup,
      roles: { ...roles, search: search?.create && { ...search, create: { ...search.create, sku: 'standard' } } },
    });
    const change = (setup: Setup): Setup => choosing({ sharedPrivateLink: true })(withStandard(setup));
    const opening = await open({ world: 'empty', change });
    await applyAll(opening.session);
    await expectProved(opening);
  });
});

describe('a project that reads file shares', () => {
  it('gets a private endpoint for them and may see the storage endpoints, and all of it goes again', async () => {
    const project = { id: PIPELINE_ID, type: 'ServicePrincipal' } as const;
    const opening = await open({ change: choosing({ fileEndpoint: true, project }) });
    const before = await opening.state();
    await applyAll(opening.session);
    expect(notApplicable(opening, 'storage-', 'rbac-project-')).toEqual([]);
    expect(await rolesOf(opening, PIPELINE_ID)).toEqual([
      'Reader at pe-contosodocs-blob',
      'Reader at pe-contosodocs-file',
    ]);
    await expectProved(opening);
    const probes = opening.session.state.verification?.map(({ id }) => byService(id)) ?? [];
    expect(probes).toEqual(expect.arrayContaining(['internet-refused/files', 'answers/virtualNetwork/files']));
    await undoLast(opening.session);
    expect(differences(before, await opening.state())).toEqual([BYPASS, ...SAID_OUT_LOUD]);
  });
});

describe('an evaluation', () => {
  it('keeps all keys, and gives developers the roles of the documents', async () => {
    const developer = { id: DEVELOPERS_ID, type: 'Group' } as const;
    const extras = ['listKeys', 'assignRoles'] as const;
    const opening = await open({
      change: choosing({ apiKeys: 'keep', developers: [developer], developerExtras: extras }),
    });
    await applyAll(opening.session);
    expect(notApplicable(opening, 'aoai-disable', 'search-disable', 'storage-disable', 'rbac-dev')).toEqual([
      'aoai-disable-local-auth',
      'rbac-dev-search-data',
      'search-disable-local-auth',
      'storage-disable-shared-key',
    ]);
    expect(await rolesOf(opening, DEVELOPERS_ID)).toEqual([
      'Cognitive Services OpenAI Contributor at contoso-openai',
      'Cognitive Services User at contoso-openai',
      'Contributor at contoso-search',
      'Contributor at contosodocs',
      'Contributor at rg-contoso-network',
      'Role Based Access Control Administrator at contoso-openai',
    ]);
    const { [OPENAI]: account, [SEARCH]: search, [STORAGE]: storage } = await opening.state();
    expect(readPath(account, 'properties.disableLocalAuth')).toBe(false);
    expect(readPath(search, 'properties.disableLocalAuth')).toBe(false);
    expect(readPath(storage, 'properties.allowSharedKeyAccess') ?? true).toBe(true);
    await expectProved(opening);
  });
});

describe('without VPN and web app', () => {
  it('everything else holds, and nothing is measured from an app', async () => {
    const opening = await open({
      change: ({ roles: { vpnGateway: _1, gatewaySubnet: _2, webApp: _3, webAppSubnet: _4, ...roles }, ...setup }) => ({
        ...setup,
        roles,
      }),
    });
    await applyAll(opening.session);
    expect(notApplicable(opening, 'vpn', 'webapp', 'subnet', 'rbac-webapp', 'rbac-dev-webapp')).toEqual([
      'rbac-dev-webapp',
      'rbac-webapp-aoai-user',
      'subnet-gateway',
      'subnet-webapp',
      'vpn-gateway',
      'vpn-p2s-entra',
      'vpn-public-ip',
      'webapp',
      'webapp-hardening',
      'webapp-managed-identity',
      'webapp-plan-supports-vnet',
      'webapp-route-all',
      'webapp-vnet-integration',
    ]);
    await expectProved(opening);
    const positions = new Set(opening.session.state.verification?.map(({ position }) => position.kind));
    expect([...positions]).toEqual(['internet', 'virtualNetwork']);
  });
});

describe('selected networks', () => {
  it('leaves the account alone open to the listed addresses, and says that an answer to one of them proves nothing', async () => {
    const selected = (address: string) => choosing({ publicAccess: 'selectedNetworks', allowedAddresses: [address] });
    const elsewhere = await open({ change: selected('203.0.113.77') });
    await applyAll(elsewhere.session);
    expect(notApplicable(elsewhere, 'aoai-')).toEqual(['aoai-network-default-deny', 'aoai-public-access-disabled']);
    await expectProved(elsewhere);
    const here = await open({ change: selected('203.0.113.10') });
    await applyAll(here.session);
    await expectProved(
      here,
      'internet-refused/openAi: unknown',
      'ingestion/internet: unknown',
      'inference/internet: unknown',
    );
  });
});

describe('documents that are only for some', () => {
  const change = choosing({ documentAccess: { index: INDEX, field: 'group_ids' } });
  const count = ({ session: { state } }: SandboxSession) =>
    state.findings
      .find(({ step }) => step === 'search-document-acl')
      ?.evidence.map(({ property, satisfied }) => `${property}: ${String(satisfied)}`);

  it('cannot be told while Search takes no tokens; then the index gets its field, and documents without groups are counted', async () => {
    const opening = await open({ change });
    const { session } = opening;
    await session.refresh(signal);
    expect(statuses(session)['search-document-acl']).toBe('unknown');
    const run = await session.apply(session.state.plan.changes, { signal, acceptLosingAccess: false });
    expect(run.outcome).toBe('succeeded');
    expect(count(opening)).toEqual(['fields: false']);
    await applyAll(session);
    expect(count(opening)).toEqual(['fields: true', 'count: false']);
    expect(session.state.plan).toMatchObject({ changes: [], blocked: [{ step: 'search-document-acl' }] });
    expect(Object.values(statuses(session)).filter((status) => status === 'nonCompliant')).toHaveLength(1);
    await fillGroups(opening);
    await session.refresh(signal);
    await expectProved(opening);
  });
});

/** As somebody would who indexes anew: every document of the index gets a group. */
async function fillGroups({ connection, session }: SandboxSession): Promise<void> {
  const value = ['1', '2', '3'].map((id) => ({ '@search.action': 'merge', id, group_ids: [DEVELOPERS_ID] }));
  const position = {
    kind: 'virtualNetwork',
    virtualNetwork: session.state.setup.roles.virtualNetwork?.id ?? '',
  } as const;
  const request = { service: 'search', host: 'contoso-search.search.windows.net', method: 'POST' } as const;
  const path = `/indexes('${INDEX}')/docs/search.index?api-version=2024-07-01`;
  const { https } = await connection.probes.measure({ ...request, path, body: { value } }, position, signal);
  expect(https?.status).toBe(200);
}
