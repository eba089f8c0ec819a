/**
 * What the sign-in of VS Code needs to be told, made from what the SDKs ask for.
 * Source: VS Code's microsoft-authentication extension (`VSCODE_TENANT:` names the tenant) and its
 * `AuthenticationWwwAuthenticateRequest`.
 */
export function scopesFor(scopes: string | readonly string[], tenant: string | undefined): readonly string[] {
  const asked = typeof scopes === 'string' ? [scopes] : scopes;
  return tenant === undefined ? asked : [...asked, `VSCODE_TENANT:${tenant}`];
}

/** The challenge by which Azure asked for more than the session has, as VS Code wants to have it handed on. */
export function challengeFor(claims: string): string {
  const encoded = Buffer.from(claims, 'utf8').toString('base64');
  return `Bearer error="insufficient_claims", claims="${encoded}"`;
}

/** When a token ends, in milliseconds since the epoch; 0 where it does not say, so that it is asked for anew. */
export function expiryOf(token: string): number {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const expiry = typeof payload === 'object' && payload !== null && 'exp' in payload ? payload.exp : undefined;
    return typeof expiry === 'number' ? expiry * 1000 : 0;
  } catch {
    return 0;
  }
}
