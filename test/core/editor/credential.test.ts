import { describe, expect, it } from 'vitest';
import { createEditorCredential, SignInRequired } from '../../../src/vscode/connection/editorCredential';
import { challengeFor, expiryOf, scopesFor } from '../../../src/vscode/connection/tokens';

const SCOPE = 'https://management.azure.com/.default';

function credential(parts: { token?: string; mayAsk?: boolean; tenant?: string } = {}) {
  const asked: string[] = [];
  const required: string[] = [];
  const source = {
    silent: (scopes: readonly string[]) => {
      asked.push(`silent ${scopes.join(' ')}`);
      return Promise.resolve(parts.token);
    },
    consent: (scopes: readonly string[]) => {
      asked.push(`consent ${scopes.join(' ')}`);
      return Promise.resolve('consented');
    },
    stepUp: (challenge: string, scopes: readonly string[]) => {
      asked.push(`stepUp ${challenge} ${scopes.join(' ')}`);
      return Promise.resolve('stronger');
    },
  };
  return {
    asked,
    required,
    credential: createEditorCredential({
      source,
      tenant: parts.tenant,
      signInScope: SCOPE,
      mayAsk: () => parts.mayAsk ?? false,
      onSignInRequired: () => required.push('required'),
      message: 'not signed in',
    }),
  };
}

describe('the sign-in of VS Code as a credential', () => {
  it('never asks anybody for a plain token', async () => {
    const { credential: plain, asked } = credential({ token: 'abc', mayAsk: true });
    expect((await plain.getToken(SCOPE))?.token).toBe('abc');
    expect(asked).toEqual([`silent ${SCOPE}`]);
  });

  it('says that a sign-in is needed instead of asking for one', async () => {
    const { credential: signedOut, required } = credential();
    await expect(signedOut.getToken(SCOPE)).rejects.toBeInstanceOf(SignInRequired);
    expect(required).toEqual(['required']);
  });

  it('asks for consent to one more service only while the user is doing something', async () => {
    const search = 'https://search.azure.com/.default';
    const during = credential({ mayAsk: true });
    expect((await during.credential.getToken(search))?.token).toBe('consented');
    expect(during.asked).toEqual([`silent ${search}`, `consent ${search}`]);
    const idle = credential();
    await expect(idle.credential.getToken(search)).rejects.toBeInstanceOf(SignInRequired);
    expect(idle.asked).toEqual([`silent ${search}`]);
  });

  it('is still signed in where only the token of one more service is missing', async () => {
    const { credential: signedIn, required } = credential();
    await expect(signedIn.getToken('https://storage.azure.com/.default')).rejects.toBeInstanceOf(SignInRequired);
    expect(required).toEqual([]);
  });

  it('asks for a stronger sign-in only while the user is doing something', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true}}}';
    const during = credential({ mayAsk: true });
    expect((await during.credential.getToken(SCOPE, { claims }))?.token).toBe('stronger');
    expect(during.asked[0]).toContain(challengeFor(claims));
    const idle = credential();
    await expect(idle.credential.getToken(SCOPE, { claims })).rejects.toBeInstanceOf(SignInRequired);
    expect(idle.asked).toEqual([]);
  });

  it('names the tenant as VS Code wants it named', async () => {
    const { credential: inTenant, asked } = credential({ token: 'abc', tenant: 'contoso.example' });
    await inTenant.getToken([SCOPE]);
    expect(asked).toEqual([`silent ${SCOPE} VSCODE_TENANT:contoso.example`]);
    expect(scopesFor(SCOPE, undefined)).toEqual([SCOPE]);
  });

  it('hands a challenge on with its claims encoded', () => {
    const claims = '{"é":1}';
    const encoded = /claims="([^"]*)"/.exec(challengeFor(claims))?.[1] ?? '';
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe(claims);
  });

  it('takes a token’s end from the token, and asks anew each time where it does not say', () => {
    const token = (payload: object) => `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.y`;
    expect(expiryOf(token({ exp: 1700000000 }))).toBe(1700000000000);
    expect(expiryOf(token({}))).toBe(0);
    expect(expiryOf('opaque')).toBe(0);
  });
});
