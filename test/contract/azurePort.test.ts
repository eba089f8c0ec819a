import { afterEach, describe, expect, it } from 'vitest';
import { maskedPath } from '../../src/azure/requestPolicy';
import { listByType } from '../../src/azure/resourceGraph';
import { toAzureError, toSnapshotEntry } from '../../src/azure/azureErrors';
import { connectToSandbox } from '../../src/azure/sandboxConnection';
import { AzureError } from '../../src/core/ports';
import { cheapestRequest } from '../../src/core/probes/requests';
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

const group = (subscription: string) => `/subscriptions/${subscription}/resourceGroups/rg-contoso-ai`;

describe('reading', () => {
  it('tells what is there, what is not, and what may not be read apart', async () => {
    const { connection, deny } = await open({ world: 'exposed' });
    const { azure, subscriptionId } = connection;
    const account = `${group(subscriptionId)}/providers/Microsoft.CognitiveServices/accounts/contoso-openai`;
    expect(await azure.read(account, signal)).toMatchObject({ state: 'present', resource: { kind: 'OpenAI' } });
    expect(await azure.read(`${account}-of-nobody`, signal)).toEqual({ state: 'absent' });
    expect(await azure.read(account.replace('rg-contoso-ai', 'rg-nowhere'), signal)).toEqual({ state: 'absent' });
    await deny('Microsoft.CognitiveServices/accounts/read', group(subscriptionId));
    const refused = await azure.read(account, signal);
    expect(refused).toMatchObject({ state: 'unreadable', reason: 'forbidden' });
    expect(refused).toMatchObject({ detail: expect.stringContaining('Microsoft.CognitiveServices/accounts/read') });
  });

  it('is unreadable, not absent, where nobody answers', async () => {
    const { sandbox, connection } = await open({ world: 'exposed' });
    await sandbox.stop();
    const entry = await connection.azure.read(group(connection.subscriptionId), signal);
    expect(entry).toMatchObject({ state: 'unreadable', reason: 'unreachable' });
  });

  it('ends at once when it is cancelled', async () => {
    const { connection } = await open({ world: 'exposed' });
    const controller = new AbortController();
    controller.abort();
    await expect(connection.azure.read(group(connection.subscriptionId), controller.signal)).rejects.toThrow(/abort/i);
  });

  it('a wrong token is not a missing resource', async () => {
    const { sandbox } = await open({ world: 'exposed' });
    const { azure, subscriptionId } = connectToSandbox({ ...sandbox, token: 'somebody-else' });
    expect(await azure.read(group(subscriptionId), signal)).toMatchObject({ state: 'unreadable', reason: 'signedOut' });
  });
});

describe('listing', () => {
  it('follows pages to the end and says how far it is', async () => {
    const pages = [
      {
        data: [{ id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/a' }],
        $skipToken: 'next',
      },
      { data: [{ id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/b' }] },
    ];
    const asked: unknown[] = [];
    const found: number[] = [];
    const type = 'microsoft.network/virtualnetworks';
    const listings = await listByType(
      's',
      [type],
      (body) => {
        asked.push((body['options'] as { $skipToken?: string }).$skipToken);
        return Promise.resolve(pages[asked.length - 1] ?? {});
      },
      (count) => found.push(count),
    );
    expect(listings.get(type)).toMatchObject({ state: 'listed', resources: [{}, {}] });
    expect([asked, found]).toEqual([
      [undefined, 'next'],
      [1, 2],
    ]);
  });

  it('that fails makes every type of it unreadable, none of them empty', async () => {
    const refuse = () => Promise.reject(new AzureError('TooManyRequests', 'slow down', 429, undefined));
    const listings = await listByType('s', ['a/b', 'c/d'], refuse);
    expect([...listings.values()].map(({ state }) => state)).toEqual(['unreadable', 'unreadable']);
  });
});

describe('writing', () => {
  it('an error carries Azure’s innermost code and the correlation id', async () => {
    const { connection, deny } = await open({ world: 'exposed' });
    const { azure, subscriptionId } = connection;
    await deny('Microsoft.CognitiveServices/accounts/write', group(subscriptionId));
    const resource = `${group(subscriptionId)}/providers/Microsoft.CognitiveServices/accounts/contoso-openai`;
    const write = { resource, action: 'update', body: { properties: { disableLocalAuth: true } } } as const;
    const error = await azure.write(write, { signal }).catch((caught: unknown) => caught);
    expect(AzureError.is(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'AuthorizationFailed',
      status: 403,
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('what no adapter can write is refused before anything is sent', async () => {
    const { connection } = await open({ world: 'exposed' });
    const before = connection.requestCount();
    const resource = `${group(connection.subscriptionId)}/providers/Microsoft.Network/loadBalancers/x`;
    await expect(connection.azure.write({ resource, action: 'create', body: {} }, { signal })).rejects.toThrow(
      /cannot create/,
    );
    expect(connection.requestCount()).toBe(before);
  });
});

describe('measuring', () => {
  it('from a network that is not there says so, and does not break off the others', async () => {
    const { connection } = await open({ world: 'exposed' });
    const virtualNetwork = `${group(connection.subscriptionId)}/providers/Microsoft.Network/virtualNetworks/none`;
    const request = cheapestRequest('openAi', 'contoso-openai.openai.azure.com');
    const measured = await connection.probes.measure(request, { kind: 'virtualNetwork', virtualNetwork }, signal);
    expect(measured).toMatchObject({ addresses: [], resolveError: 'ENONET' });
  });
});

describe('permissions', () => {
  it('are those of the signed-in principal at the scope', async () => {
    const { connection } = await open({ world: 'exposed' });
    const set = await connection.azure.allowedActions(group(connection.subscriptionId), signal);
    expect(set?.some(({ actions }) => actions.includes('*'))).toBe(true);
  });
});

describe('a sandbox connection', () => {
  it('refuses to leave this machine', () => {
    const options = { token: 't', subscriptionId: '5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50' };
    for (const endpoint of ['https://management.azure.com', 'http://10.0.0.1:80', 'http://127.0.0.1.example.com']) {
      expect(() => connectToSandbox({ ...options, endpoint })).toThrow(/this machine only/);
    }
  });
});

describe('the log', () => {
  it('has neither whole subscription ids nor signed queries', () => {
    const url =
      'https://management.azure.com/subscriptions/5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50/resourceGroups/rg?t=1&c=CERT&s=SIG';
    expect(maskedPath(url)).toBe('/subscriptions/…4f50/resourceGroups/rg');
  });
});

describe('errors', () => {
  const restError = (statusCode: number, details: unknown) =>
    Object.assign(new Error('x'), { name: 'RestError', statusCode, details });

  it.each([
    [{ error: { code: 'A', message: 'outer', details: [{ code: 'B', message: 'inner' }] } }, 'B'],
    [{ error: { code: 'A', message: 'only', details: [] } }, 'A'],
    [{ code: 'PreconditionFailed', message: 'flat' }, 'PreconditionFailed'],
    [{ Error: { Code: 'C', Message: 'capital' } }, 'C'],
    [undefined, '409'],
  ])('in the shape %j have the code %s', (details, code) => {
    expect(toAzureError(restError(409, details))).toMatchObject({ name: 'AzureError', code });
  });

  it.each([
    [
      'The long-running operation has failed. BadRequest. A virtual network cannot be linked twice.',
      'BadRequest',
      'A virtual network cannot be linked twice.',
    ],
    ['The long-running operation has failed', 'OperationFailed', 'The long-running operation has failed'],
  ])('of an operation that failed later, “%s”, have the code %s', (message, code, detail) => {
    expect(toAzureError(new Error(message))).toMatchObject({ name: 'AzureError', code, message: detail });
  });

  it('a 404 is only "absent" where Azure says that the resource is not there', () => {
    expect(toSnapshotEntry(restError(404, { error: { code: 'ResourceNotFound', message: 'm' } }))).toEqual({
      state: 'absent',
    });
    expect(toSnapshotEntry(restError(404, { error: { code: 'InvalidResourceType', message: 'm' } }))).toMatchObject({
      state: 'unreadable',
    });
  });
});
