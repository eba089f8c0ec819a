import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourceIdIn, resourceTypeOf } from '../../src/core/resources/resourceId';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { groupId } from '../../src/sandbox/worlds/builders';
import { EXPOSED, NETWORK_GROUP } from '../../src/sandbox/worlds/exposed';
import { departures, type Shape } from './specification/departures';
import { undoLast } from './support/journey';
import { openSandboxSession, signal } from './support/sandboxSession';

/** As docs/specification.md tells of them, for what keeps the fence up. Null: no body. */
interface Extract {
  readonly apiVersion: string;
  readonly operations: Readonly<Record<string, Shape | null>>;
}

const FOLDER = join(import.meta.dirname, 'specification', 'governance');
const OPERATIONS = new Map(
  readdirSync(FOLDER).flatMap((name) => {
    const { apiVersion, operations } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Extract;
    return Object.entries(operations).map(
      ([operation, body]) => [operation.toLowerCase(), { apiVersion, body }] as const,
    );
  }),
);

const STEPS = ['search-diagnostics', 'activity-alerts', 'policy-assignments', 'resource-locks'];

/** An apply of the steps and what they need, a second one for a setup with an address, and its undo. */
async function record(): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  const workspace = resourceIdIn(groupId(NETWORK_GROUP), 'Microsoft.OperationalInsights/workspaces', 'log-ringfence');
  const opening = await openSandboxSession({
    world: EXPOSED,
    scenario: 'ai-search',
    change: (setup) => ({
      ...setup,
      roles: { ...setup.roles, logAnalyticsWorkspace: { id: workspace, create: { location: 'eastus' } } },
    }),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const { session } = opening;
  const { setup } = session.state;
  for (const alertEmail of [undefined, 'aiko.tanaka@contoso.com']) {
    session.changeSetup({
      ...setup,
      options: { ...setup.options, policies: alertEmail ? 'deny' : 'audit', alertEmail },
    });
    await session.refresh(signal);
    await session.apply(session.planFor(STEPS).changes, { signal, acceptLosingAccess: false });
  }
  await undoLast(session);
  await undoFirst(session);
  await opening.close();
  return exchanges.filter(({ method, url }) => method !== 'GET' && OPERATIONS.has(operationOf({ method, url })));
}

/** The run before the newest one that is not an undo. */
async function undoFirst(session: Awaited<ReturnType<typeof openSandboxSession>>['session']): Promise<void> {
  const first = (await session.runs()).at(-1)?.header.runId ?? '';
  const plan = await session.planUndo(first);
  if (plan) await session.undo(first, plan, { signal });
}

function operationOf({ method, url }: Pick<Exchange, 'method' | 'url'>): string {
  const path = decodeURIComponent(url.split('?')[0] ?? '').replace(/^\/+/, '/');
  return `${method} ${resourceTypeOf(path)}`.toLowerCase();
}

describe('what keeps the fence up is written', () => {
  const recorded: { writes: readonly Exchange[] } = { writes: [] };
  beforeAll(async () => {
    recorded.writes = await record();
  });

  it('by every operation that was extracted, in its version', () => {
    const made = recorded.writes.map(
      (write) => `${operationOf(write)} ${/api-version=([^&]+)/.exec(write.url)?.[1] ?? ''}`,
    );
    expect([...new Set(made)].sort()).toEqual(
      [...OPERATIONS].map(([operation, { apiVersion }]) => `${operation} ${apiVersion}`).sort(),
    );
  });

  it('with bodies that the specification allows', () => {
    const found = recorded.writes.flatMap((write) => {
      const body = OPERATIONS.get(operationOf(write))?.body ?? null;
      if (body === null) return write.requestBody === undefined ? [] : [`${operationOf(write)} has no body`];
      return departures(body, write.requestBody ?? {}).map((departure) => `${operationOf(write)} ${departure}`);
    });
    expect([...new Set(found)]).toEqual([]);
  });
});
