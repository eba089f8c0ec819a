import { afterEach, describe, expect, it } from 'vitest';
import { asObjects } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import type { Setup } from '../../src/core/setup/setup';
import { onYourDataRequest } from '../../src/core/snippets/onYourData';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const INDEX = 'contoso-docs';

/** Without what takes long and has no part in it. */
function aboutDocuments(setup: Setup): Setup {
  const { gatewaySubnet: _, vpnGateway: __, webAppSubnet: ___, webApp: ____, ...roles } = setup.roles;
  return { ...setup, roles, options: { ...setup.options, documentAccess: { index: INDEX, field: 'group_ids' } } };
}

describe('documents that are only for some', () => {
  let world: SandboxSession | undefined;
  afterEach(() => world?.close());

  async function hardened(): Promise<SandboxSession> {
    world = await openSandboxSession({ world: 'exposed', scenario: 'on-your-data', change: aboutDocuments });
    const { session } = world;
    // Who may look into the index is part of the first run, and takes a while to be known.
    for (let times = 0; times < 6; times += 1) {
      await session.refresh(signal);
      const { changes } = session.state.plan;
      if (changes.length > 0) await session.apply(changes, { signal, acceptLosingAccess: false });
    }
    return world;
  }

  const finding = ({ session }: SandboxSession) =>
    session.state.findings.find(({ step }) => step === 'search-document-acl');

  it('get a field for their groups, and those without groups are counted until there is none', async () => {
    const { session, connection } = await hardened();
    const search = session.state.setup.roles.search?.id ?? '';
    const index = await connection.azure.read(childId(search, 'indexes', INDEX), signal);
    const fields = index.state === 'present' ? asObjects(index.resource['fields']) : [];
    expect(fields.find(({ name }) => name === 'group_ids')).toMatchObject({
      type: 'Collection(Edm.String)',
      filterable: true,
    });
    const counted = finding({ session } as SandboxSession);
    expect(counted?.status).toBe('nonCompliant');
    const count = counted?.evidence.find(({ property }) => property === 'count');
    expect(count).toMatchObject({ satisfied: false });
    expect(Number(count?.actual.args[0])).toBeGreaterThan(0);
  });

  it('are asked about with the filter, with a token, and without a key', async () => {
    const { session } = await hardened();
    const { setup, snapshot } = session.state;
    const snippet = onYourDataRequest('inference', setup, snapshot);
    expect(snippet.ok && snippet.content).toContain("group_ids/any(g:search.in(g, 'group_id1, group_id2'))");
    expect(snippet.ok && snippet.content).toContain(`"index_name": "${INDEX}"`);
    expect(snippet.ok && snippet.content).not.toMatch(/api-key|"key"/i);
  });

  it('stay unknown while nobody may look into the index', async () => {
    world = await openSandboxSession({ world: 'exposed', scenario: 'on-your-data', change: aboutDocuments });
    await world.session.refresh(signal);
    expect(finding(world)).toMatchObject({ status: 'unknown' });
  });
});
