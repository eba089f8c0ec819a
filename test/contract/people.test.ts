import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

describe('the directory', () => {
  let world: SandboxSession;
  beforeAll(async () => {
    world = await openSandboxSession({ world: 'exposed' });
  });
  afterAll(() => world.close());

  it('tells who is signed in, from the token alone', async () => {
    const who = await world.connection.directory.signedIn(signal);
    expect(who).toMatchObject({ type: 'User', id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown });
    expect(who?.name).not.toBe('');
  });

  it('finds users, groups and service principals by the beginning of their name', async () => {
    const found = await world.connection.directory.find('contoso', signal);
    expect(found.map(({ type }) => type)).toContain('ServicePrincipal');
    for (const { name } of found) expect(name?.toLowerCase()).toMatch(/^contoso/);
    const aiko = await world.connection.directory.find('Aiko', signal);
    expect(aiko).toEqual([expect.objectContaining({ type: 'User', name: expect.stringContaining('Aiko') as unknown })]);
  });

  it('takes a quote in a name for a part of the name', async () => {
    await expect(world.connection.directory.find("O'Neil", signal)).resolves.toEqual([]);
  });

  it('says why where Microsoft Graph refuses', async () => {
    const { Directory } = await import('../../src/azure/directory');
    const { CLOUDS } = await import('../../src/core/clouds');
    const stranger = new Directory({
      cloud: CLOUDS.public,
      credential: {
        getToken: () => Promise.resolve({ token: 'not-a-token', expiresOnTimestamp: Date.now() + 60_000 }),
      },
      graph: world.sandbox.endpoint,
    });
    await expect(stranger.find('a', signal)).rejects.toMatchObject({ name: 'AzureError', status: 401 });
    await expect(stranger.signedIn(signal)).resolves.toBeUndefined();
  });
});
