import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourceTypeOf } from '../../src/core/resources/resourceId';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { HALF } from '../../src/sandbox/worlds/half';
import { ESTATES, NOTHING, type Estate } from './removals/estates';
import { departures, type Shape } from './specification/departures';
import { applyAll, undoLast } from './support/journey';
import { openSandboxSession } from './support/sandboxSession';

/** What docs/specification.md tells of: operations with their bodies, by method and type. Null: no body. */
interface Extract {
  readonly apiVersion: string;
  readonly operations: Readonly<Record<string, Shape | null>>;
}

const FOLDER = join(import.meta.dirname, 'specification');
const EXTRACTS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Extract);
const OPERATIONS = new Map(
  EXTRACTS.flatMap(({ apiVersion, operations }) =>
    Object.entries(operations).map(([name, body]) => [name.toLowerCase(), { name, apiVersion, body }]),
  ),
);

/** Versions of what is read only, by provider; the specification has files of these as well. */
const READ_VERSIONS: readonly (readonly [provider: string, apiVersion: string])[] = [
  ['microsoft.resources', '2022-12-01'],
  ['microsoft.resourcegraph', '2024-04-01'],
  // Locks and policy assignments, which the preflight looks for; `governance` has what is written of them.
  ['microsoft.authorization', '2020-05-01'],
  ['microsoft.authorization', '2025-03-01'],
];

/** Where we send what the specification does not say, and why it stays so. */
const DEPARTURES: Readonly<Record<string, string>> = {
  'PATCH Microsoft.Web/sites properties.outboundVnetRouting: not known':
    'the schema of the PUT has it, that of the PATCH was left behind',
  'PATCH Microsoft.Search/searchServices properties.authOptions: null':
    'the only way to take them away, without which disableLocalAuth is refused; answers show the null',
  'PUT Microsoft.Network/virtualNetworks/subnets type: read-only': 'the SDK sends what it has read',
  'PUT Microsoft.CognitiveServices/accounts/privateEndpointConnections properties.privateEndpoint.id: read-only':
    'an approval sends the connection as it was read',
  'PUT Microsoft.CognitiveServices/accounts/privateEndpointConnections properties.provisioningState: read-only':
    'an approval sends the connection as it was read',
};

/** Requests to Azure Resource Manager of applying and undoing where everything is made, and where much is there. */
async function record(): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  const half: Estate = { world: HALF, scenario: 'on-your-data', change: (setup) => setup };
  for (const { world, change } of [NOTHING, half, ...Object.values(ESTATES)]) {
    const onExchange = (exchange: Exchange): number => exchanges.push(exchange);
    const opening = await openSandboxSession({ world, scenario: 'on-your-data', change, onExchange });
    await applyAll(opening.session);
    await undoLast(opening.session);
    await opening.close();
  }
  return exchanges.filter(({ url }) => !/^\/(\.sandbox|v1\.0)\//.test(url));
}

function pathOf({ url }: Exchange): string {
  return decodeURIComponent(url.split('?')[0] ?? '').replace(/^\/+/, '/');
}

function versionOf({ url }: Exchange): string | null {
  return new URLSearchParams(url.split('?')[1]).get('api-version');
}

function operationOf(exchange: Exchange): string {
  return `${exchange.method.toLowerCase()} ${typeOf(exchange)}`;
}

/** Registering a provider and asking Resource Graph are about no resource. */
function typeOf(exchange: Exchange): string {
  const path = pathOf(exchange);
  if (/^\/subscriptions\/[^/]+\/providers\/[^/]+\/register$/i.test(path))
    return 'microsoft.resources/providers/register';
  const [, provider, resources] = /^\/providers\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  const type = provider === undefined ? resourceTypeOf(path) : `${provider}/${resources ?? ''}`;
  return type.toLowerCase();
}

describe('what is sent to Azure', () => {
  const recorded: { all: readonly Exchange[]; writes: readonly Exchange[] } = { all: [], writes: [] };
  beforeAll(async () => {
    recorded.all = await record();
    recorded.writes = recorded.all.filter(({ method, url }) => method !== 'GET' && !/ResourceGraph/i.test(url));
  });

  it('is an operation of the specification, in the version that it was held against', () => {
    const unknown = recorded.writes.filter(
      (write) => OPERATIONS.get(operationOf(write))?.apiVersion !== versionOf(write),
    );
    expect([...new Set(unknown.map((write) => `${operationOf(write)} ${String(versionOf(write))}`))]).toEqual([]);
    expect(recorded.writes.length).toBeGreaterThan(200);
  });

  it('has each operation that was extracted', () => {
    const made = new Set(recorded.writes.map(operationOf));
    expect([...OPERATIONS.keys()].filter((operation) => !made.has(operation))).toEqual([]);
  });

  it('has bodies that the specification allows, but for the departures that are known', () => {
    const found = recorded.writes.flatMap((write) => {
      const { name = '', body = null } = OPERATIONS.get(operationOf(write)) ?? {};
      if (body === null) return write.requestBody === undefined ? [] : [`${name} has no body`];
      return departures(body, write.requestBody ?? {}).map((departure) => `${name} ${departure}`);
    });
    expect([...new Set(found)].sort()).toEqual(Object.keys(DEPARTURES).sort());
  });

  it('asks in versions that the specification has of the provider', () => {
    const versions = [
      ...READ_VERSIONS,
      ...[...OPERATIONS].map(([name, { apiVersion }]) => [providerOf(name.split(' ')[1] ?? ''), apiVersion] as const),
    ];
    const known = new Set(versions.map(([provider, apiVersion]) => `${provider} ${apiVersion}`));
    const asked = recorded.all.map((each) => `${providerOf(typeOf(each))} ${String(versionOf(each))}`);
    expect([...new Set(asked)].filter((each) => !known.has(each))).toEqual([]);
  });
});

/** A list of a resource group has no type of its own. */
function providerOf(type: string): string {
  return type.split('/')[0] || 'microsoft.resources';
}

describe('the check itself', () => {
  const shape: Shape = {
    'location!': 'string',
    'state~': 'string',
    sku: { name: 'A | B' },
    zones: ['string'],
    rest: 'object',
  };

  it.each<[string, Parameters<typeof departures>[1], readonly string[]]>([
    ['everything right', { location: 'x', sku: { name: 'A' }, zones: ['1'], rest: {} }, []],
    ['a required property left out', { zones: [] }, ['location: missing']],
    ['a property that is not there', { location: 'x', sku: { size: 1 } }, ['sku.size: not known']],
    ['a value that is not allowed', { location: 'x', sku: { name: 'C' } }, ['sku.name: "C" is not allowed']],
    ['another type', { location: 1, zones: 'x' }, ['location: not a string', 'zones: not a list']],
    ['a read-only property', { location: 'x', state: 'y' }, ['state: read-only']],
    ['a null', { location: 'x', sku: null }, ['sku: null']],
    ['an object that was not extracted', { location: 'x', rest: { a: 1 } }, ['rest: not extracted']],
  ])('of %s', (_, value, found) => {
    expect(departures(shape, value)).toEqual(found);
  });
});
